import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import type { SnapshotRecords, TableName } from '#model/record.ts';
import type { Instant } from '#model/system.ts';
import { openSnapshot, type Snapshot } from '#store/read/open-snapshot.ts';
import { createSnapshot, type StagedSnapshot } from '#store/write/create-snapshot.ts';

export const AS_OF = '2026-03-01T12:00:00.000Z';

/** A folder that is not there yet; it is removed after the file's tests. */
export async function dataFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'nhi-store-'));
  folders.push(folder);
  return join(folder, 'data');
}

const folders: string[] = [];

afterAll(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

export function stage(
  dataDir: string,
  startedAt: Instant = AS_OF,
  asOf: Instant = startedAt,
): Promise<StagedSnapshot> {
  return createSnapshot(dataDir, { asOf, startedAt, toolVersion: '1.2.3' });
}

/** Publishes a snapshot with these rows; its id. */
export async function publish(
  dataDir: string,
  rows: { readonly [T in TableName]?: readonly SnapshotRecords[T][] } = {},
  startedAt: Instant = AS_OF,
  asOf: Instant = startedAt,
): Promise<string> {
  const staged = await stage(dataDir, startedAt, asOf);
  // Each list is its table's.
  for (const [table, list] of Object.entries(rows)) await staged.write(table as TableName, list);
  await staged.publish(startedAt);
  return staged.id;
}

/** Opens the snapshot, does the work and closes it. */
export async function reading<T>(
  dataDir: string,
  work: (snapshot: Snapshot) => Promise<T>,
  which?: string,
): Promise<T> {
  const snapshot = await openSnapshot(dataDir, which);
  try {
    return await work(snapshot);
  } finally {
    await snapshot.close();
  }
}

/** Everything that an iterable of batches gives. */
export async function collected<T>(batches: AsyncIterable<readonly T[]>): Promise<T[]> {
  const all: T[] = [];
  for await (const batch of batches) all.push(...batch);
  return all;
}
