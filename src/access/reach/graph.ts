import type { BecomeEdge } from '#model/entitlement.ts';
import type { Uid } from '#model/system.ts';
import { isWaypoint } from '#model/uid.ts';
import { type Adjacencies, buildAdjacencies, setBit } from './adjacency.ts';
import { interner, renumber } from './interner.ts';

/** An edge without what it rests on: paths do not print that. */
export type PathEdge = Omit<BecomeEdge, 'evidence'>;

/** What an edge does: technique, permissions, certainty. Many edges share one. */
export type Step = Pick<BecomeEdge, 'via' | 'permissions' | 'certainty'>;

/** The becoming graph with its nodes and steps as numbers, in the order of their names. */
export interface Graph extends Adjacencies {
  readonly uids: readonly Uid[];
  readonly numberOf: ReadonlyMap<Uid, number>;
  readonly stepTable: readonly Step[];
  /** A bit for each node. */
  readonly waypoints: Uint8Array;
}

/** Takes edges in any order, one by one, and makes the same graph of them. */
export interface GraphBuilder {
  readonly add: (edge: PathEdge) => void;
  /** May be called once. */
  readonly build: () => Graph;
}

const CHUNK = 1 << 16;

/** An empty builder. */
export function graphBuilder(): GraphBuilder {
  const nodes = interner<Uid>((uid) => uid);
  // NUL separates: it is in no technique and in no permission.
  const steps = interner<Step>(({ via, permissions, certainty }) =>
    [certainty, via, ...permissions].join('\0'),
  );
  const columns: { from: Uint32Array[]; to: Uint32Array[]; step: Uint32Array[]; length: number } = {
    from: [],
    to: [],
    step: [],
    length: 0,
  };

  return {
    add: (edge) => {
      const offset = columns.length % CHUNK;
      if (offset === 0)
        for (const column of [columns.from, columns.to, columns.step]) column.push(new Uint32Array(CHUNK));
      put(columns.from, offset, nodes.numberFor(edge.fromUid));
      put(columns.to, offset, nodes.numberFor(edge.toUid));
      put(columns.step, offset, steps.numberFor(edge));
      columns.length += 1;
    },
    build: () => {
      // Numbers in the order of names make lists, ties and paths independent of the order in which edges came.
      const { things: uids, rank, numberOf } = nodes.finish();
      const { things: stepTable, rank: stepRank } = steps.finish();
      for (const chunk of [...columns.from, ...columns.to]) renumber(chunk, rank);
      for (const chunk of columns.step) renumber(chunk, stepRank);
      const isCertain = stepTable.map(({ certainty }) => certainty === 'certain');
      const adjacencies = buildAdjacencies(uids.length, columns, (step) => isCertain[step] === true);
      return { ...adjacencies, uids, numberOf, stepTable, waypoints: waypointBits(uids) };
    },
  };
}

/** The bytes of the arrays that a graph holds; names and steps are outside them. */
export function arrayBytes({ out, in: inward, steps, waypoints }: Graph): number {
  const arrays = [out, inward].flatMap(({ offsets, neighbours, certain }) => [offsets, neighbours, certain]);
  return [...arrays, steps, waypoints].reduce((sum, { byteLength }) => sum + byteLength, 0);
}

function put(column: readonly Uint32Array[], offset: number, value: number): void {
  const chunk = column.at(-1);
  if (chunk === undefined) throw new Error('A column has no chunk.');
  chunk[offset] = value;
}

function waypointBits(uids: readonly Uid[]): Uint8Array {
  const bits = new Uint8Array((uids.length + 7) >> 3);
  for (const [node, uid] of uids.entries()) if (isWaypoint(uid)) setBit(bits, node);
  return bits;
}
