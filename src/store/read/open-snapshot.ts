import { StoreError } from '#model/errors.ts';
import { snapshotFile } from '../paths.ts';
import { snapshotIds } from './list-snapshots.ts';
import { openFile, type Snapshot } from './open-file.ts';

export type { Snapshot, SnapshotInfo } from './open-file.ts';

/**
 * Opens a published snapshot: the newest, or the one that `which` names by id or by the start of one, or, for a date
 * or time, the newest whose data are not later. Throws StoreError where there is none.
 */
export async function openSnapshot(dataDir: string, which = 'latest'): Promise<Snapshot> {
  const ids = await snapshotIds(dataDir);
  const id = which === 'latest' ? ids[0] : ids.find((candidate) => candidate.startsWith(which));
  if (id === undefined) {
    throw new StoreError(`no snapshot in ${dataDir}`, { hint: 'Take one with: nhi scan' });
  }
  return openFile(snapshotFile(dataDir, id));
}

/** The newest snapshot that can be read, or null where there is none. */
export async function openPrevious(dataDir: string): Promise<Snapshot | null> {
  const [id] = await snapshotIds(dataDir);
  return id === undefined ? null : openFile(snapshotFile(dataDir, id));
}
