import { describe, expect, it } from 'vitest';
import { azureLive } from '#collectors/azure/live/index.ts';
import { TOKEN_VARIABLES } from '#collectors/azure/live/session.ts';
import type { Observation, TableName } from '#model/record.ts';
import { liveContext, type TestContext } from '#test/collectors/live-context.ts';
import { cutOff, json, text } from '#test/collectors/shared/live/loopback.ts';
import {
  AT,
  AUTHORIZATION,
  azureServer,
  GROUP,
  OTHER,
  PRINCIPAL,
  SUBSCRIPTION,
  TENANT_ROUTES,
  targetOf,
  TENANT,
} from './server.ts';

/** A token whose claims say the tenant and two application permissions; nobody signed it. */
const claims = { tid: TENANT, roles: ['Application.Read.All'] };
const token = ['e30', Buffer.from(JSON.stringify(claims)).toString('base64url'), 'x'].join('.');
const environment = { [TOKEN_VARIABLES.management]: token, [TOKEN_VARIABLES.graph]: token };

async function observed(
  base: string,
  context: TestContext = liveContext({ environment }),
  more: Parameters<typeof targetOf>[1] = {},
): Promise<readonly Observation[]> {
  const found: Observation[] = [];
  for await (const batch of azureLive.read(targetOf(base, more), context)) found.push(...batch);
  return found;
}

function of(found: readonly Observation[], table: TableName): readonly Readonly<Record<string, unknown>>[] {
  return found.flatMap((each) => (each.table === table ? [{ ...each.row }] : []));
}

function gap(found: readonly Observation[], call: string) {
  return of(found, 'coverage').filter((row) => String(row['call']).endsWith(call));
}

describe('a live reading of Azure and Entra', () => {
  it('gives identities, credentials, grants, roles, scopes and use of a tenant', async () => {
    const { base, requests } = await azureServer(TENANT_ROUTES);
    const found = await observed(base);
    const uid = `entra:${TENANT}:serviceprincipal:${PRINCIPAL}`;
    expect(
      of(found, 'identities')
        .map(({ kind }) => String(kind))
        .toSorted((a, b) => a.localeCompare(b)),
    ).toEqual(['application', 'service-principal']);
    expect(of(found, 'grants')).toMatchObject([{ principalUid: uid, kind: 'role-assignment', scopeUid: AT }]);
    expect(of(found, 'scopes')).toContainEqual(
      expect.objectContaining({ uid: AT, parentUid: GROUP.toLowerCase() }),
    );
    // The later time is of others who signed in to it.
    expect(of(found, 'usages')).toMatchObject([{ identityUid: uid, lastUsedAt: '2026-11-01T00:00:00.000Z' }]);
    expect(gap(found, 'denyAssignments')).toMatchObject([{ status: 'complete', scopeUid: AT }]);
    expect(new Set(requests.map(({ method }) => method))).toEqual(new Set(['GET']));
    expect(new Set(requests.map(({ headers }) => headers.authorization))).toEqual(
      new Set([`Bearer ${token}`]),
    );
  });

  it('follows links to next pages and none that leaves the origin', async () => {
    const path = '/v1.0/servicePrincipals';
    const second = {
      id: OTHER,
      appId: 'b',
      displayName: 'b',
      servicePrincipalType: 'Application',
      owners: [],
    };
    const routes: Record<string, unknown> = { ...TENANT_ROUTES };
    const { base } = await azureServer(routes);
    const first = TENANT_ROUTES[path];
    routes[path] = { ...Object(first), '@odata.nextLink': `${base}${path}?page=2` };
    routes[`${path}?page=2`] = { value: [second], '@odata.nextLink': 'http://127.0.0.2:1/v1.0/more' };
    const found = await observed(base);
    expect(of(found, 'identities').filter(({ kind }) => kind === 'service-principal')).toHaveLength(2);
    expect(gap(found, path)).toContainEqual(
      expect.objectContaining({ status: 'failed', detail: expect.stringMatching(/leaves/u) }),
    );
  });

  it('waits as long as it is asked to and tries again', async () => {
    const busy = json({ error: { code: 'TooManyRequests' } }, 429, { 'retry-after': '7' });
    const turns = {
      [`${AUTHORIZATION}/roleAssignments`]: busy,
      [`${AUTHORIZATION}/roleDefinitions`]: json({}, 429),
      [`${AUTHORIZATION}/denyAssignments`]: json({}, 503),
      '/v1.0/groups': cutOff,
    };
    const { base } = await azureServer(TENANT_ROUTES, turns);
    const context = liveContext({ environment });
    const found = await observed(base, context);
    expect(Math.max(...context.slept)).toBeGreaterThanOrEqual(7000);
    expect(of(found, 'grants')).toHaveLength(1);
    expect(of(found, 'coverage').filter(({ status }) => status === 'failed')).toEqual([]);
  });

  it('names the right that is missing, what is not there, and reads the rest', async () => {
    const refused = json({ error: { code: 'AuthorizationFailed', message: 'no' } }, 403);
    const { base } = await azureServer({
      ...TENANT_ROUTES,
      [`${AUTHORIZATION}/denyAssignments`]: refused,
      [`${AUTHORIZATION}/roleEligibilityScheduleInstances`]: json({ error: { code: 'NotFound' } }, 404),
      '/beta/reports/appCredentialSignInActivities': json(
        { error: { code: 'Authentication_RequestFromNonPremiumTenantOrB2CTenant', message: 'licence' } },
        403,
      ),
      '/v1.0/oauth2PermissionGrants': text('{', 200),
      '/v1.0/groups': json({}, 500),
    });
    const found = await observed(base);
    expect(gap(found, 'denyAssignments')).toMatchObject([
      {
        status: 'denied',
        missingPermission: 'Microsoft.Authorization/denyAssignments/read',
        feed: 'guardrails',
      },
    ]);
    expect(gap(found, 'roleEligibilityScheduleInstances')).toContainEqual(
      expect.objectContaining({ status: 'skipped', scopeUid: AT }),
    );
    expect(gap(found, 'appCredentialSignInActivities')).toMatchObject([{ status: 'skipped' }]);
    expect(gap(found, 'oauth2PermissionGrants')).toMatchObject([{ status: 'failed' }]);
    expect(gap(found, '/groups')).toMatchObject([{ status: 'failed', feed: 'groups' }]);
    expect(of(found, 'grants')).toHaveLength(1);
  });

  it('keeps one subscription whole where another is refused', async () => {
    const refused = json({ error: { code: 'AuthorizationFailed' } }, 403);
    const other = `/subscriptions/${OTHER}`;
    const { base } = await azureServer({
      ...TENANT_ROUTES,
      [`${other}/providers/Microsoft.Authorization/roleAssignments`]: refused,
    });
    const found = await observed(base, liveContext({ environment }), {
      subscriptions: [SUBSCRIPTION, OTHER],
    });
    const grants = of(found, 'coverage').filter(({ call }) => String(call).endsWith('/roleAssignments'));
    expect(grants).toContainEqual(expect.objectContaining({ scopeUid: other, status: 'denied' }));
    expect(grants).toContainEqual(expect.objectContaining({ scopeUid: AT, status: 'complete' }));
  });

  it('ends with an error where the credentials are not accepted', async () => {
    const { base } = await azureServer({ '/subscriptions': json({ error: { message: 'expired' } }, 401) });
    await expect(observed(base)).rejects.toThrow('pay: expired');
  });

  it('ends at once when it is aborted', async () => {
    const abort = new AbortController();
    const { base } = await azureServer({
      ...TENANT_ROUTES,
      '/v1.0/groups': () => abort.abort(new Error('Ctrl-C')),
    });
    await expect(observed(base, liveContext({ environment, signal: abort.signal }))).rejects.toThrow(
      'Ctrl-C',
    );
  });
});

describe('a probe of Azure and Entra', () => {
  it('asks Resource Manager and the token which rights are there', async () => {
    const { base } = await azureServer(TENANT_ROUTES);
    const answers = new Map<string | null, string>();
    for await (const { permission, status } of azureLive.probe(targetOf(base), liveContext({ environment })))
      answers.set(permission, status);
    expect(answers.get('Microsoft.Authorization/roleAssignments/read')).toBe('allowed');
    expect(answers.get('Microsoft.Authorization/denyAssignments/read')).toBe('denied');
    expect(answers.get('Application.Read.All')).toBe('allowed');
    expect(answers.get('AuditLog.Read.All')).toBe('denied');
  });
});

describe('the rights that reading Azure needs', () => {
  it('are Reader at the root group and application permissions that only read, each with its id', () => {
    const [resources, directory] = azureLive.permissions(targetOf('https://management.azure.com'));
    expect(resources?.text).toContain(`--role Reader --scope "${GROUP}"`);
    expect(resources?.permissions.filter((name) => !name.endsWith('/read'))).toEqual([]);
    expect(directory?.permissions.filter((name) => !name.includes('.Read.'))).toEqual([]);
    expect(directory?.text.match(/[0-9a-f]{8}-[0-9a-f-]{27}=Role/gu)).toHaveLength(
      directory?.permissions.length ?? 0,
    );
  });
});
