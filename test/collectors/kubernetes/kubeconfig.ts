import { writeFile } from 'node:fs/promises';
import type { Server } from 'node:http';
import { join } from 'node:path';
import { tempDir } from '#test/temp-dir.ts';

/** Lets a server listen on the loopback, and writes a kubeconfig whose cluster `prod` it is; the file's path. */
export async function kubeconfigOf(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const kubeconfig = join(await tempDir(), 'config');
  const config = {
    clusters: [
      { name: 'prod', cluster: { server: `http://127.0.0.1:${port}`, 'insecure-skip-tls-verify': true } },
    ],
    users: [{ name: 'u', user: { token: 'some-token' } }],
    contexts: [{ name: 'c', context: { cluster: 'prod', user: 'u' } }],
    'current-context': 'c',
  };
  await writeFile(kubeconfig, JSON.stringify(config));
  return kubeconfig;
}
