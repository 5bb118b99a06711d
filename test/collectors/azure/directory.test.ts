import { describe, expect, it } from 'vitest';
import { imported, of } from './importing.ts';
import {
  APPLICATION,
  AT,
  AUTHORIZATION,
  OTHER,
  PRINCIPAL,
  READER,
  SUBSCRIPTION,
  TENANT,
} from './live/server.ts';

const GRAPH = 'https://graph.microsoft.com/v1.0/$metadata#';
const subscription = {
  id: SUBSCRIPTION,
  name: 'pay',
  tenantId: TENANT,
  homeTenantId: TENANT,
  state: 'Enabled',
};
const principal = { id: PRINCIPAL, appId: 'app', displayName: 'pay', servicePrincipalType: 'Application' };
const uid = `entra:${TENANT}:serviceprincipal:${PRINCIPAL}`;

async function withDirectory(
  context: string,
  value: readonly unknown[],
  more: Readonly<Record<string, unknown>> = {},
) {
  return imported({
    'subscriptions.json': [subscription],
    'principals.json': { '@odata.context': `${GRAPH}servicePrincipals`, value: [principal] },
    'asked.json': { '@odata.context': `${GRAPH}${context}`, value },
    ...more,
  });
}

describe('an import of the directory', () => {
  it('takes a consent for a delegated grant that is no right of its own', async () => {
    const consent = {
      id: 'c1',
      clientId: PRINCIPAL,
      resourceId: OTHER,
      consentType: 'AllPrincipals',
      principalId: null,
      scope: 'User.Read',
    };
    const found = await withDirectory('oauth2PermissionGrants', [consent]);
    expect(of(found, 'grants')).toMatchObject([
      { kind: 'oauth2-permission-grant', principalUid: uid, condition: { consentType: 'AllPrincipals' } },
    ]);
  });

  it('takes the last use of a credential from its own activity', async () => {
    const activity = {
      id: 'x',
      keyId: 'K1',
      keyType: 'clientSecret',
      credentialOrigin: 'application',
      appObjectId: APPLICATION,
      signInActivity: { lastSignInDateTime: '2026-10-01T00:00:00Z' },
    };
    const found = await withDirectory('reports/appCredentialSignInActivities', [activity]);
    expect(of(found, 'usages')).toMatchObject([
      {
        credentialUid: `entra:${TENANT}:application:${APPLICATION}/client-secret/k1`,
        lastUsedAt: '2026-10-01T00:00:00.000Z',
        windowStart: null,
      },
    ]);
  });

  it('puts the last use of a secret on the secret', async () => {
    const activity = {
      keyId: 'K1',
      keyType: 'clientSecret',
      credentialOrigin: 'application',
      appObjectId: APPLICATION,
      signInActivity: { lastSignInDateTime: '2026-10-01T00:00:00Z' },
    };
    const passwordCredentials = [{ keyId: 'k1' }, { keyId: 'k2' }];
    const application = { id: APPLICATION, appId: 'app', displayName: 'pay', passwordCredentials };
    const found = await withDirectory('reports/appCredentialSignInActivities', [activity], {
      'applications.json': { '@odata.context': `${GRAPH}applications`, value: [application] },
    });
    expect(of(found, 'credentials')).toMatchObject([
      { name: 'k1', lastUsedAt: '2026-10-01T00:00:00.000Z', lastUsedEvidence: 'used' },
      { name: 'k2', lastUsedAt: null, lastUsedEvidence: 'none' },
    ]);
  });

  it('takes a user with an employee id for a person, and any other for nobody knows whom', async () => {
    const olga = { id: OTHER, userPrincipalName: 'olga@pay.example', employeeId: '7', accountEnabled: false };
    const robot = { id: APPLICATION, userPrincipalName: 'scanner@pay.example', employeeId: null };
    const found = await withDirectory('users', [olga, robot]);
    const users = of(found, 'identities').filter(({ kind }) => kind === 'user');
    expect(users).toMatchObject([
      { class: 'human', enabled: false },
      { class: 'unknown', enabled: null },
    ]);
  });

  it.each([
    ['read', { owners: [] }, 'complete'],
    ['not asked for', {}, 'partial'],
    [
      'cut off after twenty',
      { owners: Array.from({ length: 20 }, (_, at) => ({ id: String(at) })) },
      'partial',
    ],
  ])('says of owners that were %s how far they were read', async (_, more, status) => {
    const application = { id: APPLICATION, appId: 'app', displayName: 'pay', passwordCredentials: [] };
    const found = await withDirectory('applications', [{ ...application, ...more }]);
    const owners = of(found, 'coverage').filter(
      ({ feed, scopeUid }) => feed === 'owners' && scopeUid === `entra:${TENANT}`,
    );
    expect(owners.map((row) => row['status'])).toEqual([status]);
  });

  it('knows agent identities by their type', async () => {
    const agent = { '@odata.type': '#microsoft.graph.agentIdentity', id: OTHER, displayName: 'clerk' };
    const found = await withDirectory('servicePrincipals', [agent]);
    expect(of(found, 'identities')).toContainEqual(
      expect.objectContaining({ kind: 'agent-identity', name: 'clerk' }),
    );
  });

  it('tags service principals of other tenants, and leaves to Microsoft only its own', async () => {
    const ownedBy = (id: string, owner: string) => ({
      ...principal,
      id,
      appId: id,
      appOwnerOrganizationId: owner,
    });
    const found = await withDirectory('servicePrincipals', [
      ownedBy(OTHER, 'f8cdef31-a31e-4b4a-93e4-5f571e91255a'),
      ownedBy(APPLICATION, '99999999-9999-4999-8999-999999999999'),
    ]);
    const rows = new Map(of(found, 'identities').map((row) => [row['providerId'], row]));
    expect(rows.get(OTHER)).toMatchObject({ managedBy: 'provider', tags: {} });
    expect(rows.get(APPLICATION)).toMatchObject({
      managedBy: 'customer',
      tags: { 'azure:home-tenant': '99999999-9999-4999-8999-999999999999' },
    });
  });

  it('takes pages of members and owners by the name of their file', async () => {
    const found = await withDirectory('groups', [{ id: OTHER, displayName: 'ops', securityEnabled: true }], {
      [`groups-${OTHER}-members.json`]: {
        '@odata.context': `${GRAPH}directoryObjects`,
        value: [{ '@odata.type': '#microsoft.graph.servicePrincipal', ...principal }],
      },
      [`service-principals-${PRINCIPAL}-owners.json`]: {
        '@odata.context': `${GRAPH}directoryObjects`,
        value: [
          { '@odata.type': '#microsoft.graph.user', id: APPLICATION, userPrincipalName: 'olga@pay.example' },
        ],
      },
    });
    expect(of(found, 'memberships')).toMatchObject([
      { groupUid: `entra:${TENANT}:group:${OTHER}`, memberUid: uid },
    ]);
    expect(of(found, 'owners')).toMatchObject([{ identityUid: uid, owner: 'olga@pay.example' }]);
  });
});

describe('an import of several parts', () => {
  const assignment = {
    id: `${AUTHORIZATION}/roleAssignments/a1`,
    type: 'Microsoft.Authorization/roleAssignments',
    properties: {
      roleDefinitionId: `${AUTHORIZATION}/roleDefinitions/${READER}`,
      principalId: PRINCIPAL,
      scope: AT,
    },
  };

  it('knows an empty list by the name of its file', async () => {
    const row = { feed: 'guardrails', scopeUid: AT, status: 'complete' };
    const named = await imported({
      'subscriptions.json': [subscription],
      'deny-assignments.json': { value: [] },
    });
    expect(of(named, 'coverage')).toContainEqual(expect.objectContaining(row));
    const unnamed = await imported({ 'subscriptions.json': [subscription], 'list.json': [] });
    expect(of(unnamed, 'coverage')).not.toContainEqual(expect.objectContaining(row));
  });

  it('does not know of which of two subscriptions an empty list is, but by its name', async () => {
    const two = [subscription, { ...subscription, id: OTHER }];
    const statusOf = async (name: string): Promise<unknown> =>
      of(await imported({ 'subscriptions.json': two, [name]: [] }), 'coverage').find(
        ({ feed, scopeUid }) => feed === 'guardrails' && scopeUid === AT,
      )?.['status'];
    expect(await statusOf('deny-assignments.json')).toBe('skipped');
    expect(await statusOf(`deny-assignments-${SUBSCRIPTION}.json`)).toBe('complete');
    expect(await statusOf(`deny-assignments-${OTHER}.json`)).toBe('skipped');
  });

  it('counts an assignment and the instance of the schedule that made it once', async () => {
    const instance = {
      ...assignment,
      id: `${AUTHORIZATION}/roleAssignmentScheduleInstances/i1`,
      type: 'Microsoft.Authorization/roleAssignmentScheduleInstances',
      properties: { ...assignment.properties, originRoleAssignmentId: assignment.id },
    };
    const found = await imported({ 'a.json': { value: [assignment] }, 'b.json': { value: [instance] } });
    expect(of(found, 'grants')).toHaveLength(1);
  });

  it('keeps tenants in folders of their own apart', async () => {
    const elsewhere = '99999999-9999-4999-8999-999999999999';
    const principals = { '@odata.context': `${GRAPH}servicePrincipals`, value: [principal] };
    const found = await imported({
      'one/subscriptions.json': [subscription],
      'one/principals.json': principals,
      'two/subscriptions.json': [{ ...subscription, id: OTHER, tenantId: elsewhere }],
      'two/principals.json': principals,
    });
    expect(of(found, 'identities').map((row) => row['scopeUid'])).toEqual([
      `entra:${TENANT}`,
      `entra:${elsewhere}`,
    ]);
  });

  it('says where files of one folder are of several tenants', async () => {
    const other = { ...subscription, id: OTHER, tenantId: OTHER };
    const found = await imported({ 'subscriptions.json': [subscription, other] });
    expect(of(found, 'coverage')).toContainEqual(
      expect.objectContaining({ status: 'partial', detail: expect.stringMatching(/are of 2 tenants/u) }),
    );
  });
});
