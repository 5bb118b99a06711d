import { ADMIN_MARKERS, gcpCapabilities } from '#catalogue/gcp/capabilities.ts';
import type { AccessRecords } from '../engine.ts';
import type { Capability, Certainty, Entitlement } from '#model/entitlement.ts';
import type { Uid } from '#model/system.ts';
import { boundariesOf } from './boundary.ts';
import type { Estate } from './estate.ts';
import { holdingsOf, type Holding } from './holdings.ts';
import { homeOf, type Principal } from './principal.ts';

interface Gathered {
  certainty: Certainty;
  readonly via: Set<Uid>;
}

/**
 * What every identity can do, by capability and scope. A binding on one resource gives a capability over that resource
 * alone: its full name stands as the scope. Under a principal access boundary nothing is certain.
 */
export function* entitlementsOf(
  estate: Estate,
  identities: AccessRecords['identities'],
  principalOf: (uid: Uid) => Principal,
): Iterable<Entitlement> {
  for (const { uid } of identities) {
    const principal = principalOf(uid);
    const home = homeOf(uid);
    const bounded =
      boundariesOf(estate.boundaries, principal, home === null ? [] : estate.hierarchy.chainOf(home)).length >
      0;
    yield* ofIdentity(uid, holdingsOf(estate, principal), bounded);
  }
}

function* ofIdentity(
  identityUid: Uid,
  holdings: readonly Holding[],
  bounded: boolean,
): Iterable<Entitlement> {
  const gathered = new Map<string, Map<Capability, Gathered>>();
  const add = (scope: string, capability: Capability, certainty: Certainty, grantUid: Uid) => {
    const byCapability = gathered.get(scope) ?? new Map<Capability, Gathered>();
    gathered.set(scope, byCapability);
    const known = byCapability.get(capability) ?? {
      certainty: 'conditional' as Certainty,
      via: new Set<Uid>(),
    };
    byCapability.set(capability, known);
    known.via.add(grantUid);
    if (certainty === 'certain' && !bounded) known.certainty = 'certain';
  };
  for (const { binding, permissions, certaintyOf } of holdings) {
    const scope = binding.resource ?? binding.scopeUid;
    for (const permission of permissions) {
      for (const capability of gcpCapabilities(permission))
        add(scope, capability, certaintyOf(permission), binding.grantUid);
    }
  }
  for (const [scope, own] of byScope(holdings)) {
    const admin = adminCertainty(own);
    if (admin !== null) for (const { binding } of own) add(scope, 'admin', admin, binding.grantUid);
  }
  for (const [scopeUid, byCapability] of [...gathered].toSorted(byKey)) {
    for (const [capability, { certainty, via }] of [...byCapability].toSorted(byKey)) {
      yield { identityUid, capability, scopeUid, certainty, via: [...via].toSorted() };
    }
  }
}

/** Whether bindings on one scope add up to owning it; null: they do not. */
function adminCertainty(holdings: readonly Holding[]): Certainty | null {
  const certainties = ADMIN_MARKERS.map((marker) => {
    const holders = holdings.filter(({ permissions }) => permissions.has(marker));
    if (holders.length === 0) return null;
    return holders.some(({ certaintyOf }) => certaintyOf(marker) === 'certain') ? 'certain' : 'conditional';
  });
  if (certainties.includes(null)) return null;
  return certainties.includes('conditional') ? 'conditional' : 'certain';
}

/** Bindings on scopes only: owning a single resource is not owning what contains it. */
function byScope(holdings: readonly Holding[]): Map<Uid, Holding[]> {
  const groups = new Map<Uid, Holding[]>();
  for (const holding of holdings) {
    if (holding.binding.resource !== null) continue;
    const known = groups.get(holding.binding.scopeUid);
    if (known === undefined) groups.set(holding.binding.scopeUid, [holding]);
    else known.push(holding);
  }
  return groups;
}

function byKey(a: readonly [string, unknown], b: readonly [string, unknown]): number {
  return a[0] < b[0] ? -1 : 1;
}
