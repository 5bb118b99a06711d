import { describe, expect, it } from 'vitest';
import type { FormerAccess } from '#contract/action.ts';
import type { Grant } from '#model/grant.ts';
import { azureEvaluatorWith } from '../../../playbooks/actions/azure/index.ts';
import { azureServer, failure, goodToken, TENANT } from './azure-server.ts';
import { application, GRAPH, grant, principal, SP } from './subjects.ts';

const EVALUATOR = azureEvaluatorWith(goodToken);
const SUBSCRIPTION = '/subscriptions/55555555-eeee-4eee-8eee-555555555555';
const READER = '/providers/microsoft.authorization/roledefinitions/reader';

const ROLE: Partial<Grant> = { kind: 'role-assignment', roleUid: READER, scopeUid: SUBSCRIPTION };
const APP_ROLE: Partial<Grant> = {
  kind: 'app-role-assignment',
  raw: { principalId: SP, resourceId: GRAPH, appRoleId: 'r1' },
};
const CONSENT: Partial<Grant> = {
  kind: 'oauth2-permission-grant',
  raw: { clientId: SP, resourceId: GRAPH, consentType: 'AllPrincipals' },
};
const DIRECTORY: Partial<Grant> = {
  kind: 'directory-role-assignment',
  raw: { principalId: SP, roleDefinitionId: 'd1', directoryScopeId: '/' },
};

function former(...grants: Partial<Grant>[]): FormerAccess {
  const rows = grants.flatMap((fields) => {
    const subject = grant(fields);
    return subject.table === 'grants' ? [{ grant: subject.row, role: null }] : [];
  });
  return { identity: principal(), grants: rows };
}

/** The service principal, which holds nothing. */
async function world(fields = {}) {
  const server = await azureServer();
  server.objects.set(`servicePrincipals/${SP}`, { id: SP, accountEnabled: true, ...fields });
  server.lists.set(`servicePrincipals/${SP}/appRoleAssignments`, []);
  server.lists.set('oauth2PermissionGrants', []);
  server.lists.set('roleManagement/directory/roleAssignments', []);
  return server;
}

function assign(server: Awaited<ReturnType<typeof world>>, scope: string, roleDefinitionId: string): void {
  const id = `${scope === '/' ? '' : scope}/providers/Microsoft.Authorization/roleAssignments/1`;
  server.resources.set(id.toLowerCase(), { id, properties: { principalId: SP, scope, roleDefinitionId } });
}

describe('the assignments of Azure and Entra, read again', () => {
  it('refuse what is not held any more', async () => {
    const { context } = await world();
    expect(await EVALUATOR.ask(former(ROLE, APP_ROLE, CONSENT, DIRECTORY), context)).toEqual({
      asked: 4,
      denied: 4,
      allowed: [],
      unknown: [],
    });
  });

  it('allow what is still held', async () => {
    const server = await world();
    const lists: [string, Partial<Grant>][] = [
      [`servicePrincipals/${SP}/appRoleAssignments`, APP_ROLE],
      ['oauth2PermissionGrants', CONSENT],
      ['roleManagement/directory/roleAssignments', DIRECTORY],
    ];
    for (const [path, { raw }] of lists) server.lists.get(path)?.push({ id: 'x', ...Object(raw) });
    assign(server, SUBSCRIPTION, `${SUBSCRIPTION}${READER}`);
    const check = await EVALUATOR.ask(former(ROLE, APP_ROLE, CONSENT, DIRECTORY), server.context);
    expect(check).toMatchObject({ asked: 4, denied: 0, unknown: [] });
    expect(check.allowed).toHaveLength(4);
  });

  it.each(['/', '/providers/Microsoft.Management/managementGroups/root'])(
    'allow what is inherited from %s',
    async (scope) => {
      const server = await world();
      assign(server, scope, READER);
      expect((await EVALUATOR.ask(former(ROLE), server.context)).allowed).toHaveLength(1);
    },
  );

  it('do not take an assignment below for one at the scope', async () => {
    const server = await world();
    assign(server, `${SUBSCRIPTION}/resourceGroups/rg`, READER);
    expect((await EVALUATOR.ask(former(ROLE), server.context)).denied).toBe(1);
  });

  it('refuse everything to a service principal that is disabled or gone', async () => {
    const server = await world({ accountEnabled: false });
    assign(server, SUBSCRIPTION, READER);
    const shut = { asked: 1, denied: 1, allowed: [], unknown: [] };
    expect(await EVALUATOR.ask(former(ROLE), server.context)).toEqual(shut);
    server.objects.clear();
    expect(await EVALUATOR.ask(former(ROLE), server.context)).toEqual(shut);
  });

  it('say what they cannot tell: groups, other roles, rights that are missing', async () => {
    const server = await world();
    assign(server, SUBSCRIPTION, 'owner');
    const viaGroup = { ...ROLE, principalUid: `entra:${TENANT}:group:g1` };
    const { unknown } = await EVALUATOR.ask(former(ROLE, viaGroup, { kind: 'other' }), server.context);
    expect(unknown.map((each) => each.slice(each.lastIndexOf(': ') + 2))).toEqual([
      'what it gives is not compared',
      'whether it is still in there is not asked',
      'what is held as other is not read',
    ]);
    server.intercept = (_method, path) =>
      path.endsWith('/roleAssignments') ? failure(403, 'AuthorizationFailed') : null;
    expect((await EVALUATOR.ask(former(ROLE), server.context)).unknown).toEqual([
      `${READER} on ${SUBSCRIPTION}: not read, needs Microsoft.Authorization/roleAssignments/read`,
    ]);
  });

  it('are not asked about what is no service principal', async () => {
    const { context } = await world();
    const { asked, unknown } = await EVALUATOR.ask({ identity: application(), grants: [] }, context);
    expect([asked, unknown.length]).toEqual([0, 1]);
  });
});
