import type { AccessRecords } from '#access/engine.ts';
import type { Coverage, Feed } from '#model/scope.ts';
import type { Uid } from '#model/system.ts';
import { type Binding, bindingTitle, compareBindings, readBinding, roleTitle } from './binding.ts';
import { type FeedGaps, feedGaps, GAP_CALL } from './gaps.ts';
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

/** Indexes the rows of one cluster. */
export function indexCluster(uid: Uid, records: AccessRecords): Cluster {
  const leftOut: Coverage[] = [];
  const leaveOut = (scopeUid: Uid, feed: Feed | null, detail: string): void => {
    leftOut.push({
      system: 'kubernetes',
      scopeUid,
      feed,
      call: GAP_CALL,
      status: 'partial',
      missingPermission: null,
      detail,
    });
  };

  const roles = new Map<Uid, RoleRules>();
  for (const role of records.roles) {
    const rules = readRules(role.document);
    roles.set(role.uid, rules);
    if (rules.problems.length > 0) {
      leaveOut(role.scopeUid, 'roles', `${roleTitle(uid, role.uid)}: ${rules.problems.join('; ')}`);
    }
  }

  const bindings: Binding[] = [];
  for (const grant of records.grants) {
    const binding = readBinding(grant, uid, roles);
    if ('problem' in binding) {
      leaveOut(grant.scopeUid, 'grants', `${grant.uid}: ${binding.problem}`);
      continue;
    }
    bindings.push(binding);
    if (binding.role === null) {
      // No feed: the bindings and roles were read, this is what they say.
      leaveOut(grant.scopeUid, null, `${bindingTitle(uid, binding)}: there is no such role`);
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
    users,
    groups,
    memberships: readMemberships(uid, records),
    roles,
    roleGaps: feedGaps(records.coverage, uid, 'roles'),
    grantGaps: feedGaps(records.coverage, uid, 'grants'),
    leftOut,
  };
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
