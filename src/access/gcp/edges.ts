import {
  ACT_AS,
  DEFAULT_RUNNERS,
  DELEGATION,
  IMPERSONATION,
  ROLE_UPDATE,
  RUNNERS,
  TAKEOVER,
} from '#catalogue/gcp/become.ts';
import type { AccessRecords } from '../engine.ts';
import type { BecomeEdge } from '#model/entitlement.ts';
import type { Uid } from '#model/system.ts';
import { adminUid, waypointUid } from '#model/uid.ts';
import type { Estate } from './estate.ts';
import { holdingsOf, type Holding } from './holdings.ts';
import type { Principal } from './principal.ts';

type Certainty = BecomeEdge['certainty'];

const EVERYBODY = 'serviceaccounts';

/**
 * Who can become whom in one step. What is held over a scope leads to the scope's waypoint, from which every service
 * account in it, and below it, can be reached: edges stay linear.
 */
export function* edgesOf(
  estate: Estate,
  records: Pick<AccessRecords, 'identities' | 'scopes' | 'groups'>,
  principalOf: (uid: Uid) => Principal,
): Iterable<BecomeEdge> {
  yield* waypoints(records);
  for (const uid of [
    ...records.identities.map((identity) => identity.uid),
    ...federatedMembers(estate, records),
  ]) {
    const holdings = holdingsOf(estate, principalOf(uid));
    for (const holding of holdings) {
      yield* impersonation(uid, holding);
      yield* takeover(uid, holding);
      yield* delegation(uid, holding);
    }
    yield* runners(uid, holdings, estate);
    yield* defaultRunners(uid, holdings, records.identities);
    yield* roleUpdates(uid, holdings);
  }
}

/**
 * Members that policies name and no collector lists: identities of pools, and ServiceAccounts of GKE clusters
 * (https://cloud.google.com/iam/docs/principal-identifiers).
 */
function federatedMembers(estate: Estate, { identities }: Pick<AccessRecords, 'identities'>): Uid[] {
  const known = new Set(identities.map(({ uid }) => uid));
  return [...estate.bindingsByMember.keys()]
    .filter((member) => /^(?:principal|principalSet):|^serviceAccount:.*\[/u.test(member))
    .map((member) => `gcp:${member}`)
    .filter((uid) => !known.has(uid));
}

/**
 * From a scope's administrator to everybody in it, and from its waypoints down to what lies in it: service accounts,
 * and the administrators of projects and folders.
 */
function* waypoints({
  identities,
  scopes,
}: Pick<AccessRecords, 'identities' | 'scopes'>): Iterable<BecomeEdge> {
  const inherits = (from: Uid, to: Uid) => step(from, to, 'inherited', [], 'certain', []);
  for (const { uid, kind, parentUid } of scopes) {
    yield step(adminUid(uid), waypointUid(uid, EVERYBODY), 'gcp-scope-administrator', [], 'certain', []);
    yield inherits(waypointUid(uid, kind), adminUid(uid));
    if (parentUid === null) continue;
    for (const what of [EVERYBODY, 'project', 'folder'])
      yield inherits(waypointUid(parentUid, what), waypointUid(uid, what));
    yield inherits(adminUid(parentUid), adminUid(uid));
  }
  for (const { uid, kind, scopeUid } of identities) {
    if (kind === 'service-account') yield inherits(waypointUid(scopeUid, EVERYBODY), uid);
  }
}

function* impersonation(from: Uid, { binding, permissions, certaintyOf }: Holding): Iterable<BecomeEdge> {
  const target = targetOf(binding);
  if (target === null) return;
  for (const { via, permissions: needed } of IMPERSONATION) {
    const held = needed.filter((each) => permissions.has(each.toLowerCase()));
    if (held.length < needed.length) continue;
    yield step(from, target, via, needed, worst(needed.map((each) => certaintyOf(each.toLowerCase()))), [
      binding.grantUid,
    ]);
  }
}

/** Delegation is a step of a chain: it leads to whom the account may impersonate, which the next edge says. */
function* delegation(from: Uid, { binding, permissions, certaintyOf }: Holding): Iterable<BecomeEdge> {
  const target = targetOf(binding);
  const permission = DELEGATION.toLowerCase();
  if (target === null || !permissions.has(permission)) return;
  yield step(
    from,
    target,
    'gcp-implicit-delegation',
    [DELEGATION],
    worst([certaintyOf(permission), 'conditional']),
    [binding.grantUid],
  );
}

/** The right to set a kind of scope's policy counts for every such scope at and below the binding. */
function* takeover(from: Uid, { binding, permissions, certaintyOf }: Holding): Iterable<BecomeEdge> {
  if (binding.resource !== null) return;
  for (const { via, permissions: needed, on } of TAKEOVER) {
    const [permission = ''] = needed;
    if (!permissions.has(permission.toLowerCase())) continue;
    const target = waypointUid(binding.scopeUid, on);
    yield step(from, target, via, needed, certaintyOf(permission.toLowerCase()), [binding.grantUid]);
  }
}

/** `actAs` on an account and the right to run something: certain in the account's own project, conditional from others. */
function* runners(from: Uid, holdings: readonly Holding[], estate: Estate): Iterable<BecomeEdge> {
  for (const acting of holdings.filter(({ permissions }) => permissions.has(ACT_AS.toLowerCase()))) {
    const target = targetOf(acting.binding);
    if (target === null) continue;
    for (const { via, permissions: needed } of RUNNERS) {
      const running = holdings.filter(
        ({ binding, permissions }) =>
          binding.resource === null && needed.every((each) => permissions.has(each.toLowerCase())),
      );
      const inside = running.find(({ binding }) =>
        estate.hierarchy.chainOf(acting.binding.scopeUid).includes(binding.scopeUid),
      );
      const used = inside ?? running[0];
      if (used === undefined) continue;
      const certainty = worst([
        acting.certaintyOf(ACT_AS.toLowerCase()),
        ...needed.map((each) => used.certaintyOf(each.toLowerCase())),
        // An account of another project is attached only where an organisation policy lets it
        // (https://cloud.google.com/iam/docs/attach-service-accounts#attaching-different-project).
        inside === undefined ? 'conditional' : 'certain',
      ]);
      yield step(from, target, via, [ACT_AS, ...needed], certainty, [
        acting.binding.grantUid,
        used.binding.grantUid,
      ]);
    }
  }
}

function* defaultRunners(
  from: Uid,
  holdings: readonly Holding[],
  identities: AccessRecords['identities'],
): Iterable<BecomeEdge> {
  for (const { via, permissions: needed, account } of DEFAULT_RUNNERS) {
    for (const { binding, permissions } of holdings) {
      if (binding.resource !== null || !needed.every((each) => permissions.has(each.toLowerCase()))) continue;
      const targets = identities.filter(
        ({ uid, scopeUid }) => scopeUid === binding.scopeUid && account.test(uid),
      );
      // Which account a build runs as is a setting of the project.
      for (const { uid } of targets) yield step(from, uid, via, needed, 'conditional', [binding.grantUid]);
    }
  }
}

/** Whoever may update a custom role and holds it gives itself what the role's scope has to give. */
function* roleUpdates(from: Uid, holdings: readonly Holding[]): Iterable<BecomeEdge> {
  const [permission = ''] = ROLE_UPDATE.permissions;
  for (const updating of holdings.filter(({ permissions }) => permissions.has(permission.toLowerCase()))) {
    const scope = updating.binding.scopeUid;
    for (const { binding } of holdings) {
      const owner = /^(gcp:(?:projects|organizations)\/[^/]+)\/roles\//u.exec(binding.roleUid)?.[1];
      if (owner === undefined || owner !== scope || binding.resource !== null) continue;
      yield step(
        from,
        adminUid(binding.scopeUid),
        ROLE_UPDATE.via,
        ROLE_UPDATE.permissions,
        updating.certaintyOf(permission.toLowerCase()),
        [updating.binding.grantUid, binding.grantUid],
      );
    }
  }
}

/** The account that a binding is on, or the waypoint of the scope; null for any other resource. */
function targetOf({ resource, scopeUid }: Holding['binding']): Uid | null {
  if (resource === null) return waypointUid(scopeUid, EVERYBODY);
  const email = /\/serviceAccounts\/([^/]+@[^/]+)$/u.exec(resource)?.[1];
  return email === undefined ? null : `gcp:serviceAccount:${email}`;
}

function worst(certainties: readonly Certainty[]): Certainty {
  return certainties.includes('conditional') ? 'conditional' : 'certain';
}

function step(
  fromUid: Uid,
  toUid: Uid,
  via: string,
  permissions: readonly string[],
  certainty: Certainty,
  evidence: readonly Uid[],
): BecomeEdge {
  return { fromUid, toUid, via, permissions, certainty, evidence: [...new Set(evidence)].toSorted() };
}
