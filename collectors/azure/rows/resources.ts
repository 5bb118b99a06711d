import { environmentOf } from '#collectors/shared/environment.ts';
import { observe, type Observation } from '#model/record.ts';
import { entraUid, federatedSubjectUid } from '#model/uid.ts';
import { flattened, instantOf, objectOf, textOf, type Fields } from '../files/fields.ts';
import { roleUid, scopeUid } from './grants.ts';
import { breadthOf } from './breadth.ts';
import type { Knowledge } from './knowledge.ts';
import { tagsOf } from './resource-tags.ts';

/** A subscription, below its management group where a hierarchy names it. */
export function subscription(raw: Fields, parentOf: ReadonlyMap<string, string>): Observation | null {
  const id = textOf(raw, 'subscriptionId') ?? textOf(raw, 'id')?.replace(/^\/subscriptions\//iu, '');
  if (id === undefined) return null;
  const uid = `/subscriptions/${id}`.toLowerCase();
  const name = textOf(raw, 'displayName') ?? textOf(raw, 'name') ?? id;
  return scope(uid, 'subscription', name, parentOf.get(uid) ?? null, raw);
}

/** A scope row of Azure. */
export function scope(uid: string, kind: string, name: string, parentUid: string | null, raw: Fields | null) {
  const tags = raw === null ? {} : tagsOf(raw);
  return observe('scopes', {
    system: 'azure',
    uid,
    kind,
    name,
    parentUid,
    environment: environmentOf(tags),
    tags,
    raw,
  });
}

/** A role definition with its permissions as the API gives them. */
export function roleDefinition(raw: Fields): Observation | null {
  const fields = flattened(raw);
  const id = textOf(fields, 'id') ?? textOf(fields, 'name');
  if (id === null) return null;
  const isCustom = (textOf(fields, 'roleType') ?? fields['type']) === 'CustomRole';
  return observe('roles', {
    system: 'azure',
    uid: roleUid(id),
    scopeUid: '/',
    kind: 'role-definition',
    name: textOf(fields, 'roleName') ?? id,
    managedBy: isCustom ? 'customer' : 'provider',
    createdAt: instantOf(fields, 'createdOn'),
    document: 'permissions' in fields ? { permissions: fields['permissions'] ?? null } : null,
    breadth: breadthOf(fields),
    raw,
  });
}

/** A deny assignment at its scope. */
export function denyAssignment(raw: Fields): Observation | null {
  const fields = flattened(raw);
  const id = textOf(fields, 'id');
  const at = textOf(fields, 'scope');
  if (id === null || at === null) return null;
  const base = { system: 'azure', scopeUid: scopeUid(at), kind: 'deny-assignment' } as const;
  return observe('guardrails', {
    ...base,
    uid: id.toLowerCase(),
    targetUid: scopeUid(at),
    roleUid: null,
    document: fields,
    raw,
  });
}

/** Where a user-assigned identity, or a resource with one of its own, runs as a service principal of the directory. */
export function armIdentity(raw: Fields, known: Knowledge): { id: string; principal: string } | null {
  const fields = flattened(raw);
  const own = objectOf(fields['identity']);
  const principal = textOf(own ?? fields, 'principalId');
  const id = textOf(fields, 'id');
  if (principal === null || id === null) return null;
  return { id: id.toLowerCase(), principal: entraUid(known.tenant, 'serviceprincipal', principal) };
}

/** The trust of a federated credential in the subject that it names. */
export function federatedCredential(
  raw: Fields,
  uid: string,
  identityUid: string,
  home: Knowledge['home'],
): Observation | null {
  const fields = flattened(raw);
  const issuer = textOf(fields, 'issuer');
  const subject = textOf(fields, 'subject');
  // A flexible credential matches subjects by an expression, which names none.
  if (issuer === null) return null;
  return observe('trusts', {
    ...home,
    uid,
    identityUid,
    trusted: federatedSubjectUid(issuer, subject ?? '*'),
    trustedKind: 'federated-subject',
    mechanism: 'federated-credential',
    condition: { audiences: fields['audiences'] ?? null },
    external: null,
    certainty: subject === null ? 'conditional' : 'certain',
    raw,
  });
}
