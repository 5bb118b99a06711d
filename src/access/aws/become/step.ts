import type { BecomeEdge } from '#model/entitlement.ts';
import type { Uid } from '#model/system.ts';
import type { Certainty } from './powers.ts';

/** Makes an edge with its evidence in order, each thing once. */
export function step(
  fromUid: Uid,
  toUid: Uid,
  via: string,
  permissions: readonly string[],
  certainty: Certainty,
  evidence: Iterable<Uid>,
): BecomeEdge {
  return { fromUid, toUid, via, permissions, certainty, evidence: [...new Set(evidence)].toSorted() };
}

/** The least sure of them. */
export function leastSure(...certainties: readonly Certainty[]): Certainty {
  return certainties.includes('conditional') ? 'conditional' : 'certain';
}
