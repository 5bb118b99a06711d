import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { stringify } from 'yaml';
import { describe, expect, it } from 'vitest';
import { tempDir } from '../temp-dir.ts';

const MAIN = join(import.meta.dirname, '../../src/cli/main.ts');

/** What would silence the program from outside, left out. */
const UNSILENCED = {
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: undefined,
  NODE_NO_WARNINGS: undefined,
};

/** A port of the loopback on which nobody listens. */
async function closedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 9;
}

describe('the program', () => {
  it('does not pass on to its users what libraries warn who builds with them of', async () => {
    const folder = await tempDir();
    const endpoint = `http://127.0.0.1:${await closedPort()}`;
    await writeFile(join(folder, 'nhi.yaml'), stringify({ targets: [{ system: 'aws', endpoint }] }));
    const loader = ['--import', import.meta.resolve('tsx'), '--conditions=source', MAIN];
    const child = spawn(process.execPath, [...loader, 'scan'], {
      cwd: folder,
      env: { ...process.env, ...UNSILENCED, AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
    expect(stdout).toContain('ECONNREFUSED');
    expect(stderr).not.toContain('Warning');
  });
});
