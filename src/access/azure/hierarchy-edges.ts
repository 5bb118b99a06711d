import { RUN_AS_ACTIONS, WORKLOAD_TYPES } from '#catalogue/azure/become.ts';
import type { AccessRecords } from '../engine.ts';
import type { BecomeEdge } from '#model/entitlement.ts';
import type { Uid } from '#model/system.ts';
import { adminUid, waypointUid } from '#model/uid.ts';
import type { Estate } from './estate.ts';
import { RESOURCE_ID_TAG, ROOT_SCOPE } from './hierarchy.ts';

/** One step of becoming. */
export function step(
  fromUid: Uid,
  toUid: Uid,
  via: string,
  permissions: readonly string[],
  certainty: BecomeEdge['certainty'],
  evidence: readonly Uid[],
): BecomeEdge {
  return { fromUid, toUid, via, permissions, certainty, evidence: [...new Set(evidence)].toSorted() };
}

/**
 * From waypoints and administrators down to what they reach: identities by the resources that they live in or run in,
 * and in the directory applications, groups and people by their kind.
 */
export function* hierarchyEdges(estate: Estate, records: AccessRecords): Iterable<BecomeEdge> {
  const linked = new Set<string>();
  for (const { uid, kind, tags } of records.identities) {
    yield* inTenant(uid, kind, linked);
    const resource = tags[RESOURCE_ID_TAG];
    if (resource !== undefined) yield* down(estate, resource, 'identities', uid, linked);
  }
  for (const { uid, identityUid } of records.workloads) {
    if (!uid.startsWith('/')) continue;
    // One that runs as several identities is a workload of each, with the identity behind its id.
    const resource = uid.replace(/#.*$/u, '');
    const type = armType(resource);
    for (const { via } of RUN_AS_ACTIONS) {
      if (WORKLOAD_TYPES[via]?.includes(type) === true)
        yield* down(estate, resource, via, identityUid, linked);
    }
  }
  for (const { uid } of records.groups) yield* inTenant(uid, 'group', linked);
  for (const { memberUid, groupUid } of records.memberships) {
    yield step(memberUid, groupUid, 'member', [], 'certain', []);
  }
}

/** A chain of waypoints from the root to the resource, each step once, and at its end the identity. */
function* down(
  estate: Estate,
  resource: Uid,
  what: string,
  identity: Uid,
  linked: Set<string>,
): Iterable<BecomeEdge> {
  const { scopes } = estate.chainOf(resource);
  const [own = resource] = scopes;
  yield inherited(waypointUid(own, what), identity);
  for (const [at, scope] of scopes.entries()) {
    yield* once(linked, inherited(adminUid(scope), waypointUid(scope, what)));
    const above = scopes[at + 1];
    if (above === undefined) continue;
    yield* once(linked, inherited(waypointUid(above, what), waypointUid(scope, what)));
    yield* once(linked, inherited(adminUid(above), adminUid(scope)));
  }
}

function* inTenant(uid: Uid, kind: string, linked: Set<string>): Iterable<BecomeEdge> {
  const tenant = /^entra:[^:]+/u.exec(uid)?.[0];
  const what = WAYPOINT_OF_KIND[kind];
  if (tenant === undefined || what === undefined) return;
  yield inherited(waypointUid(tenant, what), uid);
  yield* once(
    linked,
    step(adminUid(tenant), waypointUid(tenant, what), 'entra-tenant-administrator', [], 'certain', []),
  );
  // https://learn.microsoft.com/azure/role-based-access-control/elevate-access-global-admin
  yield* once(
    linked,
    step(
      adminUid(tenant),
      adminUid(ROOT_SCOPE),
      'azure-elevate-access',
      ['Microsoft.Authorization/elevateAccess/action'],
      'certain',
      [],
    ),
  );
}

const WAYPOINT_OF_KIND: Readonly<Record<string, string>> = {
  application: 'applications',
  'service-principal': 'applications',
  user: 'users',
  group: 'groups',
};

function* once(linked: Set<string>, edge: BecomeEdge): Iterable<BecomeEdge> {
  const key = `${edge.fromUid}\n${edge.toUid}\n${edge.via}`;
  if (linked.has(key)) return;
  linked.add(key);
  yield edge;
}

function inherited(from: Uid, to: Uid): BecomeEdge {
  return step(from, to, 'inherited', [], 'certain', []);
}

/** `…/providers/Microsoft.Web/sites/x` → `microsoft.web/sites`. */
function armType(resource: Uid): string {
  const match = /\/providers\/([^/]+\/[^/]+)\/[^/]+$/iu.exec(resource);
  return (match?.[1] ?? '').toLowerCase();
}
