import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { LiveContext } from '#contract/live.ts';
import type { AzureTarget } from '#model/target/azure.ts';
import { TOKEN_VARIABLES } from './session.ts';

/** A target with the credential's own tenant, where the environment or `az login` left credentials. */
export function detect({
  environment,
}: Pick<LiveContext, 'environment' | 'signal'>): Promise<readonly AzureTarget[]> {
  const has = (name: string) => (environment[name] ?? '') !== '';
  const config =
    environment['AZURE_CONFIG_DIR'] ??
    join(environment['HOME'] ?? environment['USERPROFILE'] ?? '', '.azure');
  const found =
    has('AZURE_CLIENT_ID') ||
    has('AZURE_FEDERATED_TOKEN_FILE') ||
    has(TOKEN_VARIABLES.management) ||
    existsSync(join(config, 'azureProfile.json'));
  return Promise.resolve(
    found
      ? [
          {
            system: 'azure',
            name: 'azure',
            tenant: environment['AZURE_TENANT_ID'] ?? null,
            subscriptions: 'all',
            managementEndpoint: 'https://management.azure.com',
            graphEndpoint: 'https://graph.microsoft.com',
            concurrency: 8,
          },
        ]
      : [],
  );
}
