import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCli } from '../../cli/run-cli.ts';
import { tempDir } from '../../temp-dir.ts';

const TENANT = '11111111-1111-4111-8111-111111111111';
const SUBSCRIPTION = '22222222-2222-4222-8222-222222222222';
const PRINCIPAL = '33333333-3333-4333-8333-333333333333';
const APPLICATION = '44444444-4444-4444-8444-444444444444';
const READER = 'acdd72a7-3385-48ef-bd42-f606fba81ae7';
const AT = `/subscriptions/${SUBSCRIPTION}`;
const AUTHORIZATION = `${AT}/providers/Microsoft.Authorization`;
const GRAPH = 'https://graph.microsoft.com/v1.0/$metadata#';
const ROOT = `/providers/Microsoft.Management/managementGroups/${TENANT}`;

const estate: Readonly<Record<string, unknown>> = {
  'subscriptions.json': [
    { id: SUBSCRIPTION, name: 'pay', tenantId: TENANT, homeTenantId: TENANT, state: 'Enabled' },
  ],
  'management-group.json': {
    id: ROOT,
    type: 'Microsoft.Management/managementGroups',
    name: TENANT,
    properties: { tenantId: TENANT, displayName: 'Root', children: [{ id: AT, type: '/subscriptions' }] },
  },
  'definitions.json': {
    value: [
      {
        id: `${AUTHORIZATION}/roleDefinitions/${READER}`,
        type: 'Microsoft.Authorization/roleDefinitions',
        name: READER,
        properties: {
          roleName: 'Reader',
          type: 'BuiltInRole',
          permissions: [{ actions: ['*/read'], notActions: [] }],
        },
      },
    ],
  },
  'assignments.json': {
    value: [
      {
        id: `${AUTHORIZATION}/roleAssignments/a1`,
        type: 'Microsoft.Authorization/roleAssignments',
        properties: {
          roleDefinitionId: `${AUTHORIZATION}/roleDefinitions/${READER}`,
          principalId: PRINCIPAL,
          principalType: 'ServicePrincipal',
          scope: AT,
        },
      },
    ],
  },
  'principals.json': {
    '@odata.context': `${GRAPH}servicePrincipals`,
    value: [{ id: PRINCIPAL, appId: 'app', displayName: 'pay-deploy', servicePrincipalType: 'Application' }],
  },
  'applications.json': {
    '@odata.context': `${GRAPH}applications`,
    value: [
      {
        id: APPLICATION,
        appId: 'app',
        displayName: 'pay-deploy',
        passwordCredentials: [{ keyId: 'k1', secretText: 'never-kept', endDateTime: '2027-01-01T00:00:00Z' }],
        owners: [
          { '@odata.type': '#microsoft.graph.user', id: 'olga', userPrincipalName: 'olga@pay.example' },
        ],
      },
    ],
  },
  'federated.json': {
    '@odata.context': `${GRAPH}applications('${APPLICATION}')/federatedIdentityCredentials`,
    value: [
      { id: 'f1', issuer: 'https://issuer.example', subject: 'repo:pay/deploy', audiences: ['api://x'] },
    ],
  },
};

async function scanned(files: Readonly<Record<string, unknown>>): Promise<string> {
  const folder = await tempDir();
  await mkdir(join(folder, 'azure'));
  for (const [name, content] of Object.entries(files)) {
    const text = typeof content === 'string' ? content : JSON.stringify(content, undefined, 2);
    await writeFile(join(folder, 'azure', name), text);
  }
  const { stderr } = await runCli(folder, ['scan', '--quiet', '--import', 'azure']);
  expect(stderr).toBe('');
  return folder;
}

async function rows(folder: string, query: string): Promise<unknown> {
  const { stdout } = await runCli(folder, ['sql', query, '--format', 'json']);
  return JSON.parse(stdout);
}

/** What `nhi can` says about reading storage accounts. */
async function reading(folder: string): Promise<string> {
  const uid = `entra:${TENANT}:serviceprincipal:${PRINCIPAL}`;
  const { stdout } = await runCli(folder, ['can', uid, 'Microsoft.Storage/storageAccounts/read', AT]);
  return stdout;
}

describe('an import of Azure and Entra', () => {
  it('gives identities, credentials without their values, trusts and grants', async () => {
    const folder = await scanned(estate);
    expect(await rows(folder, 'SELECT kind, name FROM identities ORDER BY kind')).toEqual([
      { kind: 'application', name: 'pay-deploy' },
      { kind: 'service-principal', name: 'pay-deploy' },
    ]);
    expect(await rows(folder, 'SELECT kind, expires_at IS NOT NULL AS dated FROM credentials')).toEqual([
      { kind: 'client-secret', dated: true },
    ]);
    expect(await rows(folder, 'SELECT mechanism FROM trusts ORDER BY 1')).toEqual([
      { mechanism: 'application-of' },
      { mechanism: 'application-owner' },
      { mechanism: 'federated-credential' },
    ]);
    const leaks = "SELECT count(*)::INT AS n FROM identities WHERE raw::VARCHAR LIKE '%never-kept%'";
    expect(await rows(folder, leaks)).toEqual([{ n: 0 }]);
  });

  it('lets findings name a principal, whose uid does not', async () => {
    const { stdout } = await runCli(await scanned(estate), ['findings', '--system', 'azure']);
    expect(stdout).toMatch(/^SEVERITY +RULE +NAME +IDENTITY/u);
    expect(stdout).toMatch(/ pay-deploy +entra:/u);
  });

  it('lets paths name a principal too', async () => {
    const uid = `entra:${TENANT}:serviceprincipal:${PRINCIPAL}`;
    const { stdout } = await runCli(await scanned(estate), ['paths', '--to', uid, '--no-color']);
    expect(stdout).toContain(`entra-application-of → ${uid} (pay-deploy)`);
  });

  it('leaves what a principal can do unknown where deny assignments were not exported', async () => {
    expect(await reading(await scanned(estate))).toMatch(/^unknown[^]*a1[^]*denyAssignments/u);
  });

  it('answers for certain where deny assignments are there too', async () => {
    const deny = {
      id: `${AUTHORIZATION}/denyAssignments/d1`,
      type: 'Microsoft.Authorization/denyAssignments',
      properties: {
        scope: AT,
        permissions: [{ actions: ['*/delete'], notActions: [] }],
        principals: [{ id: PRINCIPAL, type: 'ServicePrincipal' }],
      },
    };
    const folder = await scanned({ ...estate, 'denies.json': { value: [deny] } });
    expect(await reading(folder)).toMatch(/^allowed/u);
  });

  it('keeps one role of a definition that two subscriptions list', async () => {
    const elsewhere = JSON.stringify(estate['definitions.json']).replaceAll(SUBSCRIPTION, APPLICATION);
    const folder = await scanned({ ...estate, 'elsewhere.json': elsewhere });
    expect(await rows(folder, 'SELECT name FROM roles')).toEqual([{ name: 'Reader' }]);
  });

  it('says where a file is cut off and reads what is before', async () => {
    const cut = JSON.stringify(estate['assignments.json']).slice(0, -1);
    const folder = await scanned({ ...estate, 'assignments.json': cut });
    const query = "SELECT detail FROM coverage WHERE call = 'import file' AND status = 'partial'";
    expect(JSON.stringify(await rows(folder, query))).toMatch(/assignments\.json: byte \d+: the text ends/u);
    expect(await rows(folder, 'SELECT kind FROM grants')).toEqual([{ kind: 'role-assignment' }]);
  });
});
