import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCli } from '#test/cli/run-cli.ts';
import { tempDir } from '#test/temp-dir.ts';
import { APP } from '../exported-objects.ts';
import { organisation } from './estate.ts';
import { cloudServer, ENVIRONMENT } from './server.ts';

describe('nhi scan with a target of Google Cloud', () => {
  it('reads it and answers from it as from an import', async () => {
    const { endpoint } = await cloudServer(organisation);
    const folder = await tempDir();
    const config = `targets:\n  - system: gcp\n    organization: '4711'\n    endpoint: ${endpoint}\n`;
    await writeFile(join(folder, 'nhi.yaml'), config);
    const extra = { env: ENVIRONMENT };
    const { stderr } = await runCli(folder, ['scan', '--quiet'], extra);
    expect(stderr).toBe('');
    const can = async (action: string, resource: string) =>
      (await runCli(folder, ['can', `gcp:serviceAccount:${APP}`, action, resource], extra)).stdout;
    expect(await can('storage.objects.get', '//storage.googleapis.com/shop-orders')).toMatch(/^allowed/u);
    expect(await can('storage.objects.list', '//storage.googleapis.com/shop-orders')).toMatch(/^denied/u);
  });
});
