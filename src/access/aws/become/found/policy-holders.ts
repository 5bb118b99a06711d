import type { Uid } from '#model/system.ts';
import type { Estate } from '../../estate.ts';
import { targetsOf, type Targets } from '../asking/target-list.ts';

/** Finds the users and roles that have one of the policies, themselves or through a group. */
export function holdersOfPolicies(estate: Estate): (policies: Targets) => Targets {
  const known = new WeakMap<Targets, Targets>();
  let holders: ReadonlyMap<Uid, ReadonlySet<Uid>> | undefined;
  return (policies) => {
    const before = known.get(policies);
    if (before !== undefined) return before;
    const byPolicy = (holders ??= indexHolders(estate));
    const holding = (uids: readonly Uid[]): Uid[] => uids.flatMap((uid) => [...(byPolicy.get(uid) ?? [])]);
    const found = targetsOf(holding(policies.certain.uids), holding(policies.conditional.uids));
    known.set(policies, found);
    return found;
  };
}

function indexHolders(estate: Estate): ReadonlyMap<Uid, ReadonlySet<Uid>> {
  const members = new Map<Uid, Uid[]>();
  for (const [member, groups] of estate.groupsOf) {
    for (const group of groups) {
      const known = members.get(group);
      if (known === undefined) members.set(group, [member]);
      else known.push(member);
    }
  }
  const holders = new Map<Uid, Set<Uid>>();
  for (const [holder, grants] of estate.grants) {
    const people = estate.identities.has(holder) ? [holder] : (members.get(holder) ?? []);
    for (const { roleUid, kind } of grants) {
      if (kind !== 'attached-policy') continue;
      const known = holders.get(roleUid) ?? new Set();
      holders.set(roleUid, known);
      for (const uid of people) known.add(uid);
    }
  }
  return holders;
}
