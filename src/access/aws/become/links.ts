import type { BecomeEdge } from '#model/entitlement.ts';
import type { Uid } from '#model/system.ts';
import { waypointUid } from '#model/uid.ts';
import type { Estate } from '../estate.ts';
import type { Certainty } from './asking/powers.ts';
import { step } from './step.ts';
import type { TargetList, Targets } from './asking/target-list.ts';

/** What an edge says besides where it leads. */
export interface Technique {
  readonly via: string;
  readonly permissions: readonly string[];
  readonly evidence: readonly Uid[];
  /** Whether the targets' own trust policies are part of it. */
  readonly restsOnTrust: boolean;
}

/** Makes edges to many targets: to the few each, to the many by a waypoint that leads to all of them. */
export type Links = (fromUid: Uid, targets: Targets, technique: Technique) => Generator<BecomeEdge>;

/** As many targets get an edge each. */
const FEW = 3;

/** Every waypoint's own edges are made once, when it is first led to. */
export function linksOn(estate: Estate): Links {
  const made = new Set<Uid>();
  const trustOf = (uid: Uid): readonly Uid[] =>
    (estate.resourcePolicies.get(uid) ?? []).flatMap((policy) =>
      policy.kind === 'trust' ? [policy.uid] : [],
    );

  function* toList(fromUid: Uid, list: TargetList, technique: Technique, certainty: Certainty) {
    const { via, permissions, evidence, restsOnTrust } = technique;
    if (list.uids.length <= FEW) {
      for (const uid of list.uids) {
        const trusts = restsOnTrust ? trustOf(uid) : [];
        if (uid !== fromUid) yield step(fromUid, uid, via, permissions, certainty, [...evidence, ...trusts]);
      }
      return;
    }
    const waypoint = waypointUid('aws', `${restsOnTrust ? 'trusting' : 'any-of'}:${list.id}`);
    yield step(fromUid, waypoint, via, permissions, certainty, evidence);
    if (made.has(waypoint)) return;
    made.add(waypoint);
    for (const uid of list.uids)
      yield step(waypoint, uid, 'any-of', [], 'certain', restsOnTrust ? trustOf(uid) : []);
  }

  return function* (fromUid, { certain, conditional }, technique) {
    yield* toList(fromUid, certain, technique, 'certain');
    yield* toList(fromUid, conditional, technique, 'conditional');
  };
}
