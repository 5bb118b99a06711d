import { describe, expect, it } from 'vitest';
import { imported, of } from './importing.ts';
import { AT, AUTHORIZATION, OTHER, PRINCIPAL, READER, SUBSCRIPTION, TENANT } from './live/server.ts';

const GROUP_ID = '66666666-6666-4666-8666-666666666666';
const GRAPH = 'https://graph.microsoft.com/v1.0/$metadata#';
const SITES = `${AT}/resourceGroups/shop/providers`;
const subscription = {
  id: AT,
  subscriptionId: SUBSCRIPTION,
  displayName: 'pay',
  tenantId: TENANT,
  state: 'Enabled',
  tags: { Env: 'prod' },
};
const uid = `entra:${TENANT}:serviceprincipal:${PRINCIPAL}`;

async function withResources(...value: readonly unknown[]) {
  return imported({ 'subscriptions.json': [subscription], 'resources.json': { value } });
}

describe('an import of resources', () => {
  const site = {
    id: `${SITES}/Microsoft.Web/sites/Checkout`,
    name: 'Checkout',
    type: 'Microsoft.Web/sites',
    tags: { owner: 'payments' },
    identity: {
      type: 'SystemAssigned, UserAssigned',
      principalId: PRINCIPAL,
      userAssignedIdentities: { [`${SITES}/Microsoft.ManagedIdentity/x`]: { principalId: OTHER } },
    },
  };

  it('takes each for a workload of the identities that it runs as', async () => {
    const found = await withResources(site, {
      ...site,
      id: `${SITES}/Microsoft.Web/sites/plain`,
      identity: null,
    });
    expect(of(found, 'workloads')).toMatchObject([
      {
        identityUid: uid,
        kind: 'Microsoft.Web/sites',
        name: 'Checkout',
        scopeUid: AT,
        environment: 'production',
      },
      { identityUid: `entra:${TENANT}:serviceprincipal:${OTHER}`, name: 'Checkout' },
    ]);
  });

  it('gives an identity the tags of its resource, and the environment that only the subscription names', async () => {
    const [identity] = of(await withResources(site), 'identities');
    expect(identity).toMatchObject({
      environment: 'production',
      tags: { owner: 'payments', 'azure:resource-id': site.id.toLowerCase() },
    });
  });

  it('gives a principal that the directory lists the tags of its resource as well', async () => {
    const found = await imported({
      'subscriptions.json': [subscription],
      'resources.json': { value: [site] },
      'principals.json': {
        '@odata.context': `${GRAPH}servicePrincipals`,
        value: [
          {
            id: PRINCIPAL,
            appId: 'a',
            displayName: 'Checkout',
            servicePrincipalType: 'ManagedIdentity',
            alternativeNames: ['isExplicit=False', site.id],
          },
        ],
      },
    });
    expect(of(found, 'identities')).toMatchObject([
      { uid, kind: 'managed-identity', environment: 'production', tags: { owner: 'payments' } },
    ]);
  });
});

describe('an import of resources that have keys', () => {
  const account = (name: string, properties: unknown) => ({
    id: `${SITES}/Microsoft.Storage/storageAccounts/${name}`,
    name,
    type: 'Microsoft.Storage/storageAccounts',
    properties,
  });

  it('takes the keys that let in for credentials, with the time at which they were made', async () => {
    const found = await withResources(
      account('open', { keyCreationTime: { key1: '2020-02-01T00:00:00Z', key2: null } }),
    );
    const at = `${SITES}/microsoft.storage/storageaccounts/open/local-access`.toLowerCase();
    expect(of(found, 'identities')).toMatchObject([{ uid: at, kind: 'local-access', name: 'open' }]);
    expect(of(found, 'credentials')).toMatchObject([
      { uid: `${at}/key1`, kind: 'account-key', createdAt: '2020-02-01T00:00:00.000Z', expiresAt: null },
      { uid: `${at}/key2`, createdAt: null },
    ]);
  });

  it.each([
    ['Microsoft.Storage/storageAccounts', { allowSharedKeyAccess: false }, 0],
    ['Microsoft.Storage/storageAccounts', {}, 2],
    ['Microsoft.ContainerRegistry/registries', { adminUserEnabled: false }, 0],
    ['Microsoft.ContainerRegistry/registries', { adminUserEnabled: true }, 2],
    ['Microsoft.DocumentDB/databaseAccounts', { disableLocalAuth: true }, 0],
    ['Microsoft.ServiceBus/namespaces', {}, 1],
    ['Microsoft.ContainerService/managedClusters', { disableLocalAccounts: true }, 0],
    ['Microsoft.ContainerService/managedClusters', { disableLocalAccounts: false }, 1],
  ])('counts of %s with %j %i keys', async (type, properties, expected) => {
    const found = await withResources({ ...account('x', properties), type });
    expect(of(found, 'credentials')).toHaveLength(expected);
  });

  it('says nothing of keys from a list that leaves settings out', async () => {
    const { properties: _left, ...bare } = account('x', {});
    expect(of(await withResources(bare), 'credentials')).toEqual([]);
  });
});

describe('an import of key vaults', () => {
  const vault = (properties: object) => ({
    id: `${SITES}/Microsoft.KeyVault/vaults/safe`,
    name: 'safe',
    type: 'Microsoft.KeyVault/vaults',
    properties: {
      accessPolicies: [
        { tenantId: TENANT, objectId: PRINCIPAL, permissions: { secrets: ['Get', 'list'], keys: ['all'] } },
        { tenantId: TENANT, objectId: PRINCIPAL, applicationId: OTHER, permissions: { secrets: ['set'] } },
        { tenantId: OTHER, objectId: PRINCIPAL, permissions: { secrets: ['all'] } },
      ],
      ...properties,
    },
  });

  it('takes the access policies of its own tenant for grants of the data actions that they stand for', async () => {
    const found = await withResources(vault({ enableRbacAuthorization: false }));
    expect(of(found, 'grants')).toMatchObject([
      { principalUid: uid, kind: 'vault-access-policy', condition: null },
      { principalUid: uid, kind: 'vault-access-policy', condition: { applicationId: OTHER } },
    ]);
    expect(of(found, 'roles')[0]?.['document']).toEqual({
      permissions: [
        {
          actions: [],
          notActions: [],
          dataActions: [
            'Microsoft.KeyVault/vaults/keys/*',
            'Microsoft.KeyVault/vaults/secrets/getSecret/action',
            'Microsoft.KeyVault/vaults/secrets/readMetadata/action',
          ],
          notDataActions: [],
        },
      ],
    });
  });

  it('passes over those of a vault that decides by role assignments', async () => {
    expect(of(await withResources(vault({ enableRbacAuthorization: true })), 'grants')).toEqual([]);
  });
});

describe('an import of memberships that can be activated', () => {
  it('gives who may activate one what the group holds, as eligible', async () => {
    const assignment = {
      id: `${AUTHORIZATION}/roleAssignments/a1`,
      type: 'Microsoft.Authorization/roleAssignments',
      properties: {
        roleDefinitionId: `${AUTHORIZATION}/roleDefinitions/${READER}`,
        principalId: GROUP_ID,
        principalType: 'Group',
        scope: AT,
      },
    };
    const found = await imported({
      'subscriptions.json': [subscription],
      'role-assignments.json': { value: [assignment] },
      'principals.json': {
        '@odata.context': `${GRAPH}servicePrincipals`,
        value: [{ id: PRINCIPAL, appId: 'a', displayName: 'a', servicePrincipalType: 'Application' }],
      },
      'group-eligibilities.json': {
        '@odata.context': `${GRAPH}identityGovernance/privilegedAccess/group/eligibilityScheduleInstances`,
        value: [{ id: 'e1', groupId: GROUP_ID, principalId: PRINCIPAL, accessId: 'member' }],
      },
    });
    expect(of(found, 'grants')).toMatchObject([
      { principalKind: 'group', state: 'active' },
      { principalUid: uid, principalKind: 'identity', state: 'eligible', scopeUid: AT },
    ]);
  });
});

describe('the breadth of a role definition', () => {
  it.each([
    [[{ actions: ['*'] }], 'everything'],
    [[{ actions: ['*'], notActions: ['Microsoft.Authorization/*/write'] }], 'all-actions'],
    [[{ actions: ['*/read'] }], 'all-actions'],
    [[{ actions: ['Microsoft.Compute/*'] }], 'all-actions'],
    [[{ actions: ['Microsoft.Compute/virtualMachines/*'] }], 'limited'],
    [[{ actions: ['*'], condition: '@Request[x] StringEquals 1' }], 'limited'],
    [[], 'limited'],
  ])('of %j is %s', async (permissions, expected) => {
    const definition = {
      id: `${AUTHORIZATION}/roleDefinitions/${READER}`,
      type: 'Microsoft.Authorization/roleDefinitions',
      properties: { roleName: 'r', type: 'CustomRole', permissions },
    };
    const found = await imported({ 'subscriptions.json': [subscription], 'a.json': { value: [definition] } });
    expect(of(found, 'roles')).toMatchObject([{ breadth: expected }]);
  });
});
