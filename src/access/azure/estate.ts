import type { AccessRecords } from '../engine.ts';
import type { Coverage, Feed } from '#model/scope.ts';
import type { Uid } from '#model/system.ts';
import type { AbacExpression } from './abac/parse.ts';
import { readDenyAssignment, type DenyAssignment } from './deny-assignment.ts';
import { chains, type Chain } from './hierarchy.ts';
import { field, readCondition, readPermissions, type Permission } from './role.ts';

/** The `call` of the coverage rows that this engine writes itself. */
export const GAP_CALL = 'access:azure';

/** One assignment of a role to a principal at a scope. */
export interface Assignment {
  readonly grantUid: Uid;
  readonly principalUid: Uid;
  readonly roleUid: Uid;
  readonly roleName: string;
  readonly scopeUid: Uid;
  /** `role-assignment`, `vault-access-policy`, `directory-role-assignment`, `app-role-assignment`, `oauth2-permission-grant`. */
  readonly kind: string;
  readonly eligible: boolean;
  /** null: the role's definition was not collected or does not parse. */
  readonly permissions: readonly Permission[] | null;
  /** What a directory role allows, in the directory's own words; null as above. */
  readonly directoryActions: readonly string[] | null;
  readonly condition: AbacExpression | null;
  /** What a directory role or application permission is limited to; null: the whole directory. */
  readonly resourceUid: Uid | null;
}

/** Azure's and Entra's records, indexed for decisions. */
export interface Estate {
  readonly chainOf: (scope: Uid) => Chain;
  readonly assignmentsOf: ReadonlyMap<Uid, readonly Assignment[]>;
  readonly denyAssignments: ReadonlyMap<Uid, readonly DenyAssignment[]>;
  readonly groupsOf: ReadonlyMap<Uid, readonly Uid[]>;
  readonly gap: (feed: Feed, scopeUid: Uid) => string | null;
  readonly leftOut: readonly Coverage[];
}

/** Indexes the rows of Azure and Entra; what does not parse is left out and said. */
export function buildEstate(records: AccessRecords): Estate {
  const leftOut: Coverage[] = [];
  const leaveOut = (scopeUid: Uid, feed: Feed, detail: string): void => {
    leftOut.push({
      system: 'azure',
      scopeUid,
      feed,
      call: GAP_CALL,
      status: 'partial',
      missingPermission: null,
      detail,
    });
  };
  const roles = new Map(records.roles.map((role) => [role.uid, role]));
  const permissionsOf = new Map(records.roles.map((role) => [role.uid, readPermissions(role.document)]));
  const assignments = records.grants.map((grant): Assignment => {
    const role = roles.get(grant.roleUid);
    const arm = isOnResources(grant.kind);
    const permissions = arm ? (permissionsOf.get(grant.roleUid) ?? null) : null;
    const directoryActions = grant.kind === 'directory-role-assignment' ? readDirectoryActions(role) : null;
    if (arm && permissions === null) {
      leaveOut(
        grant.scopeUid,
        'roles',
        `${grant.uid}: the definition of ${grant.roleUid} was not collected or does not parse`,
      );
    }
    return {
      grantUid: grant.uid,
      principalUid: grant.principalUid.toLowerCase(),
      roleUid: grant.roleUid,
      roleName: role?.name ?? grant.roleUid,
      scopeUid: grant.scopeUid.toLowerCase(),
      kind: grant.kind,
      eligible: grant.state === 'eligible',
      permissions,
      directoryActions,
      condition: readCondition(grant.condition),
      resourceUid: grant.resourceUid,
    };
  });
  assignments.sort((a, b) => (a.grantUid < b.grantUid ? -1 : 1));

  const denyAssignments = new Map<Uid, DenyAssignment[]>();
  for (const guardrail of records.guardrails) {
    if (guardrail.kind !== 'deny-assignment') continue;
    const deny = readDenyAssignment(guardrail);
    if (deny.problem !== null)
      leaveOut(guardrail.scopeUid, 'guardrails', `${guardrail.uid}: ${deny.problem}`);
    push(denyAssignments, guardrail.targetUid.toLowerCase(), deny);
  }
  const groupsOf = new Map<Uid, Uid[]>();
  for (const { memberUid, groupUid } of records.memberships)
    push(groupsOf, memberUid.toLowerCase(), groupUid.toLowerCase());

  const assignmentsOf = new Map<Uid, Assignment[]>();
  for (const assignment of assignments) push(assignmentsOf, assignment.principalUid, assignment);
  return {
    chainOf: chains(records.scopes),
    assignmentsOf,
    denyAssignments,
    groupsOf,
    gap: gapFinder(records.coverage),
    leftOut,
  };
}

function readDirectoryActions(role: AccessRecords['roles'][number] | undefined): readonly string[] | null {
  const permissions = field(role?.document ?? null, 'rolePermissions');
  if (!Array.isArray(permissions)) return null;
  return permissions.flatMap((each) => {
    const actions = field(each, 'allowedResourceActions');
    return Array.isArray(actions) ? actions.filter((action) => typeof action === 'string') : [];
  });
}

/** Whether a kind of grant gives rights on resources: a key vault's access policy does so as an assignment would. */
export function isOnResources(kind: string): boolean {
  return kind === 'role-assignment' || kind === 'vault-access-policy';
}

/** Every group that a principal is in, to any depth: role assignments count for them all. */
export function groupsAbove(estate: Estate, principalUid: Uid): Uid[] {
  const seen = new Set<Uid>();
  const queue = [principalUid];
  for (let uid = queue.pop(); uid !== undefined; uid = queue.pop()) {
    for (const group of estate.groupsOf.get(uid) ?? []) {
      if (seen.has(group)) continue;
      seen.add(group);
      queue.push(group);
    }
  }
  return [...seen];
}

function gapFinder(coverage: readonly Coverage[]): Estate['gap'] {
  const gaps = new Map<string, string>();
  for (const { feed, scopeUid, status, call, detail } of coverage) {
    if (feed === null || scopeUid === null || status === 'complete' || call === GAP_CALL) continue;
    const key = `${feed} ${scopeUid.toLowerCase()}`;
    if (!gaps.has(key)) gaps.set(key, `${call}: ${status}${detail === null ? '' : ` (${detail})`}`);
  }
  return (feed, scopeUid) => gaps.get(`${feed} ${scopeUid.toLowerCase()}`) ?? null;
}

function push<T>(groups: Map<string, T[]>, key: string, item: T): void {
  const known = groups.get(key);
  if (known === undefined) groups.set(key, [item]);
  else known.push(item);
}
