import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { becomingGraph, pathsTo } from '#access/reach/index.ts';
import type { BecomeEdge } from '#model/entitlement.ts';
import { isWaypoint, waypointUid } from '#model/uid.ts';

const TARGET = 'n0';

/** Small graphs with cycles, loops, parallel edges and chains of waypoints. */
const edges: fc.Arbitrary<BecomeEdge[]> = fc.array(
  fc.record({
    fromUid: node(),
    toUid: node(),
    via: fc.constantFrom('assume', 'token'),
    permissions: fc.constantFrom(['p'], ['p', 'q']),
    certainty: fc.constantFrom('certain' as const, 'conditional' as const),
    evidence: fc.constant([]),
  }),
  { maxLength: 40 },
);

describe('the becoming graph', () => {
  it('gives the same paths whatever the order of its edges', () => {
    const shuffled = edges.chain((list) =>
      fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
    );
    fc.assert(
      fc.property(shuffled, ([list, other]) => {
        expect(allPaths(other)).toEqual(allPaths(list));
      }),
    );
  });

  it('reaches exactly who a step by step search reaches, certainly and at all', () => {
    fc.assert(
      fc.property(edges, (list) => {
        const paths = pathsTo(becomingGraph(list), [TARGET]);
        const certain = distances(certainOf(list), new Set([TARGET]));
        const any = distances(list, new Set([TARGET]));
        for (const uid of nodesOf(list)) {
          const expected = certain.has(uid) ? 'certain' : any.has(uid) ? 'conditional' : null;
          expect(paths.certaintyOf(uid)).toBe(expected);
        }
      }),
    );
  });

  it('needs the fewest certain hops, or the fewest until certain ones lead on', () => {
    fc.assert(
      fc.property(edges, (list) => {
        const certain = distances(certainOf(list), new Set([TARGET]));
        const outside = distances(list, new Set(certain.keys()));
        for (const { identity, certainty, hops } of allPaths(list)) {
          const isCertain = certainty === 'certain';
          const steps = isCertain ? hops.length : hopsOutside(hops, certain);
          expect(steps).toBe((isCertain ? certain : outside).get(identity));
        }
      }),
    );
  });

  it('prints only paths that its edges make, without waypoints and from hop to hop', () => {
    fc.assert(
      fc.property(edges, (list) => {
        for (const { identity, hops } of allPaths(list)) {
          expect(hops.map(({ from }) => from)).toEqual([identity, ...hops.map(({ to }) => to)].slice(0, -1));
          expect(hops.at(-1)?.to ?? identity).toBe(TARGET);
          expect(hops.filter(({ from, to }) => isWaypoint(from) || isWaypoint(to))).toEqual([]);
          for (const { from, via } of hops) {
            expect(list.some((edge) => edge.fromUid === from && edge.via === via)).toBe(true);
          }
        }
      }),
    );
  });
});

function node(): fc.Arbitrary<string> {
  const plain = fc.nat(9).map((n) => `n${n}`);
  return fc.oneof(
    { weight: 3, arbitrary: plain },
    { weight: 1, arbitrary: fc.nat(2).map((n) => waypointUid('s', `${n}`)) },
  );
}

function allPaths(list: readonly BecomeEdge[]) {
  const paths = pathsTo(becomingGraph(list), [TARGET]);
  return [...paths.reached()].flatMap((uid) => paths.pathOf(uid) ?? []);
}

function nodesOf(list: readonly BecomeEdge[]): string[] {
  return [...new Set(list.flatMap(({ fromUid, toUid }) => [fromUid, toUid]))];
}

function certainOf(list: readonly BecomeEdge[]): BecomeEdge[] {
  return list.filter(({ certainty }) => certainty === 'certain');
}

/** Fewest hops to one of `targets`, by trying every edge until nothing gets shorter; waypoints cost none. */
function distances(list: readonly BecomeEdge[], targets: ReadonlySet<string>): Map<string, number> {
  const known = new Map([...targets].map((target) => [target, 0]));
  for (let changed = true; changed;) {
    changed = false;
    for (const { fromUid, toUid } of list) {
      const rest = known.get(toUid);
      const length = rest === undefined ? Infinity : rest + (isWaypoint(fromUid) ? 0 : 1);
      if (length < (known.get(fromUid) ?? Infinity)) {
        known.set(fromUid, length);
        changed = true;
      }
    }
  }
  return known;
}

function hopsOutside(
  hops: readonly { readonly from: string }[],
  certain: ReadonlyMap<string, number>,
): number {
  const first = hops.findIndex(({ from }) => certain.has(from));
  return first < 0 ? hops.length : first;
}
