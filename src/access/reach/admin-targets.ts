import type { Entitlement } from '#model/entitlement.ts';
import type { Scope } from '#model/scope.ts';
import type { System, Uid } from '#model/system.ts';
import { adminUid } from '#model/uid.ts';

/**
 * The kinds of scope whose administrators `--to admin` means: those that nothing inside can contain. A subscription
 * and a project count, as an account and a cluster do: each is a boundary of its own. A namespace, a resource group
 * and a single resource do not.
 */
export const TOP_LEVEL_SCOPES: Readonly<Record<System, readonly string[]>> = {
  aws: ['organization', 'account'],
  azure: ['tenant', 'management-group', 'subscription'],
  gcp: ['organization', 'folder', 'project'],
  kubernetes: ['cluster'],
};

/** The nodes of the becoming graph that are administrators: identities that certainly are, and the scopes' own nodes. */
export function adminTargets(
  scopes: Iterable<Pick<Scope, 'uid' | 'system' | 'kind'>>,
  entitlements: Iterable<Pick<Entitlement, 'identityUid' | 'capability' | 'scopeUid' | 'certainty'>>,
): Set<Uid> {
  const top = new Set<Uid>();
  for (const { uid, system, kind } of scopes) if (TOP_LEVEL_SCOPES[system].includes(kind)) top.add(uid);
  const targets = new Set<Uid>([...top].map(adminUid));
  for (const { identityUid, capability, scopeUid, certainty } of entitlements) {
    if (capability === 'admin' && certainty === 'certain' && top.has(scopeUid)) targets.add(identityUid);
  }
  return targets;
}
