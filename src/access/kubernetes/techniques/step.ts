import type { BecomeEdge } from '#model/entitlement.ts';
import type { Uid } from '#model/system.ts';
import type { Holding } from '../holding.ts';
import type { Held } from '../powers.ts';
import type { Targets } from '../targets.ts';
import type { World } from '../world.ts';

export type Certainty = BecomeEdge['certainty'];

/** An edge of somebody who is not yet named. */
export type Step = Omit<BecomeEdge, 'fromUid'>;

/** Where a holder's powers are looked at, and what could be reached there. */
export interface Place extends Holding {
  readonly world: World;
  readonly targets: Targets;
}

/** One way to become others: the steps that what is held in a place gives. */
export type Technique = (place: Place) => Iterable<Step>;

/** The steps of a technique to each of `to`, resting on all of `held`. */
export function steps(
  via: string,
  to: readonly Uid[],
  certainty: Certainty,
  ...held: readonly Held[]
): readonly Step[] {
  const permissions = [...new Set(held.flatMap((power) => [...power.permissions]))].toSorted();
  const evidence = [...new Set(held.flatMap((power) => [...power.evidence]))].toSorted();
  return to.map((toUid) => ({ toUid, via, permissions, certainty, evidence }));
}

/** The weaker of two. */
export function both(a: Certainty, b: Certainty): Certainty {
  return a === 'certain' ? b : a;
}
