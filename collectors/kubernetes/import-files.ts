import { basename } from 'node:path';
import type { CollectContext, RecognisedFile } from '#contract/collector.ts';
import type { Grant } from '#model/grant.ts';
import { observe, type Observation } from '#model/record.ts';
import type { Coverage } from '#model/scope.ts';
import type { Uid } from '#model/system.ts';
import { clusterUid } from '#model/uid.ts';
import { readAuditLogs } from './audit/read-logs.ts';
import { piecesOf } from './files/pieces.ts';
import { byCluster } from './naming.ts';
import { buildInventory, type Inventory } from './objects/inventory.ts';
import { isKind, type Kind, KINDS } from './objects/kinds.ts';
import type { Problem } from './objects/problems.ts';
import { unpack } from './objects/unpack.ts';
import { auditCoverage, auditRows } from './rows/audit.ts';
import { clusterRows } from './rows/index.ts';
import { coverageOf, estateOf } from './rows/estate.ts';

/** Reads files of Kubernetes objects, cluster by cluster: all objects of one first, then the rows that they make. */
export async function* importFiles(
  files: readonly RecognisedFile[],
  context: CollectContext,
): AsyncGenerator<readonly Observation[]> {
  for (const cluster of await byCluster(files, context)) {
    const logs = cluster.files.filter(({ kind }) => kind === 'kubernetes-audit');
    const objects = cluster.files.filter(({ kind }) => kind !== 'kubernetes-audit');
    const inventory = await readInventory(objects, context.signal);
    const audit = await readAuditLogs(logs, context.asOf, context.signal);
    const isEmpty = inventory.seen.size === 0;
    const problems = [
      ...cluster.problems.map((detail) => ({ feed: null, detail })),
      ...inventory.problems,
      ...(audit?.problems ?? []),
    ];
    const isUnknown = isEmpty && (audit?.use.requests ?? 0) === 0;
    yield (isUnknown ? failures(problems) : gaps(cluster.name, problems)).map((row) =>
      observe('coverage', row),
    );
    if (isUnknown && problems.length === 0) yield cluster.files.map(passedOver);
    if (isUnknown) continue;
    const visible = { identities: [] as Uid[], grants: [] as Grant[] };
    const estate = estateOf(cluster.name, cluster.facts, inventory, context.asOf, audit !== null);
    if (!isEmpty) yield* inBatches(seenBy(visible, clusterRows(estate)), context.signal);
    if (audit === null) continue;
    yield* inBatches(auditRows(cluster.name, audit.use, visible), context.signal);
    yield [observe('coverage', auditCoverage(cluster.name, audit.use, audit.problems.length === 0))];
  }
}

/** Passes rows on, and keeps of them whom a log could name. */
function* seenBy(
  visible: { readonly identities: Uid[]; readonly grants: Grant[] },
  rows: Iterable<Observation>,
): Generator<Observation> {
  for (const each of rows) {
    if (each.table === 'identities') visible.identities.push(each.row.uid);
    if (each.table === 'grants') visible.grants.push(each.row);
    yield each;
  }
}

async function readInventory(files: readonly RecognisedFile[], signal: AbortSignal): Promise<Inventory> {
  const { inventory, file: start } = buildInventory();
  for (const file of files) {
    const intake = start(file.label, kindInName(file.path));
    for await (const pieces of piecesOf(file, isKind, signal)) {
      signal.throwIfAborted();
      for (const piece of pieces) {
        for (const found of unpack(piece)) intake.add(found);
      }
    }
    intake.end();
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

function gaps(cluster: string, problems: readonly Problem[]): Coverage[] {
  return problems.map(({ feed, detail }) =>
    coverageOf({ uid: clusterUid(cluster) }, feed, 'import file', 'partial', detail),
  );
}

/** Of files in which nothing could be read it is not even known that they are of a cluster. */
function failures(problems: readonly Problem[]): Coverage[] {
  const details = new Set(problems.map(({ detail }) => detail));
  return [...details].map((detail) => ({ ...ABOUT_NO_CLUSTER, status: 'failed', detail }));
}

/** A file that holds nothing about identities is said to have been seen. */
function passedOver({ label }: RecognisedFile): Observation {
  const detail = `${label}: holds no objects that say something about identities`;
  return observe('coverage', { ...ABOUT_NO_CLUSTER, status: 'complete', detail });
}

const ABOUT_NO_CLUSTER = {
  system: 'kubernetes',
  scopeUid: null,
  feed: null,
  call: 'import file',
  missingPermission: null,
} as const;

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
