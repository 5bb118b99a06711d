import { rm } from 'node:fs/promises';
import { StoreError } from '#model/errors.ts';
import type { Instant } from '#model/system.ts';
import { listSnapshots } from '../read/list-snapshots.ts';
import { isSnapshotId } from '../snapshot-id.ts';

/** Which snapshots stay. */
export interface PruneOptions {
  /** So many of the newest; one in any case. */
  readonly keep: number;
  /** Of the others, those whose data are not older than this. */
  readonly olderThan?: Instant;
  /** Remove nothing and only tell. */
  readonly dryRun?: boolean;
}

/**
 * Removes old snapshots, those of other schema versions too, and tells their ids, newest first. Files that cannot be
 * understood are left to the user, and the newest snapshot that can be read always stays.
 */
export async function pruneSnapshots(
  dataDir: string,
  { keep, olderThan, dryRun = false }: PruneOptions,
): Promise<string[]> {
  if (!Number.isSafeInteger(keep) || keep < 0) {
    throw new StoreError(`cannot keep ${keep} snapshots`, { hint: 'Say how many, as a whole number.' });
  }
  const snapshots = (await listSnapshots(dataDir)).filter(
    ({ id, asOf }) => isSnapshotId(id) && asOf !== null,
  );
  const staying = new Set(snapshots.filter(({ problem }) => problem === null).slice(0, Math.max(1, keep)));
  const oldest = [...staying].at(-1);
  const removed = snapshots.filter(
    (snapshot) =>
      !staying.has(snapshot) &&
      oldest !== undefined &&
      snapshot.id < oldest.id &&
      (olderThan === undefined || (snapshot.asOf !== null && snapshot.asOf < olderThan)),
  );
  if (!dryRun) for (const { file } of removed) await rm(file, { force: true });
  return removed.map(({ id }) => id);
}
