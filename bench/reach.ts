import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { BOOLEAN, type DuckDBConnection, DuckDBDataChunk, DuckDBInstance, INTEGER } from '@duckdb/node-api';
import { arrayBytes, type Graph, graphBuilder, pathsTo } from '#access/reach/index.ts';
import type { BenchLine } from './bench-line.ts';

const NODES = 1_000_000;
const EDGES = 5_000_000;
const TARGET = 7;

interface Edges {
  readonly from: Int32Array;
  readonly to: Int32Array;
}

/**
 * Who can become one node, in a random graph of 1 M nodes and 5 M edges: the arrays against DuckDB's recursion, first
 * where every edge is certain, then where a fifth is conditional and the answer says who gets there certainly.
 */
export async function run(): Promise<readonly BenchLine[]> {
  const edges = randomEdges();
  const table = await loadTable(edges);
  const plain = graphOf(edges, () => true);
  const graph = graphOf(edges, isCertain);

  const best = { plain: Infinity, both: Infinity, everybody: Infinity, certainly: Infinity };
  const bytes: number[] = [];
  // In turn, so that a busy machine is busy for all of them.
  for (let round = 0; round < 5; round += 1) {
    const ours = search(plain);
    const oursBoth = search(graph);
    const theirs = await query(table, 'true');
    const theirsCertain = await query(table, 'certain');
    for (const { reached } of [ours, oursBoth]) {
      if (reached !== theirs.reached) throw new Error(`DuckDB: ${theirs.reached} nodes, arrays: ${reached}.`);
    }
    best.plain = Math.min(best.plain, ours.seconds);
    best.both = Math.min(best.both, oursBoth.seconds);
    best.everybody = Math.min(best.everybody, theirs.seconds);
    best.certainly = Math.min(best.certainly, theirsCertain.seconds);
    bytes.push(oursBoth.bytes);
  }
  // The middle one: buffers of other work are freed at any time.
  const allocated = bytes.toSorted((a, b) => a - b)[2] ?? 0;
  const ratio = best.everybody / best.plain;
  const ratioBoth = (best.everybody + best.certainly) / best.both;
  return [
    { name: 'reverse reachability against DuckDB', value: ratio, limit: 3, better: 'higher', unit: '×' },
    { name: 'the same, and who certainly', value: ratioBoth, limit: 3, better: 'higher', unit: '×' },
    {
      name: 'arrays of graph and search',
      value: (arrayBytes(graph) + allocated) / 1e6,
      limit: 100,
      better: 'lower',
      unit: 'MB',
    },
  ];
}

function isCertain(edge: number): boolean {
  return edge % 5 !== 0;
}

function graphOf({ from, to }: Edges, certain: (edge: number) => boolean): Graph {
  const uids = Array.from({ length: NODES }, (_, node) => uid(node));
  const builder = graphBuilder();
  for (let edge = 0; edge < EDGES; edge += 1) {
    builder.add({
      fromUid: uids[from[edge] ?? 0] ?? '',
      toUid: uids[to[edge] ?? 0] ?? '',
      via: 'assume-role',
      permissions: ['sts:AssumeRole'],
      certainty: certain(edge) ? 'certain' : 'conditional',
    });
  }
  return builder.build();
}

function uid(node: number): string {
  return `arn:aws:iam::111122223333:role/role-${node}`;
}

/** The seconds of one search, and the bytes of all arrays that it allocates. */
function search(graph: Graph): {
  readonly seconds: number;
  readonly reached: number;
  readonly bytes: number;
} {
  const before = arraysInUse();
  const start = performance.now();
  const { count } = pathsTo(graph, [uid(TARGET)]);
  const seconds = (performance.now() - start) / 1000;
  return { seconds, reached: count, bytes: process.memoryUsage().arrayBuffers - before };
}

async function loadTable({ from, to }: Edges): Promise<DuckDBConnection> {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  await connection.run('CREATE TABLE edges (source INTEGER, target INTEGER, certain BOOLEAN)');
  const appender = await connection.createAppender('edges');
  for (let start = 0; start < EDGES; start += 2048) {
    const sources = [...from.subarray(start, start + 2048)];
    const certain = sources.map((_, offset) => isCertain(start + offset));
    const chunk = DuckDBDataChunk.create([INTEGER, INTEGER, BOOLEAN]);
    chunk.setColumns([sources, [...to.subarray(start, start + 2048)], certain]);
    appender.appendDataChunk(chunk);
  }
  appender.closeSync();
  return connection;
}

async function query(
  connection: DuckDBConnection,
  where: string,
): Promise<{ readonly seconds: number; readonly reached: number }> {
  const start = performance.now();
  const answer = await connection.runAndReadAll(
    `WITH RECURSIVE reached(node) AS (
       SELECT ${TARGET} UNION SELECT source FROM edges JOIN reached ON target = node WHERE ${where}
     ) SELECT count(*)::INTEGER FROM reached`,
  );
  return { seconds: (performance.now() - start) / 1000, reached: Number(answer.getRows()[0]?.[0]) };
}

/** The same edges in every run. */
function randomEdges(): Edges {
  let state = 20_260_101;
  const next = (): number => {
    // xorshift32
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % NODES;
  };
  return { from: Int32Array.from({ length: EDGES }, next), to: Int32Array.from({ length: EDGES }, next) };
}

function arraysInUse(): number {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect === 'function') collect();
  return process.memoryUsage().arrayBuffers;
}
