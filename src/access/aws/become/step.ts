import type { BecomeEdge } from '#model/entitlement.ts';
import type { Uid } from '#model/system.ts';
import type { Certainty } from './asking/powers.ts';
import { isMadeUp } from './asking/views.ts';

/** Makes an edge with its evidence in order, each thing once; what a change made up is none. */
export function step(
  fromUid: Uid,
  toUid: Uid,
  via: string,
  permissions: readonly string[],
  certainty: Certainty,
  evidence: Iterable<Uid>,
): BecomeEdge {
  return {
    fromUid,
    toUid,
    via,
    permissions,
    certainty,
    evidence: [...new Set(evidence)].filter((uid) => !isMadeUp(uid)).toSorted(),
  };
}

/** The least sure of them. */
export function leastSure(...certainties: readonly Certainty[]): Certainty {
  return certainties.includes('conditional') ? 'conditional' : 'certain';
}

/** The edges, each once whatever it rests on. */
export function* withoutRepeats(edges: Iterable<BecomeEdge>): Generator<BecomeEdge> {
  const seen = new Set<string>();
  for (const edge of edges) {
    const { fromUid, toUid, via, permissions, certainty } = edge;
    const key = [fromUid, toUid, via, certainty, ...permissions].join('\n');
    if (!seen.has(key)) yield edge;
    seen.add(key);
  }
}
