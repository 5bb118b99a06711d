import {
  ActionError,
  defineEvaluator,
  type DecisionCheck,
  type Evaluator,
  type FormerAccess,
} from '#contract/action.ts';
import type { Grant } from '#model/grant.ts';
import type { Json } from '#model/system.ts';
import { azure, type Azure } from './azure.ts';
import { at, servicePrincipal, textAt } from './names.ts';
import type { TokenOf } from './token.ts';

const MOST = 100;
const READ = 'Application.Read.All';
const CONSENTS = 'DelegatedPermissionGrant.Read.All';
const DIRECTORY = 'RoleManagement.Read.Directory';
const ASSIGNMENTS = 'Microsoft.Authorization/roleAssignments/read';

/**
 * Reads what a service principal still holds. Neither Azure nor Entra answers what another principal may do, so each
 * former grant is looked for anew, and whatever else is held in its place is said.
 */
export function assignmentsReadAgain(tokenOf: TokenOf): Evaluator {
  return defineEvaluator({
    system: 'azure',
    title: 'The assignments, read again',
    permissions: [READ, CONSENTS, ASSIGNMENTS, DIRECTORY].toSorted(),
    ask: async (former, context) => {
      const principal = servicePrincipal(former.identity);
      if (principal === null) {
        return {
          asked: 0,
          denied: 0,
          allowed: [],
          unknown: [`${former.identity.uid} is no service principal`],
        };
      }
      const { tenant, id } = principal;
      return ask(former, id, azure({ tenant }, context, tokenOf));
    },
  });
}

async function ask({ grants }: FormerAccess, id: string, api: Azure): Promise<DecisionCheck> {
  const path = `v1.0/servicePrincipals/${encodeURIComponent(id)}?$select=id,accountEnabled`;
  const reply = await api.call('graph', { method: 'GET', path, permission: READ });
  if (reply === null || at(reply.body, 'accountEnabled') === false) {
    // What is disabled or gone is refused everything, also what nobody knew of.
    const asked = Math.max(1, grants.length);
    return { asked, denied: asked, allowed: [], unknown: [] };
  }
  const allowed: string[] = [];
  const unknown: string[] = [];
  let denied = 0;
  for (const { grant, role } of grants.filter((each) => each.grant.state === 'active')) {
    const words = `${role?.name ?? grant.roleUid} on ${grant.resourceUid ?? grant.scopeUid}`;
    const answer = await answerOf(grant, id, api);
    if (answer === 'denied') denied++;
    else if (answer === 'allowed') allowed.push(words);
    else unknown.push(`${words}: ${answer}`);
  }
  return {
    asked: allowed.length + denied + unknown.length,
    denied,
    allowed: allowed.slice(0, MOST),
    unknown: unknown.slice(0, MOST),
  };
}

/** `allowed`, `denied`, or why neither can be said. */
async function answerOf(grant: Grant, id: string, api: Azure): Promise<string> {
  if (!grant.principalUid.endsWith(`:serviceprincipal:${id}`)) {
    return `held by ${grant.principalUid}: whether it is still in there is not asked`;
  }
  try {
    const held = await heldOf(grant, id, api);
    return held === null ? `what is held as ${grant.kind} is not read` : held;
  } catch (error) {
    if (!(error instanceof ActionError) || error.failure !== 'denied') throw error;
    return `not read, needs ${error.missingPermission ?? 'more'}`;
  }
}

async function heldOf(grant: Grant, id: string, api: Azure): Promise<string | null> {
  const { raw } = grant;
  switch (grant.kind) {
    case 'role-assignment':
      return roleAt(grant, id, api);
    case 'app-role-assignment': {
      const path = `v1.0/servicePrincipals/${encodeURIComponent(id)}/appRoleAssignments`;
      return inList(await api.list('graph', path, READ), ['resourceId', 'appRoleId'], raw);
    }
    case 'oauth2-permission-grant': {
      const path = `v1.0/oauth2PermissionGrants?$filter=${encodeURIComponent(`clientId eq '${id}'`)}`;
      const keys = ['resourceId', 'consentType', 'principalId'];
      return inList(await api.list('graph', path, CONSENTS), keys, raw);
    }
    case 'directory-role-assignment': {
      const filter = encodeURIComponent(`principalId eq '${id}'`);
      const path = `v1.0/roleManagement/directory/roleAssignments?$filter=${filter}`;
      return inList(await api.list('graph', path, DIRECTORY), ['roleDefinitionId'], raw);
    }
    default:
      return null;
  }
}

/** Roles are inherited: the list at a scope holds those at the scopes above it too. */
async function roleAt({ scopeUid, roleUid }: Grant, id: string, api: Azure): Promise<string> {
  const filter = encodeURIComponent(`principalId eq '${id}'`);
  const scope = scopeUid === '/' ? '' : scopeUid.slice(1).split('/').map(encodeURIComponent).join('/');
  const path = `${scope}/providers/Microsoft.Authorization/roleAssignments?api-version=2022-04-01&$filter=${filter}`;
  const list = await api.list('management', path, ASSIGNMENTS);
  const above = (list ?? []).filter((each) => covers(textAt(at(each, 'properties'), 'scope'), scopeUid));
  const roles = above.map((each) => textAt(at(each, 'properties'), 'roleDefinitionId') ?? '');
  if (roles.some((role) => sameRole(role, roleUid))) return 'allowed';
  const [other] = roles;
  return other === undefined ? 'denied' : `${other} is held as well: what it gives is not compared`;
}

function covers(scope: string | null, asked: string): boolean {
  const own = (scope ?? '').toLowerCase().replace(/\/$/u, '');
  // Management groups stand above without being part of the name: what the list at a scope shows from there covers it.
  const isAbove = own === '' || own.startsWith('/providers/microsoft.management/managementgroups/');
  return isAbove || asked === own || asked.startsWith(`${own}/`);
}

function sameRole(definitionId: string, roleUid: string): boolean {
  const last = (text: string) => text.slice(text.lastIndexOf('/') + 1).toLowerCase();
  return last(definitionId) === last(roleUid);
}

function inList(list: readonly Json[] | null, keys: readonly string[], raw: Json): 'allowed' | 'denied' {
  const isIt = (item: Json) =>
    keys.every((key) => textAt(item, key)?.toLowerCase() === textAt(raw, key)?.toLowerCase());
  return list?.some(isIt) === true ? 'allowed' : 'denied';
}
