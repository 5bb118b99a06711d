import { type Adjacency, at, bitAt, setBit } from './adjacency.ts';

/** What a search found. */
export interface Tree {
  /** For each node that was reached, the one from which it was reached; itself where the search started. */
  readonly parent: Uint32Array;
  /** A bit for each node. */
  readonly reached: Uint8Array;
  /** A bit for each node: whether it was reached over certain edges only. */
  readonly certain: Uint8Array;
  /** How many nodes were reached. */
  readonly count: number;
}

/**
 * Breadth first, over certain edges as far as they lead, then over all: a node that certain edges reach is reached in
 * the fewest certain steps, any other in the fewest steps from one of those. Ties go to what was reached first and
 * then to the lower number, so the same graph gives the same tree. Cycles end at what was reached.
 */
export function search(graph: Adjacency, starts: Iterable<number>, waypoints: Uint8Array): Tree {
  const nodes = graph.offsets.length - 1;
  const bits = (): Uint8Array => new Uint8Array((nodes + 7) >> 3);
  const parent = new Uint32Array(nodes);
  const reached = bits();
  /** Nodes with a conditional edge that the first part left aside. */
  const unfinished = bits();
  const order = new Uint32Array(nodes);
  const scratch = new Uint32Array((nodes + 31) >>> 5);
  let count = 0;
  const reach = (node: number, from: number): void => {
    setBit(reached, node);
    parent[node] = from;
    order[count++] = node;
  };

  // A waypoint costs no step: it is expanded with the node that reached it, before the queue moves on.
  const pending: number[] = [];
  const expand = (first: number, certainOnly: boolean): void => {
    const { offsets, neighbours, certain } = graph;
    for (let node: number | undefined = first; node !== undefined; node = pending.pop()) {
      const end = at(offsets, node + 1);
      for (let index = at(offsets, node); index < end; index += 1) {
        const neighbour = at(neighbours, index);
        if (bitAt(reached, neighbour)) continue;
        if (certainOnly && !bitAt(certain, index)) {
          setBit(unfinished, node);
          continue;
        }
        reach(neighbour, node);
        if (bitAt(waypoints, neighbour)) pending.push(neighbour);
      }
    }
  };
  /** Level by level from `first` on; in ascending order within a level, which is also how memory likes it. */
  const expandLevels = (first: number, certainOnly: boolean): void => {
    for (let level = first; level < count;) {
      const end = count;
      sortAscending(order.subarray(level, end), scratch);
      for (; level < end; level += 1) {
        const node = at(order, level);
        if (!bitAt(waypoints, node)) expand(node, certainOnly);
      }
    }
  };

  for (const start of starts) if (!bitAt(reached, start)) reach(start, start);
  const started = count;
  for (let next = 0; next < started; next += 1) expand(at(order, next), true);
  expandLevels(started, true);
  const certain = reached.slice();
  const certainly = count;
  for (let next = 0; next < certainly; next += 1) {
    const node = at(order, next);
    if (bitAt(unfinished, node)) expand(node, false);
  }
  expandLevels(certainly, false);
  return { parent, reached, certain, count };
}

/** Sorts distinct numbers: a large part of all numbers by marking them in `scratch`, which is left empty. */
function sortAscending(numbers: Uint32Array, scratch: Uint32Array): void {
  if (numbers.length < scratch.length) {
    numbers.sort();
    return;
  }
  for (const number of numbers) scratch[number >>> 5] = at(scratch, number >>> 5) | (1 << (number & 31));
  let count = 0;
  for (let word = 0; word < scratch.length; word += 1) {
    let left = at(scratch, word);
    scratch[word] = 0;
    for (; left !== 0; left &= left - 1) numbers[count++] = word * 32 + 31 - Math.clz32(left & -left);
  }
}
