import type { BecomeEdge } from '#model/entitlement.ts';
import type { Uid } from '#model/system.ts';
import { isWaypoint } from '#model/uid.ts';
import { actingNodes, actingUid, type NumberedEdges, printedUid } from './acting.ts';
import { type Adjacencies, at, buildAdjacencies, setBit } from './adjacency.ts';
import { interner, renumber } from './interner.ts';

/** An edge without what it rests on: paths do not print that. */
export type PathEdge = Omit<BecomeEdge, 'evidence'>;

/** What an edge does: technique, permissions, certainty. Many edges share one. */
export type Step = Pick<BecomeEdge, 'via' | 'permissions' | 'certainty'>;

/** The becoming graph with its nodes and steps as numbers, in the order of their names. */
export interface Graph extends Adjacencies {
  /** Whoever acts as an identity without its token is a node of its own, and has the identity's uid here. */
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

  const acting = actingNodes();
  const append = (from: number, to: number, step: number): void => {
    if (columns.length % CHUNK === 0)
      for (const column of [columns.from, columns.to, columns.step]) column.push(new Uint32Array(CHUNK));
    put(columns.from, columns.length, from);
    put(columns.to, columns.length, to);
    put(columns.step, columns.length, step);
    columns.length += 1;
  };
  const edges: NumberedEdges = {
    count: () => columns.length,
    fromOf: (edge) => get(columns.from, edge),
    toOf: (edge) => get(columns.to, edge),
    viaOf: (edge) => steps.thingOf(get(columns.step, edge)).via,
    lead: (edge, to) => put(columns.to, edge, to),
    copy: (edge, from, to) => append(from, to, get(columns.step, edge)),
  };

  return {
    add: (edge) => {
      const from = nodes.numberFor(edge.fromUid);
      acting.note(columns.length, edge.via, from);
      append(from, nodes.numberFor(edge.toUid), steps.numberFor(edge));
    },
    build: () => {
      acting.split(edges, (node) => nodes.numberFor(actingUid(nodes.thingOf(node))));
      // Numbers in the order of names make lists, ties and paths independent of the order in which edges came.
      const { things: names, rank, numberOf } = nodes.finish();
      const { things: stepTable, rank: stepRank } = steps.finish();
      for (const chunk of [...columns.from, ...columns.to]) renumber(chunk, rank);
      for (const chunk of columns.step) renumber(chunk, stepRank);
      const isCertain = stepTable.map(({ certainty }) => certainty === 'certain');
      const uids = names.map(printedUid);
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

function put(column: readonly Uint32Array[], index: number, value: number): void {
  chunkOf(column, index)[index % CHUNK] = value;
}

function get(column: readonly Uint32Array[], index: number): number {
  return at(chunkOf(column, index), index % CHUNK);
}

function chunkOf(column: readonly Uint32Array[], index: number): Uint32Array {
  const chunk = column[Math.floor(index / CHUNK)];
  if (chunk === undefined) throw new Error('A column has no chunk.');
  return chunk;
}

function waypointBits(uids: readonly Uid[]): Uint8Array {
  const bits = new Uint8Array((uids.length + 7) >> 3);
  for (const [node, uid] of uids.entries()) if (isWaypoint(uid)) setBit(bits, node);
  return bits;
}
