import { describe, expect, it } from 'vitest';
import type { Action, Parameters, Subject } from '#contract/action.ts';
import type { Grant } from '#model/grant.ts';
import type { Json } from '#model/system.ts';
import { azureServer, contextAt, failure, TENANT, type AzureServer } from './azure-server.ts';
import { APP, azureAction, GRAPH, grant, parametersFor, principal, SP, trust } from './subjects.ts';

const SUBSCRIPTION = '/subscriptions/55555555-eeee-4eee-8eee-555555555555';
const ASSIGNMENT = `${SUBSCRIPTION}/providers/Microsoft.Authorization/roleAssignments/66666666-ffff-4fff-8fff-666666666666`;
const MANAGED = `${SUBSCRIPTION}/resourceGroups/rg/providers/Microsoft.ManagedIdentity/userAssignedIdentities/mi`;
const FEDERATED = `${MANAGED}/federatedIdentityCredentials/gh`;
const ROLES = 'roleManagement/directory/roleAssignments';
const FICS = `applications/${APP}/federatedIdentityCredentials`;
const issuer = 'https://token.actions.githubusercontent.com';

type Fields = { [field: string]: Json };

/** One kind of removal: what a row says, what the server holds, and what must be left. */
interface Case {
  readonly action: Action;
  readonly parameters: Parameters;
  readonly fill: (server: AzureServer) => void;
  readonly held: (server: AzureServer) => readonly Fields[];
  /** Changes what it gives; null: all of it is what it is told by. */
  readonly changed: ((server: AzureServer) => void) | null;
  readonly rights: { readonly read: string; readonly delete: string; readonly make: string };
}

/** A list of Graph with the object between two others, a page each. */
function listed(
  name: string,
  subject: Subject,
  list: string,
  item: Fields,
  other: Fields,
  change: Fields | null,
  rights: { readonly read: string; readonly write: string },
): Case {
  const action = azureAction(name);
  const held = (server: AzureServer) => server.lists.get(list) ?? [];
  return {
    action,
    parameters: parametersFor(action, subject),
    fill: (server) =>
      server.lists.set(list, [
        { ...item, ...other, id: 'o1' },
        { ...item, id: 'x' },
        { ...item, ...other, id: 'o2' },
      ]),
    held: (server) => held(server).map(({ id: _id, ...rest }) => rest),
    changed: change === null ? null : (server) => Object.assign(held(server)[1] ?? {}, change),
    rights: { read: rights.read, delete: rights.write, make: rights.write },
  };
}

function resource(name: string, subject: Subject, id: string, properties: Fields, type: string): Case {
  const action = azureAction(name);
  return {
    action,
    parameters: parametersFor(action, subject),
    fill: (server) => server.resources.set(id.toLowerCase(), { id, properties }),
    held: (server) => [...server.resources.values()],
    changed: (server) =>
      server.resources.set(id.toLowerCase(), {
        id,
        properties: { ...properties, issuer: 'x', principalId: 'x' },
      }),
    rights: { read: `${type}/read`, delete: `${type}/delete`, make: `${type}/write` },
  };
}

const appRole = { principalId: SP, resourceId: GRAPH, appRoleId: 'r1' };
const consent = { clientId: SP, resourceId: GRAPH, consentType: 'AllPrincipals', scope: 'User.Read' };
const role = { principalId: SP, roleDefinitionId: 'd1', directoryScopeId: '/' };
const fic = { name: 'gh', issuer, subject: 'repo:acme/shop:ref:refs/heads/main', audiences: ['api://x'] };
const assigned = {
  roleDefinitionId: '/r/1',
  principalId: SP,
  principalType: 'ServicePrincipal',
  condition: 'c',
};

const CASES: Record<string, Case> = {
  'an app role assignment': listed(
    'delete-app-role-assignment',
    grant({ kind: 'app-role-assignment', raw: { id: 'x', ...appRole } }),
    `servicePrincipals/${SP}/appRoleAssignments`,
    appRole,
    { appRoleId: 'r2' },
    null,
    { read: 'Application.Read.All', write: 'AppRoleAssignment.ReadWrite.All' },
  ),
  'a consent grant': listed(
    'delete-consent-grant',
    grant({ kind: 'oauth2-permission-grant', raw: { id: 'x', ...consent } }),
    'oauth2PermissionGrants',
    consent,
    { consentType: 'Principal', principalId: 'u1' },
    { scope: 'Directory.ReadWrite.All' },
    {
      read: 'DelegatedPermissionGrant.ReadWrite.All',
      write: 'DelegatedPermissionGrant.ReadWrite.All',
    },
  ),
  'a directory role assignment': listed(
    'delete-directory-role-assignment',
    grant({ kind: 'directory-role-assignment', raw: { id: 'x', ...role } }),
    ROLES,
    role,
    { directoryScopeId: '/administrativeUnits/1' },
    null,
    { read: 'RoleManagement.ReadWrite.Directory', write: 'RoleManagement.ReadWrite.Directory' },
  ),
  'a federated credential of an application': listed(
    'delete-federated-credential',
    trust({ raw: { id: 'x', ...fic } }),
    FICS,
    fic,
    { name: 'other' },
    { issuer: 'https://other.example' },
    { read: 'Application.ReadWrite.All', write: 'Application.ReadWrite.All' },
  ),
  'a role assignment': resource(
    'delete-role-assignment',
    grant({ kind: 'role-assignment', uid: ASSIGNMENT.toLowerCase(), raw: { id: ASSIGNMENT } }),
    ASSIGNMENT,
    { createdOn: 'now', ...assigned },
    'Microsoft.Authorization/roleAssignments',
  ),
  'a federated credential of a managed identity': resource(
    'delete-managed-identity-federated-credential',
    trust({ uid: FEDERATED.toLowerCase(), raw: { id: FEDERATED } }, principal({ kind: 'managed-identity' })),
    FEDERATED,
    { createdOn: 'now', issuer, subject: 's', audiences: ['a'] },
    'Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials',
  ),
};

describe.each(Object.entries(CASES))('removing %s', (_name, { action, parameters, ...kind }) => {
  const filled = async () => {
    const server = await azureServer();
    kind.fill(server);
    return { server, context: server.context };
  };

  it('takes it away, is read as done, and makes one with the same content again', async () => {
    const { server, context } = await filled();
    const all = structuredClone(kind.held(server));
    const before = await action.read(parameters, context);
    expect(before).toMatchObject({ present: true, done: false });
    expect((await action.act(parameters, before, context)).requestId).toMatch(/^r\d+$/u);
    expect(kind.held(server)).toHaveLength(all.length - 1);
    expect(await action.read(parameters, context)).toEqual({ present: false, done: true, document: null });
    await action.undo?.(parameters, before, context);
    expect(await action.read(parameters, context)).toEqual(before);
    expect(kind.held(server)).toEqual(expect.arrayContaining([...all]));
  });

  it('does nothing where there is nothing to do', async () => {
    const { server, context } = await filled();
    const before = await action.read(parameters, context);
    expect(await action.undo?.(parameters, before, context)).toEqual({ requestId: null });
    await action.act(parameters, before, context);
    expect(await action.act(parameters, before, context)).toEqual({ requestId: null });
    const changes = server.requests.filter((each) => !each.startsWith('GET'));
    expect(changes).toHaveLength(1);
  });

  it('names the right that is missing, each by its call', async () => {
    const { server, context } = await filled();
    const before = await action.read(parameters, context);
    const refuse = (...methods: string[]) => {
      server.intercept = (method) => (methods.includes(method) ? failure(403, 'AuthorizationFailed') : null);
    };
    const { rights } = kind;
    refuse('DELETE');
    await expect(action.act(parameters, before, context)).rejects.toMatchObject({
      failure: 'denied',
      missingPermission: rights.delete,
    });
    server.intercept = () => null;
    await action.act(parameters, before, context);
    refuse('POST', 'PUT');
    await expect(action.undo?.(parameters, before, context)).rejects.toMatchObject({
      missingPermission: rights.make,
    });
    refuse('GET');
    await expect(action.read(parameters, context)).rejects.toMatchObject({ missingPermission: rights.read });
    expect(action.permissions).toEqual([...new Set(Object.values(rights))].toSorted());
  });

  it('tells an unreachable system', async () => {
    const read = action.read(parameters, contextAt('http://127.0.0.1:1'));
    await expect(read).rejects.toMatchObject({ failure: 'unreachable' });
  });
});

const CHANGEABLE = Object.entries(CASES).flatMap(([name, each]) =>
  each.changed === null ? [] : [{ name, ...each, changed: each.changed }],
);

describe.each(CHANGEABLE)(
  '$name that changed since it was read',
  ({ action, parameters, changed, ...kind }) => {
    it('is a conflict, and stays', async () => {
      const server = await azureServer();
      kind.fill(server);
      const before = await action.read(parameters, server.context);
      changed(server);
      const all = structuredClone(kind.held(server));
      expect((await action.read(parameters, server.context)).document).not.toEqual(before.document);
      await expect(action.act(parameters, before, server.context)).rejects.toMatchObject({
        failure: 'conflict',
      });
      expect(kind.held(server)).toEqual(all);
    });
  },
);

describe('what the removals are for', () => {
  it('is what a service principal holds itself, active, by a row that says all ids', () => {
    const name = (kind: string) => azureAction(`delete-${kind}`);
    const full = { id: 'x', ...appRole };
    const of = (fields: Partial<Grant>, identity = principal()) =>
      name('app-role-assignment').parametersFor(grant({ kind: 'app-role-assignment', ...fields }, identity));
    expect(of({ raw: full })).toEqual({ tenant: TENANT, ...appRole });
    expect(of({ raw: { ...full, appRoleId: null } })).toBeNull();
    expect(of({ raw: full, state: 'eligible' })).toBeNull();
    expect(of({ raw: full }, principal({ uid: `entra:${TENANT}:user:${SP}` }))).toBeNull();
    const eligible = grant({ kind: 'role-assignment', uid: ASSIGNMENT, state: 'eligible' });
    expect(name('role-assignment').parametersFor(eligible)).toBeNull();
    const odd = grant({ kind: 'role-assignment', uid: '/subscriptions/1/other/x' });
    expect(name('role-assignment').parametersFor(odd)).toBeNull();
    const flexible = trust({ raw: { id: 'x' } });
    expect(name('federated-credential').parametersFor(flexible)).toBeNull();
    expect(name('managed-identity-federated-credential').parametersFor(trust({ raw: fic }))).toBeNull();
  });

  it('is no id that leads elsewhere', async () => {
    const server = await azureServer();
    const astray = { tenant: TENANT, id: '/subscriptions/../x' };
    const read = azureAction('delete-role-assignment').read(astray, server.context);
    await expect(read).rejects.toMatchObject({ failure: 'refused' });
    expect(server.requests).toEqual([]);
  });
});
