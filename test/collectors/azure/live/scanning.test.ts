import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCli } from '../../../cli/run-cli.ts';
import { tempDir } from '../../../temp-dir.ts';
import { AT, azureServer, PRINCIPAL, TENANT, TENANT_ROUTES } from './server.ts';

describe('a live scan of Azure', () => {
  it('answers for certain what a service principal can do', async () => {
    const { base } = await azureServer(TENANT_ROUTES);
    const folder = await tempDir();
    const config = `targets:\n  - system: azure\n    tenant: ${TENANT}\n    managementEndpoint: ${base}\n    graphEndpoint: ${base}\n`;
    await writeFile(join(folder, 'nhi.yaml'), config);
    const environment = { NHI_AZURE_MANAGEMENT_TOKEN: 'token', NHI_AZURE_GRAPH_TOKEN: 'token' };
    const { stderr } = await runCli(folder, ['scan', '--quiet'], { env: environment });
    expect(stderr).toBe('');
    const uid = `entra:${TENANT}:serviceprincipal:${PRINCIPAL}`;
    const can = async (action: string) => (await runCli(folder, ['can', uid, action, AT])).stdout;
    expect(await can('Microsoft.Storage/storageAccounts/read')).toMatch(/^allowed/u);
    expect(await can('Microsoft.Storage/storageAccounts/delete')).toMatch(/^(?:denied|not allowed)/u);
  });
});
