import type { BecomeEdge } from '#model/entitlement.ts';
import type { Uid } from '#model/system.ts';
import { isWaypoint } from '#model/uid.ts';
import { actingUid } from './acting.ts';
import { at, bitAt } from './adjacency.ts';
import type { Graph, Step } from './graph.ts';
import { search, type Tree } from './search.ts';

/** One step of a path, printed without the waypoints that it went through. */
export interface Hop {
  readonly from: Uid;
  readonly to: Uid;
  readonly via: string;
  readonly permissions: readonly string[];
}

/** How `identity` becomes another; without hops where it is there already. */
export interface BecomePath {
  readonly identity: Uid;
  /** `conditional`: no path is certain in every step. */
  readonly certainty: BecomeEdge['certainty'];
  readonly hops: readonly Hop[];
}

/** The shortest paths from one search: a certain one where there is any, else one with conditional steps. */
export interface Paths {
  /** How sure it is that there is a path for this node, or null: there is none. */
  readonly certaintyOf: (uid: Uid) => BecomeEdge['certainty'] | null;
  readonly pathOf: (uid: Uid) => BecomePath | null;
  /** How many nodes have a path, waypoints included. */
  readonly count: number;
  /** Every node with a path, waypoints aside, in the order of uids. */
  readonly reached: () => Iterable<Uid>;
}

/** Paths by which anybody becomes one of `targets`: `pathOf` takes who becomes. */
export function pathsTo(graph: Graph, targets: Iterable<Uid>): Paths {
  // Who acts as a target has become it: what it may do there, they may.
  const all = [...targets].flatMap((uid) => [uid, actingUid(uid)]);
  return searchBothWays(graph, graph.in, all, (trail) => trail);
}

/** Paths by which `identity` becomes others: `pathOf` takes whom it becomes. */
export function pathsFrom(graph: Graph, identity: Uid): Paths {
  return searchBothWays(graph, graph.out, [identity], (trail) => trail.toReversed());
}

function searchBothWays(
  graph: Graph,
  direction: Graph['in'],
  starts: Iterable<Uid>,
  order: (trail: readonly number[]) => readonly number[],
): Paths {
  const startUids = new Set(starts);
  const numbers = [...startUids].flatMap((uid) => graph.numberOf.get(uid) ?? []).toSorted((a, b) => a - b);
  const tree = search(direction, numbers, graph.waypoints);
  const certaintyOf = (node: number): BecomeEdge['certainty'] =>
    bitAt(tree.certain, node) ? 'certain' : 'conditional';
  const stepsTo = (node: number): number =>
    trailOf(tree, node).filter((each) => !bitAt(graph.waypoints, each)).length;
  /** The nodes of an identity that have a path: certain ones first, then those with fewer steps. */
  const nodesOf = (uid: Uid): readonly number[] =>
    [uid, actingUid(uid)]
      .flatMap((name) => graph.numberOf.get(name) ?? [])
      .filter((node) => bitAt(tree.reached, node))
      .toSorted((a, b) => certaintyOf(a).localeCompare(certaintyOf(b)) || stepsTo(a) - stepsTo(b));

  return {
    count: tree.count,
    certaintyOf: (uid) => {
      const [node] = nodesOf(uid);
      if (node !== undefined) return certaintyOf(node);
      return startUids.has(uid) ? 'certain' : null;
    },
    pathOf: (uid) => {
      const [node] = nodesOf(uid);
      if (node === undefined)
        return startUids.has(uid) ? { identity: uid, certainty: 'certain', hops: [] } : null;
      const trail = order(trailOf(tree, node));
      const identity = graph.uids[trail[0] ?? node] ?? uid;
      return { identity, certainty: certaintyOf(node), hops: hopsOf(graph, trail) };
    },
    *reached() {
      for (const [node, uid] of graph.uids.entries()) {
        if (!bitAt(tree.reached, node) || bitAt(graph.waypoints, node)) continue;
        const own = graph.numberOf.get(uid) ?? node;
        if (own === node || !bitAt(tree.reached, own)) yield uid;
      }
    },
  };
}

function trailOf({ parent }: Tree, node: number): readonly number[] {
  const trail = [node];
  for (let here = node; at(parent, here) !== here;) {
    here = at(parent, here);
    trail.push(here);
  }
  return trail;
}

function hopsOf(graph: Graph, trail: readonly number[]): Hop[] {
  const hops: Hop[] = [];
  for (const [index, node] of trail.slice(1).entries()) {
    const before = trail[index];
    const from = before === undefined ? undefined : graph.uids[before];
    const to = graph.uids[node];
    if (before === undefined || from === undefined || to === undefined)
      throw new Error('A trail leaves the graph.');
    const { via, permissions } = stepBetween(graph, before, node);
    const last = hops.at(-1);
    if (last !== undefined && isWaypoint(from)) {
      hops[hops.length - 1] = {
        ...last,
        to,
        permissions: [...new Set([...last.permissions, ...permissions])],
      };
    } else {
      hops.push({ from, to, via, permissions });
    }
  }
  return hops;
}

/** The first of the parallel edges: a certain one where there is any. */
function stepBetween({ out, steps, stepTable }: Graph, from: number, to: number): Step {
  let low = at(out.offsets, from);
  let high = at(out.offsets, from + 1);
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (at(out.neighbours, middle) < to) low = middle + 1;
    else high = middle;
  }
  const step = stepTable[at(steps, low)];
  if (step === undefined) throw new Error(`There is no edge from node ${from} to node ${to}.`);
  return step;
}
