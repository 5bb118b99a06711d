import type { BecomeEdge } from '#model/entitlement.ts';
import type { Uid } from '#model/system.ts';
import { waypointUid } from '#model/uid.ts';
import { type Step, steps } from './techniques/step.ts';

/** Waypoints that techniques lead to. Where they lead on is worked out once, at the end, and only for those asked for. */
export interface Waypoints {
  /** The waypoint of this name in a scope, with the steps from it. */
  readonly ask: (scopeUid: Uid, what: string, out: () => Iterable<Step>) => Uid;
  /** The edges from every waypoint that was asked for; they may lead to more. */
  readonly edges: () => Iterable<BecomeEdge>;
}

/** No waypoints yet. */
export function waypoints(): Waypoints {
  const asked = new Map<Uid, () => Iterable<Step>>();
  return {
    ask: (scopeUid, what, out) => {
      const uid = waypointUid(scopeUid, what);
      if (!asked.has(uid)) asked.set(uid, out);
      return uid;
    },
    *edges() {
      // Walking through a map comes to what is added on the way.
      for (const [fromUid, out] of asked) for (const step of out()) yield { fromUid, ...step };
    },
  };
}

/** From a waypoint to each that it stands for. */
export function anyOf(members: Iterable<Uid>): readonly Step[] {
  return steps('any-of', [...new Set(members)], 'certain');
}
