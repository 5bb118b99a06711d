import type { BecomeEdge } from '#model/entitlement.ts';

/** A certain edge. */
export function edge(fromUid: string, toUid: string, via = 'assume-role'): BecomeEdge {
  return { fromUid, toUid, via, permissions: [via], certainty: 'certain', evidence: [] };
}

/** A conditional edge. */
export function maybe(fromUid: string, toUid: string, via = 'assume-role'): BecomeEdge {
  return { ...edge(fromUid, toUid, via), certainty: 'conditional' };
}
