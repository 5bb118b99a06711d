import { basename } from 'node:path';
import type { CollectContext, RecognisedFile } from '#contract/collector.ts';
import { observe, type Observation } from '#model/record.ts';
import type { Coverage } from '#model/scope.ts';
import { clusterUid } from '#model/uid.ts';
import { piecesOf } from './files/pieces.ts';
import { byCluster, type ClusterFiles } from './naming.ts';
import { buildInventory, type Inventory } from './objects/inventory.ts';
import { isKind, type Kind, KINDS } from './objects/kinds.ts';
import { unpack } from './objects/unpack.ts';
import { clusterRows } from './rows/index.ts';
import { coverageOf, estateOf } from './rows/estate.ts';

/** Reads files of Kubernetes objects, cluster by cluster: all objects of one first, then the rows that they make. */
export async function* importFiles(
  files: readonly RecognisedFile[],
  context: CollectContext,
): AsyncGenerator<readonly Observation[]> {
  for (const cluster of await byCluster(files, context)) {
    const inventory = await readInventory(cluster.files, context.signal);
    const isEmpty = inventory.seen.size === 0;
    const problems = [...cluster.problems.map((detail) => ({ feed: null, detail })), ...inventory.problems];
    const gaps = problems.map(({ feed, detail }): Coverage => {
      const row = coverageOf({ uid: clusterUid(cluster.name) }, feed, 'import file', 'partial', detail);
      return isEmpty ? { ...row, scopeUid: null, feed: null, status: 'failed' } : row;
    });
    yield gaps.map((row) => observe('coverage', row));
    if (isEmpty) yield passedOver(cluster, gaps.length > 0);
    else
      yield* inBatches(
        clusterRows(estateOf(cluster.name, cluster.facts, inventory, context.asOf)),
        context.signal,
      );
  }
}

async function readInventory(files: readonly RecognisedFile[], signal: AbortSignal): Promise<Inventory> {
  const { inventory, add } = buildInventory();
  for (const file of files) {
    const fileKind = kindInName(file.path);
    for await (const pieces of piecesOf(file, isKind, signal)) {
      signal.throwIfAborted();
      for (const piece of pieces) {
        for (const found of unpack(piece)) add(found, file.label, fileKind);
      }
    }
  }
  return inventory;
}

/** The kind that a file is named after (`secrets.json`, `roles.yaml`), for lists that are empty. */
function kindInName(path: string): Kind | null {
  const stem = basename(path)
    .replace(/\.\w+$/u, '')
    .toLowerCase();
  // The keys of KINDS are its kinds.
  const kinds = Object.keys(KINDS) as Kind[];
  return kinds.find((kind) => stem === KINDS[kind].resource || stem === kind.toLowerCase()) ?? null;
}

/** Files that hold nothing about identities are said to have been seen. */
function passedOver({ files }: ClusterFiles, hasProblems: boolean): Observation[] {
  if (hasProblems) return [];
  return files.map(({ label }) =>
    observe('coverage', {
      system: 'kubernetes',
      scopeUid: null,
      feed: null,
      call: 'import file',
      status: 'complete',
      missingPermission: null,
      detail: `${label}: holds no objects that say something about identities`,
    }),
  );
}

const BATCH = 2000;

function* inBatches(rows: Iterable<Observation>, signal: AbortSignal): Generator<readonly Observation[]> {
  let batch: Observation[] = [];
  for (const row of rows) {
    batch.push(row);
    if (batch.length < BATCH) continue;
    signal.throwIfAborted();
    yield batch;
    batch = [];
  }
  yield batch;
}
