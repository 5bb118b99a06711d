import { StoreError } from '#model/errors.ts';
import { snapshotFile } from '../paths.ts';
import { isSnapshotId } from '../snapshot-id.ts';
import { listSnapshots, snapshotIds } from './list-snapshots.ts';
import { openFile, type Snapshot } from './open-file.ts';

export type { Snapshot, SnapshotInfo } from './open-file.ts';

const DATE = /^\d{4}-\d{2}-\d{2}$/u;
const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}[\d:.]*(?<zone>Z|[+-]\d{2}:\d{2})?$/u;

/**
 * Opens a published snapshot: the newest, or the one that `which` names by its id or the beginning of it, or, for a
 * date or time in UTC, the newest whose data are not later (a date includes its whole day). Throws StoreError where
 * there is none and where the file cannot be read: an older one never takes its place.
 */
export async function openSnapshot(dataDir: string, which = 'latest'): Promise<Snapshot> {
  return openFile(await chosenFile(dataDir, which));
}

/** The file of the snapshot that `openSnapshot` opens. Throws StoreError as it does where there is none. */
export async function chosenFile(dataDir: string, which = 'latest'): Promise<string> {
  const ids = await snapshotIds(dataDir);
  const newest = ids.find(isSnapshotId);
  if (newest === undefined) {
    throw new StoreError(`there is no snapshot in ${dataDir} yet`, { hint: 'Take one with: nhi scan' });
  }
  const id = which === 'latest' ? newest : await chosen(dataDir, ids, which);
  return snapshotFile(dataDir, id);
}

/** The newest snapshot that can be read, or null where there is none: for comparing with what was. */
export async function openPrevious(dataDir: string): Promise<Snapshot | null> {
  for (const id of await snapshotIds(dataDir)) {
    if (!isSnapshotId(id)) continue;
    try {
      return await openFile(snapshotFile(dataDir, id));
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
    }
  }
  return null;
}

async function chosen(dataDir: string, ids: readonly string[], which: string): Promise<string> {
  if (ids.includes(which)) return which;
  if (DATE.test(which)) return notLaterThan(dataDir, which, `${which}T23:59:59.999Z`);
  const time = TIME.exec(which);
  if (time !== null)
    return notLaterThan(dataDir, which, time.groups?.['zone'] === undefined ? `${which}Z` : which);
  const [match, ...others] = ids.filter((id) => id.startsWith(which));
  const hint = 'nhi snapshots lists them.';
  if (match === undefined || which === '')
    throw new StoreError(`there is no snapshot ${which} in ${dataDir}`, { hint });
  if (others.length > 0) throw new StoreError(`${which} can mean ${others.length + 1} snapshots`, { hint });
  return match;
}

async function notLaterThan(dataDir: string, which: string, limit: string): Promise<string> {
  const time = Date.parse(limit);
  if (Number.isNaN(time))
    throw new StoreError(`${which} is not a date or time`, {
      hint: 'Write it as 2026-01-31 or 2026-01-31T12:00:00Z.',
    });
  const inTime = (await listSnapshots(dataDir))
    .filter(({ asOf, problem }) => problem === null && asOf !== null && Date.parse(asOf) <= time)
    .toSorted((a, b) => Date.parse(b.asOf ?? '') - Date.parse(a.asOf ?? ''));
  const [newest] = inTime;
  if (newest === undefined) {
    throw new StoreError(`no snapshot in ${dataDir} is from ${which} or before`, {
      hint: 'nhi snapshots lists them.',
    });
  }
  return newest.id;
}
