import { rm } from 'node:fs/promises';
import type { Instant } from '#model/system.ts';
import { snapshotFile } from '../paths.ts';
import { listSnapshots } from '../read/list-snapshots.ts';

/** Which snapshots to keep. */
export interface PruneOptions {
  /** So many of the newest stay; at least one always does. */
  readonly keep: number;
  /** Of the others only those whose data are older than this go. */
  readonly olderThan?: Instant;
  /** Removes nothing and only tells. */
  readonly dryRun?: boolean;
}

/** Removes old snapshots and tells their ids, newest first. */
export async function pruneSnapshots(
  dataDir: string,
  { keep, olderThan, dryRun }: PruneOptions,
): Promise<string[]> {
  const readable = (await listSnapshots(dataDir)).filter((snapshot) => snapshot.problem === null);
  const old = readable
    .slice(Math.max(1, keep))
    .filter(({ asOf }) => olderThan === undefined || (asOf !== null && asOf < olderThan));
  if (dryRun !== true) for (const { id } of old) await rm(snapshotFile(dataDir, id), { force: true });
  return old.map(({ id }) => id);
}
