import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ALL_CALLS } from '#collectors/azure/live/calls.ts';
import { azureLive } from '#collectors/azure/live/index.ts';
import { TOKEN_VARIABLES } from '#collectors/azure/live/session.ts';
import { liveContext } from '#test/collectors/live-context.ts';
import { json, type Answer } from '#test/collectors/shared/live/loopback.ts';
import { tempDir } from '../../../temp-dir.ts';
import { AT, AUTHORIZATION, azureServer, OTHER, READER, TENANT, TENANT_ROUTES, targetOf } from './server.ts';

const environment = { [TOKEN_VARIABLES.management]: 'token', [TOKEN_VARIABLES.graph]: 'token' };
const GROUP_ID = '66666666-6666-4666-8666-666666666666';
const MANAGED = `${AT}/resourceGroups/shop/providers/Microsoft.ManagedIdentity/userAssignedIdentities/web`;

/** The small tenant with something of each kind that is asked for further. */
const routes = {
  ...TENANT_ROUTES,
  [`${AUTHORIZATION}/roleAssignments`]: {
    value: [
      {
        id: `${AUTHORIZATION}/roleAssignments/a2`,
        type: 'Microsoft.Authorization/roleAssignments',
        properties: {
          roleDefinitionId: `${AUTHORIZATION}/roleDefinitions/${READER}`,
          principalId: GROUP_ID,
          scope: AT,
        },
      },
    ],
  },
  [`${AT}/providers/Microsoft.ManagedIdentity/userAssignedIdentities`]: {
    value: [
      {
        id: MANAGED,
        name: 'web',
        type: 'Microsoft.ManagedIdentity/userAssignedIdentities',
        properties: { principalId: OTHER, clientId: OTHER },
      },
    ],
  },
  '/v1.0/groups': {
    '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#groups',
    value: [{ id: GROUP_ID, displayName: 'ops', securityEnabled: true }],
  },
  '/v1.0/applications': {
    '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#applications',
    value: [{ id: OTHER, appId: 'app', displayName: 'pay-deploy', passwordCredentials: [] }],
  },
  '/v1.0/servicePrincipals': {
    '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#servicePrincipals',
    value: [
      {
        id: OTHER,
        appId: 'app',
        displayName: 'p',
        servicePrincipalType: 'Application',
        appRoles: [{ id: 'r' }],
      },
    ],
  },
};

describe('the calls of a live reading of Azure', () => {
  it('are those that the permissions are printed for, each of them, and no more', async () => {
    const { base, requests } = await azureServer(routes);
    for await (const _ of azureLive.read(targetOf(base), liveContext({ environment })));
    const asked = new Set(requests.map(({ url }) => decodeURIComponent(new URL(url, base).pathname)));
    const patterns = ALL_CALLS.map(({ path, api }) => ({
      path: `${api} ${path}`,
      pattern: new RegExp(
        `^${path
          .split('{scope}')
          .map((part) => part.replaceAll('.', String.raw`\.`))
          .join('(?:/.+|[^/]+)')}$`,
        'u',
      ),
    }));
    expect([...asked].filter((path) => !patterns.some(({ pattern }) => pattern.test(path)))).toEqual([]);
    expect(
      patterns
        .filter(({ pattern }) => ![...asked].some((path) => pattern.test(path)))
        .map(({ path }) => path),
    ).toEqual([]);
    const printed = new Set(azureLive.permissions(targetOf(base)).flatMap(({ permissions }) => permissions));
    expect(printed).toEqual(new Set(ALL_CALLS.map(({ permission }) => permission)));
  });

  it('wait for an answer that is slow', async () => {
    const slow: Answer = (response, request, body) =>
      void setTimeout(() => json(routes['/v1.0/groups'])(response, request, body), 400);
    const { base } = await azureServer({ ...routes, '/v1.0/groups': slow });
    const found = [];
    for await (const batch of azureLive.read(targetOf(base), liveContext({ environment })))
      found.push(...batch);
    expect(found.filter(({ table }) => table === 'groups')).toHaveLength(1);
  });
});

describe('the detection of Azure', () => {
  it('finds a target where the environment or az login left credentials, and none where they did not', async () => {
    const home = await tempDir();
    const detect = async (more: Readonly<Record<string, string>>) =>
      azureLive.detect(liveContext({ environment: { HOME: home, ...more } }));
    expect(await detect({})).toEqual([]);
    expect(await detect({ AZURE_CLIENT_ID: 'c', AZURE_TENANT_ID: TENANT })).toMatchObject([
      { system: 'azure', tenant: TENANT, subscriptions: 'all' },
    ]);
    await mkdir(join(home, '.azure'));
    await writeFile(join(home, '.azure', 'azureProfile.json'), '{}');
    expect(await detect({})).toMatchObject([{ tenant: null }]);
  });
});
