import { observe, type Observation } from '#model/record.ts';
import type { Identity } from '#model/identity.ts';
import { entraUid } from '#model/uid.ts';
import { credentials } from './credentials.ts';
import { HOME_TENANT_TAG, RESOURCE_ID_TAG } from './tags.ts';
import { instantOf, listOf, textOf, type Fields } from '../files/fields.ts';
import { principalUid, type Held } from '../estate.ts';
import type { Knowledge } from './knowledge.ts';

/** Microsoft Graph's own application: what its roles are called is what the catalogue knows. */
const GRAPH_APP = '00000003-0000-0000-c000-000000000000';

/** The tenants in which Microsoft's own applications are registered. */
const MICROSOFT_TENANTS: ReadonlySet<string> = new Set([
  'f8cdef31-a31e-4b4a-93e4-5f571e91255a',
  '72f988bf-86f1-41af-91ab-2d7cd011db47',
]);

/** A service principal with its own credentials and owners, and the roles that it offers. */
export function* servicePrincipal(
  { fields: raw, context }: Held,
  id: string,
  known: Knowledge,
): Generator<Observation> {
  const isManaged = raw['servicePrincipalType'] === 'ManagedIdentity';
  const owner = textOf(raw, 'appOwnerOrganizationId')?.toLowerCase();
  const names: unknown = raw['alternativeNames'];
  const arm: unknown = Array.isArray(names)
    ? names.find((each) => typeof each === 'string' && each.startsWith('/subscriptions/'))
    : undefined;
  const isForeign = owner !== undefined && owner !== known.tenant && !MICROSOFT_TENANTS.has(owner);
  const uid = entraUid(known.tenant, 'serviceprincipal', id);
  const resource = isManaged && typeof arm === 'string' ? known.tagsOf(arm) : null;
  yield observe('identities', {
    ...identity(raw, id, uid, isManaged ? 'managed-identity' : agentKind(raw, context), known),
    managedBy: owner !== undefined && MICROSOFT_TENANTS.has(owner) ? 'provider' : 'customer',
    enabled: typeof raw['accountEnabled'] === 'boolean' ? raw['accountEnabled'] : null,
    environment: resource?.environment ?? null,
    tags: {
      ...resource?.tags,
      ...(isManaged && typeof arm === 'string' ? { [RESOURCE_ID_TAG]: arm.toLowerCase() } : {}),
      ...(isForeign ? { [HOME_TENANT_TAG]: owner } : {}),
    },
  });
  yield* credentials(raw, uid, known);
  yield* owners(listOf(raw, 'owners'), uid, known);
  for (const role of listOf(raw, 'appRoles')) {
    const roleId = textOf(role, 'id');
    const value = textOf(role, 'value');
    if (roleId === null) continue;
    const isGraph = raw['appId'] === GRAPH_APP;
    yield observe('roles', {
      ...known.home,
      uid: `${known.home.scopeUid}:approle:${id}/${roleId}`.toLowerCase(),
      kind: 'app-role',
      // Any application may call a role of its own like one of Graph's.
      name: isGraph ? (value ?? roleId) : `${textOf(raw, 'displayName') ?? id}/${value ?? roleId}`,
      managedBy: isGraph ? 'provider' : 'customer',
      createdAt: null,
      document: null,
      breadth: null,
      raw: role,
    });
  }
}

/** An application with credentials and owners, and the step from it to its service principal. */
export function* application(
  { fields: raw, context }: Held,
  id: string,
  known: Knowledge,
): Generator<Observation> {
  const uid = entraUid(known.tenant, 'application', id);
  yield observe('identities', identity(raw, id, uid, applicationKind(raw, context), known));
  yield* credentials(raw, uid, known);
  yield* owners(listOf(raw, 'owners'), uid, known);
  const principal = known.principalOfApp.get(textOf(raw, 'appId') ?? '');
  if (principal !== undefined)
    yield trust(uid, entraUid(known.tenant, 'serviceprincipal', principal), 'application-of', known);
}

/** A row for an object of the directory; what it leaves out nobody said. */
export function identity(
  raw: Fields,
  id: string,
  uid: string,
  kind: string,
  { home }: Pick<Knowledge, 'home'>,
): Identity {
  return {
    ...home,
    uid,
    kind,
    name: textOf(raw, 'displayName') ?? textOf(raw, 'name') ?? id,
    class: 'non-human',
    classReason: `${/^[aeiou]/u.test(kind) ? 'an' : 'a'} ${kind} of Entra`,
    managedBy: 'customer',
    enabled: null,
    createdAt: instantOf(raw, 'createdDateTime'),
    tags: {},
    environment: null,
    providerId: id,
    raw,
  };
}

/** A user: a person where the directory has the number that the organisation gave an employee, else nobody knows. */
export function user(raw: Fields, id: string, known: Knowledge): Identity {
  // https://learn.microsoft.com/graph/api/resources/user: set by the organisation, as from its personnel system.
  const isEmployee = textOf(raw, 'employeeId') !== null;
  return {
    ...identity(raw, id, entraUid(known.tenant, 'user', id), 'user', known),
    class: isEmployee ? 'human' : 'unknown',
    classReason: isEmployee
      ? 'the directory has an employee id'
      : 'the directory does not say who signs in as a user',
    enabled: typeof raw['accountEnabled'] === 'boolean' ? raw['accountEnabled'] : null,
  };
}

function applicationKind(raw: Fields, context: string): string {
  const said = `${textOf(raw, '@odata.type') ?? ''} ${context}`;
  return /microsoft\.graph\.agentIdentityBlueprint\b/u.test(said) ? 'agent-blueprint' : 'application';
}

function agentKind(raw: Fields, context: string): string {
  const said = `${textOf(raw, '@odata.type') ?? ''} ${context}`;
  if (/microsoft\.graph\.agentIdentityBlueprintPrincipal\b/u.test(said)) return 'agent-blueprint-principal';
  return /microsoft\.graph\.agentIdentity\b/u.test(said) ? 'agent-identity' : 'service-principal';
}

/** The owners of an application or service principal, which can add credentials to it. */
export function* owners(
  listed: Iterable<Fields>,
  identityUid: string,
  known: Knowledge,
): Generator<Observation> {
  for (const each of listed) {
    const id = textOf(each, 'id');
    if (id === null) continue;
    const type = textOf(each, '@odata.type')?.replace('#microsoft.graph.', '') ?? null;
    yield trust(principalUid(known.tenant, known.kinds, id, type), identityUid, 'application-owner', known);
    yield observe('owners', {
      ...known.home,
      identityUid,
      owner: textOf(each, 'userPrincipalName') ?? textOf(each, 'displayName') ?? id,
      kind: type === 'user' ? 'person' : 'unknown',
      source: 'application-owner',
      state: 'declared',
    });
  }
}

function trust(trusted: string, identityUid: string, mechanism: string, { home }: Knowledge): Observation {
  return observe('trusts', {
    ...home,
    uid: `${trusted}->${identityUid}:${mechanism}`,
    identityUid,
    trusted,
    trustedKind: 'identity',
    mechanism,
    condition: null,
    external: false,
    certainty: 'certain',
    raw: null,
  });
}
