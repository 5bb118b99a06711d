import type { Uid } from '#model/system.ts';
import { groupsAbove, isOnResources, type Assignment, type Estate } from './estate.ts';

/** A principal with its groups. */
export interface Principal {
  readonly uid: Uid;
  readonly groups: readonly Uid[];
  /** The object ids of all of them, as deny assignments write them. */
  readonly objectIds: readonly string[];
}

/** Resolves a uid, or an object id that stands in one of the known uids. */
export function resolvePrincipal(estate: Estate, known: ReadonlyMap<string, Uid>, asked: string): Principal {
  const lower = asked.toLowerCase();
  const uid = known.get(lower) ?? lower;
  const groups = groupsAbove(estate, uid);
  return { uid, groups, objectIds: [uid, ...groups].map(objectId) };
}

/** The last part of `entra:<tenant>:<kind>:<object id>`. */
export function objectId(uid: Uid): string {
  return uid.slice(uid.lastIndexOf(':') + 1).toLowerCase();
}

/** Object ids, and the ARM ids of managed identities, with the uids that they mean. */
export function principalNames(
  identities: readonly { readonly uid: Uid; readonly tags: Readonly<Record<string, string>> }[],
  resourceIdTag: string,
): Map<string, Uid> {
  const names = new Map<string, Uid>();
  for (const { uid, tags } of identities) {
    names.set(objectId(uid), uid.toLowerCase());
    const arm = tags[resourceIdTag];
    if (arm !== undefined) names.set(arm.toLowerCase(), uid.toLowerCase());
  }
  return names;
}

/**
 * What a principal holds itself and through groups. Groups in groups count for role assignments on resources
 * (https://learn.microsoft.com/azure/role-based-access-control/overview#groups); a directory role reaches direct
 * members of a role-assignable group only (https://learn.microsoft.com/entra/identity/role-based-access-control/groups-concept),
 * and so does an application permission (https://learn.microsoft.com/entra/identity/enterprise-apps/assign-user-or-group-access-portal).
 */
export function heldBy(estate: Estate, { uid, groups }: Principal): Assignment[] {
  const own = estate.assignmentsOf.get(uid) ?? [];
  const direct = new Set(estate.groupsOf.get(uid));
  const through = groups.flatMap((group) =>
    (estate.assignmentsOf.get(group) ?? []).filter(({ kind }) => isOnResources(kind) || direct.has(group)),
  );
  return [...own, ...through];
}
