import type { AccessRecords } from '../engine.ts';
import type { Coverage, Feed } from '#model/scope.ts';
import type { Uid } from '#model/system.ts';
import { type Binding, bindingTitle, compareBindings, readBinding, roleTitle } from './binding.ts';
import { type FeedGaps, feedGaps, GAP_CALL, gapIn } from './gaps.ts';
import { subjectOf } from './names.ts';
import { type RoleRules, readRules } from './rules.ts';

/** What is bound to one user name or one group name. Each list is in the order of `compareBindings`. */
export interface Bound {
  readonly clusterWide: Binding[];
  readonly byNamespace: Map<string, Binding[]>;
}

/** One cluster's RBAC, indexed by whom it names. */
export interface Cluster {
  readonly uid: Uid;
  /** In no order. */
  readonly bindings: readonly Binding[];
  readonly users: ReadonlyMap<string, Bound>;
  readonly groups: ReadonlyMap<string, Bound>;
  /** The groups that a user name is on record as a member of, besides the implicit ones. */
  readonly memberships: ReadonlyMap<string, readonly string[]>;
  readonly roles: ReadonlyMap<Uid, RoleRules>;
  readonly roleGaps: FeedGaps;
  readonly grantGaps: FeedGaps;
  /** What of the records was left out, as coverage rows. */
  readonly leftOut: readonly Coverage[];
}

const GAP = { system: 'kubernetes', call: GAP_CALL, missingPermission: null } as const;

/** Indexes the rows of one cluster. */
export function indexCluster(uid: Uid, records: AccessRecords): Cluster {
  const leftOut: Coverage[] = [];
  const leaveOut = (scopeUid: Uid, detail: string, feed: Feed = 'grants'): void => {
    leftOut.push({ ...GAP, scopeUid, feed, status: 'partial', detail });
  };
  /** What the records say, though it is odd: nothing is missing. */
  const note = (scopeUid: Uid, detail: string): void => {
    leftOut.push({ ...GAP, scopeUid, feed: null, status: 'complete', detail });
  };

  const roles = new Map<Uid, RoleRules>();
  for (const role of records.roles) {
    const rules = readRules(role.document);
    roles.set(role.uid, rules);
    if (rules.problems.length > 0) {
      leaveOut(role.scopeUid, `${roleTitle(uid, role.uid)}: ${rules.problems.join('; ')}`, 'roles');
    }
  }

  const roleGaps = feedGaps(records.coverage, uid, 'roles');
  const bindings: Binding[] = [];
  for (const grant of records.grants) {
    const binding = readBinding(grant, uid, roles);
    if ('problem' in binding) {
      (binding.grants === 'nothing' ? note : leaveOut)(grant.scopeUid, `${grant.uid}: ${binding.problem}`);
      continue;
    }
    bindings.push(binding);
    if (binding.role === null) {
      // Where roles were not collected, coverage says so already.
      if (unknownPart({ uid, roleGaps }, binding) !== null) continue;
      note(grant.scopeUid, `${bindingTitle(uid, binding)}: there is no such role`);
    } else if (binding.role !== roles.get(grant.roleUid)) {
      leaveOut(grant.scopeUid, `${bindingTitle(uid, binding)}: ${binding.role.problems.join('; ')}`);
    }
  }

  const users = new Map<string, Bound>();
  const groups = new Map<string, Bound>();
  for (const binding of bindings.toSorted(compareBindings)) {
    const { kind, name } = binding.subject;
    addBinding(kind === 'user' ? users : groups, name, binding);
  }

  return {
    uid,
    bindings,
    users,
    groups,
    memberships: readMemberships(uid, records),
    roles,
    roleGaps,
    grantGaps: feedGaps(records.coverage, uid, 'grants'),
    leftOut,
  };
}

/** Why a binding may grant more than the rules that are known, or null: it does not. */
export function unknownPart(
  { uid, roleGaps }: Pick<Cluster, 'uid' | 'roleGaps'>,
  binding: Binding,
): string | null {
  if (binding.role !== null) return binding.role.problems.join('; ') || null;
  const isClusterRole = binding.roleUid.startsWith(`${uid}:clusterrole:`);
  const gap = gapIn(roleGaps, isClusterRole ? '' : (binding.namespace ?? ''));
  return gap === null ? null : `the role was not collected (${gap})`;
}

function addBinding(index: Map<string, Bound>, name: string, binding: Binding): void {
  const bound = index.get(name) ?? { clusterWide: [], byNamespace: new Map<string, Binding[]>() };
  index.set(name, bound);
  if (binding.namespace === null) {
    bound.clusterWide.push(binding);
    return;
  }
  const inNamespace = bound.byNamespace.get(binding.namespace);
  if (inNamespace === undefined) bound.byNamespace.set(binding.namespace, [binding]);
  else inNamespace.push(binding);
}

function readMemberships(uid: Uid, { memberships }: AccessRecords): Map<string, string[]> {
  const groupsOf = new Map<string, string[]>();
  for (const { memberUid, groupUid } of memberships) {
    const member = subjectOf(uid, memberUid);
    const group = subjectOf(uid, groupUid);
    if (member?.kind !== 'user' || group?.kind !== 'group') continue;
    const known = groupsOf.get(member.name);
    if (known === undefined) groupsOf.set(member.name, [group.name]);
    else known.push(group.name);
  }
  return groupsOf;
}
