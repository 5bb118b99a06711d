/** Who follows whom: the neighbours of node n are `neighbours[offsets[n]]` up to `neighbours[offsets[n + 1]]`. */
export interface Adjacency {
  readonly offsets: Uint32Array;
  readonly neighbours: Uint32Array;
  /** A bit for each entry of `neighbours`: whether the edge is certain. */
  readonly certain: Uint8Array;
}

/** Both directions of one graph, each neighbour list in ascending order. */
export interface Adjacencies {
  readonly out: Adjacency;
  /** What each edge of `out` does, in the order of `out.neighbours`; ascending among parallel edges. */
  readonly steps: Uint32Array;
  readonly in: Adjacency;
}

/** Edges in the order in which they came. The arrays are emptied by `buildAdjacencies`, to save memory. */
interface EdgeColumns {
  readonly from: Uint32Array[];
  readonly to: Uint32Array[];
  readonly step: Uint32Array[];
  /** How many entries the chunks hold in all; the last chunk may be longer than needed. */
  readonly length: number;
}

/** The bit at `index`. */
export function bitAt(bits: Uint8Array, index: number): boolean {
  return ((at(bits, index >> 3) >> (index & 7)) & 1) === 1;
}

/** The entry at an index that is known to be within the array. */
export function at(array: Uint32Array | Uint8Array, index: number): number {
  // Checked by construction: offsets and node numbers are made together with the arrays that they point into.
  return array[index]!;
}

/**
 * Sorts edges by source, target and step, in linear time: laying the edges out by target and then by source leaves
 * every list sorted, whatever the order in which they came.
 */
export function buildAdjacencies(
  nodes: number,
  columns: EdgeColumns,
  isCertain: (step: number) => boolean,
): Adjacencies {
  const inOffsets = offsetsOf(nodes, columns.to, columns.length);
  const outOffsets = offsetsOf(nodes, columns.from, columns.length);

  const sources = new Uint32Array(columns.length);
  const stepsByTarget = new Uint32Array(columns.length);
  const inCursor = inOffsets.slice();
  eachEdge(columns, (from, to, step) => {
    const slot = at(inCursor, to);
    inCursor[to] = slot + 1;
    sources[slot] = from;
    stepsByTarget[slot] = step;
  });
  columns.from.length = 0;
  columns.to.length = 0;
  columns.step.length = 0;

  const targets = new Uint32Array(columns.length);
  const steps = new Uint32Array(columns.length);
  transpose(nodes, inOffsets, sources, outOffsets, (slot, target, index) => {
    targets[slot] = target;
    steps[slot] = at(stepsByTarget, index);
  });
  sortParallels(nodes, outOffsets, targets, steps);

  // `sources` is free again: it is filled anew, in ascending order within each list.
  const outCertain = new Uint8Array((columns.length + 7) >> 3);
  const inCertain = new Uint8Array((columns.length + 7) >> 3);
  transpose(nodes, outOffsets, targets, inOffsets, (slot, source, index) => {
    sources[slot] = source;
    if (!isCertain(at(steps, index))) return;
    setBit(outCertain, index);
    setBit(inCertain, slot);
  });
  return {
    out: { offsets: outOffsets, neighbours: targets, certain: outCertain },
    steps,
    in: { offsets: inOffsets, neighbours: sources, certain: inCertain },
  };
}

/** Calls `place` for each edge of one direction with its slot in the other, in the other's order. */
function transpose(
  nodes: number,
  offsets: Uint32Array,
  neighbours: Uint32Array,
  otherOffsets: Uint32Array,
  place: (slot: number, node: number, index: number) => void,
): void {
  const cursor = otherOffsets.slice();
  for (let node = 0; node < nodes; node += 1) {
    for (let index = at(offsets, node); index < at(offsets, node + 1); index += 1) {
      const neighbour = at(neighbours, index);
      const slot = at(cursor, neighbour);
      cursor[neighbour] = slot + 1;
      place(slot, node, index);
    }
  }
}

function offsetsOf(nodes: number, column: readonly Uint32Array[], length: number): Uint32Array {
  const offsets = new Uint32Array(nodes + 1);
  let left = length;
  for (const chunk of column) {
    for (const node of chunk.subarray(0, left)) offsets[node + 1] = at(offsets, node + 1) + 1;
    left -= Math.min(left, chunk.length);
  }
  for (let node = 0; node < nodes; node += 1) offsets[node + 1] = at(offsets, node + 1) + at(offsets, node);
  return offsets;
}

function eachEdge(
  { from, to, step, length }: EdgeColumns,
  visit: (from: number, to: number, step: number) => void,
): void {
  let left = length;
  for (const [number, froms] of from.entries()) {
    const tos = to[number];
    const steps = step[number];
    if (tos === undefined || steps === undefined) throw new Error('The columns differ in length.');
    const end = Math.min(left, froms.length);
    for (let index = 0; index < end; index += 1) visit(at(froms, index), at(tos, index), at(steps, index));
    left -= end;
  }
}

/** Parallel edges lie side by side with the same target: sorting their steps sorts them. */
function sortParallels(nodes: number, offsets: Uint32Array, targets: Uint32Array, steps: Uint32Array): void {
  for (let node = 0; node < nodes; node += 1) {
    const end = at(offsets, node + 1);
    for (let start = at(offsets, node); start < end;) {
      let stop = start + 1;
      while (stop < end && targets[stop] === targets[start]) stop += 1;
      if (stop - start > 1) steps.subarray(start, stop).sort();
      start = stop;
    }
  }
}

/** Sets the bit at `index`. */
export function setBit(bits: Uint8Array, index: number): void {
  bits[index >> 3] = at(bits, index >> 3) | (1 << (index & 7));
}
