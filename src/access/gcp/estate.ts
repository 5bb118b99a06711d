import type { AccessRecords } from '../engine.ts';
import type { Coverage, Feed } from '#model/scope.ts';
import type { Json, Uid } from '#model/system.ts';
import { readBoundary, type Boundary } from './boundary.ts';
import { readCondition, type Condition } from './condition.ts';
import { readDenyPolicy, type DenyPolicy } from './deny-policy.ts';
import { buildHierarchy, type Hierarchy } from './hierarchy.ts';

/** The `call` of the coverage rows that this engine writes itself. */
export const GAP_CALL = 'access:gcp';

/** One member of one binding of an allow policy. */
export interface Binding {
  readonly grantUid: Uid;
  /** As the policy writes it. */
  readonly member: string;
  readonly roleUid: Uid;
  /** The lower-case permissions of the role; null: the role was not collected or does not parse. */
  readonly permissions: ReadonlySet<string> | null;
  readonly scopeUid: Uid;
  /** The resource whose policy it stands in; null: the scope's own policy. */
  readonly resource: string | null;
  readonly condition: Condition | null;
}

/** Google Cloud's records, indexed for decisions. */
export interface Estate {
  readonly hierarchy: Hierarchy;
  readonly bindingsByScope: ReadonlyMap<Uid, readonly Binding[]>;
  readonly bindingsByResource: ReadonlyMap<string, readonly Binding[]>;
  readonly bindingsByMember: ReadonlyMap<string, readonly Binding[]>;
  readonly denyPolicies: ReadonlyMap<Uid, readonly DenyPolicy[]>;
  readonly boundaries: readonly Boundary[];
  /** Why a feed of a scope is not whole; null: it is. */
  readonly gap: (feed: Feed, scopeUid: Uid) => string | null;
  readonly leftOut: readonly Coverage[];
}

/** Indexes the rows of Google Cloud; what does not parse is left out and said. */
export function buildEstate(records: AccessRecords): Estate {
  const leftOut: Coverage[] = [];
  const leaveOut = (scopeUid: Uid, feed: Feed, detail: string): void => {
    leftOut.push({
      system: 'gcp',
      scopeUid,
      feed,
      call: GAP_CALL,
      status: 'partial',
      missingPermission: null,
      detail,
    });
  };

  const permissionsOf = new Map<Uid, ReadonlySet<string>>();
  for (const role of records.roles) {
    const permissions = readPermissions(role.document);
    if (permissions === null)
      leaveOut(role.scopeUid, 'roles', `${role.uid}: its permissions were not collected`);
    else permissionsOf.set(role.uid, permissions);
  }

  const bindings = records.grants.map((grant): Binding => {
    if (!permissionsOf.has(grant.roleUid))
      leaveOut(grant.scopeUid, 'roles', `${grant.uid}: the role ${grant.roleUid} is not on record`);
    const condition = readCondition(grant.condition);
    if (condition?.expression === null)
      leaveOut(grant.scopeUid, 'grants', `${grant.uid}: its condition is not understood`);
    return {
      grantUid: grant.uid,
      member: grant.principalUid.replace(/^gcp:/u, ''),
      roleUid: grant.roleUid,
      permissions: permissionsOf.get(grant.roleUid) ?? null,
      scopeUid: grant.scopeUid,
      resource: grant.resourceUid,
      condition,
    };
  });
  bindings.sort((a, b) => (a.grantUid < b.grantUid ? -1 : 1));

  const denyPolicies = new Map<Uid, DenyPolicy[]>();
  const boundaries: Boundary[] = [];
  for (const guardrail of records.guardrails) {
    if (guardrail.kind === 'deny-policy') {
      const policy = readDenyPolicy(guardrail);
      if (policy.problem !== null)
        leaveOut(guardrail.scopeUid, 'guardrails', `${guardrail.uid}: ${policy.problem}`);
      push(denyPolicies, guardrail.targetUid, policy);
    } else if (guardrail.kind === 'principal-access-boundary') {
      const boundary = readBoundary(guardrail);
      if (boundary.resources === null)
        leaveOut(guardrail.scopeUid, 'guardrails', `${guardrail.uid}: not understood`);
      boundaries.push(boundary);
    }
  }

  const resourceScopes = new Map(
    bindings.flatMap(({ resource, scopeUid }) => (resource === null ? [] : [[resource, scopeUid]])),
  );
  return {
    hierarchy: buildHierarchy(records.scopes, resourceScopes),
    bindingsByScope: groupBy(
      bindings.filter(({ resource }) => resource === null),
      ({ scopeUid }) => scopeUid,
    ),
    bindingsByResource: groupBy(
      bindings.filter(({ resource }) => resource !== null),
      ({ resource }) => resource ?? '',
    ),
    bindingsByMember: groupBy(bindings, ({ member }) => member),
    denyPolicies,
    boundaries,
    gap: gapFinder(records.coverage),
    leftOut,
  };
}

function readPermissions(document: Json): ReadonlySet<string> | null {
  if (document === null || typeof document !== 'object' || Array.isArray(document)) return null;
  const { includedPermissions, deleted } = document as {
    readonly includedPermissions?: Json;
    readonly deleted?: Json;
  };
  // A deleted custom role grants nothing while it can be undeleted
  // (https://cloud.google.com/iam/docs/creating-custom-roles#deleting-custom-role).
  if (deleted === true) return new Set();
  if (!Array.isArray(includedPermissions)) return null;
  return new Set(
    includedPermissions.filter((each) => typeof each === 'string').map((each) => each.toLowerCase()),
  );
}

function gapFinder(coverage: readonly Coverage[]): Estate['gap'] {
  const gaps = new Map<string, string>();
  for (const { feed, scopeUid, status, call, detail } of coverage) {
    if (feed === null || scopeUid === null || status === 'complete' || call === GAP_CALL) continue;
    const key = `${feed} ${scopeUid}`;
    if (!gaps.has(key)) gaps.set(key, `${call}: ${status}${detail === null ? '' : ` (${detail})`}`);
  }
  return (feed, scopeUid) => gaps.get(`${feed} ${scopeUid}`) ?? null;
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) push(groups, keyOf(item), item);
  return groups;
}

function push<T>(groups: Map<string, T[]>, key: string, item: T): void {
  const known = groups.get(key);
  if (known === undefined) groups.set(key, [item]);
  else known.push(item);
}
