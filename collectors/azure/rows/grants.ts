import { observe, type Observation } from '#model/record.ts';
import { principalUid } from '../estate.ts';
import { flattened, instantOf, textOf, type Fields } from '../files/fields.ts';
import type { Knowledge } from './knowledge.ts';

/** One role id for a definition, under whichever scope it was listed: its last part is unique in a tenant. */
export function roleUid(id: string): string {
  return `/providers/microsoft.authorization/roledefinitions/${id.slice(id.lastIndexOf('/') + 1)}`.toLowerCase();
}

/** A role assignment or eligibility on resources; null: without principal, role or scope. */
export function armGrant(raw: Fields, eligible: boolean, known: Knowledge): Observation | null {
  const fields = flattened(raw);
  const id = textOf(fields, 'id');
  const principal = textOf(fields, 'principalId');
  const role = textOf(fields, 'roleDefinitionId');
  const scope = textOf(fields, 'scope');
  if (id === null || principal === null || role === null || scope === null) return null;
  const holder = principalUid(known.tenant, known.kinds, principal, textOf(fields, 'principalType'));
  return observe('grants', {
    system: 'azure',
    // An instance of a schedule stands for the assignment that it made.
    uid: (textOf(fields, 'originRoleAssignmentId') ?? id).toLowerCase(),
    scopeUid: scopeUid(scope),
    principalUid: holder,
    principalKind: holder.includes(':group:') ? 'group' : 'identity',
    roleUid: roleUid(role),
    kind: 'role-assignment',
    state: eligible ? 'eligible' : 'active',
    condition: textOf(fields, 'condition'),
    resourceUid: null,
    createdAt: instantOf(fields, 'createdOn'),
    raw,
  });
}

/** A directory role assignment; null: without principal or role. */
export function directoryGrant(raw: Fields, eligible: boolean, known: Knowledge): Observation | null {
  const id = textOf(raw, 'id');
  const principal = textOf(raw, 'principalId');
  const role = textOf(raw, 'roleDefinitionId');
  if (id === null || principal === null || role === null) return null;
  const holder = principalUid(known.tenant, known.kinds, principal, null);
  const scope = textOf(raw, 'directoryScopeId') ?? textOf(raw, 'appScopeId');
  return observe('grants', {
    ...known.home,
    uid: `${known.home.scopeUid}:directoryassignment:${id}`,
    principalUid: holder,
    principalKind: holder.includes(':group:') ? 'group' : 'identity',
    roleUid: `${known.home.scopeUid}:directoryrole:${known.templateOf.get(role) ?? role}`.toLowerCase(),
    kind: 'directory-role-assignment',
    state: eligible ? 'eligible' : 'active',
    condition: textOf(raw, 'condition'),
    resourceUid: scope === '/' ? null : scope,
    createdAt: instantOf(raw, 'createdDateTime'),
    raw,
  });
}

/** An application permission that a principal holds on a resource's service principal; null: without one of them. */
export function appRoleGrant(raw: Fields, known: Knowledge): Observation | null {
  const id = textOf(raw, 'id');
  const principal = textOf(raw, 'principalId');
  const resource = textOf(raw, 'resourceId');
  const role = textOf(raw, 'appRoleId');
  if (id === null || principal === null || resource === null || role === null) return null;
  const holder = principalUid(known.tenant, known.kinds, principal, textOf(raw, 'principalType'));
  return observe('grants', {
    ...known.home,
    uid: `${known.home.scopeUid}:approleassignment:${id}`,
    principalUid: holder,
    principalKind: holder.includes(':group:') ? 'group' : 'identity',
    roleUid: `${known.home.scopeUid}:approle:${resource}/${role}`.toLowerCase(),
    kind: 'app-role-assignment',
    state: 'active',
    condition: null,
    resourceUid: principalUid(known.tenant, known.kinds, resource, 'serviceprincipal'),
    createdAt: instantOf(raw, 'createdDateTime'),
    raw,
  });
}

/**
 * The delegated rights that somebody consented to: what the application may do for a user who is signed in, never on
 * its own (https://learn.microsoft.com/graph/api/resources/oauth2permissiongrant); null: without one of its sides.
 */
export function consentGrant(raw: Fields, known: Knowledge): Observation | null {
  const id = textOf(raw, 'id');
  const client = textOf(raw, 'clientId');
  const resource = textOf(raw, 'resourceId');
  if (id === null || client === null || resource === null) return null;
  return observe('grants', {
    ...known.home,
    uid: `${known.home.scopeUid}:oauth2permissiongrant:${id}`,
    principalUid: principalUid(known.tenant, known.kinds, client, 'serviceprincipal'),
    principalKind: 'identity',
    roleUid: `${known.home.scopeUid}:delegated:${resource}`.toLowerCase(),
    kind: 'oauth2-permission-grant',
    state: 'active',
    condition: { consentType: raw['consentType'] ?? null, principalId: raw['principalId'] ?? null },
    resourceUid: principalUid(known.tenant, known.kinds, resource, 'serviceprincipal'),
    createdAt: null,
    raw,
  });
}

/** A scope as it stands in uids: in lower case, without a slash at its end. */
export function scopeUid(scope: string): string {
  return scope === '/' ? scope : scope.replace(/\/+$/u, '').toLowerCase();
}
