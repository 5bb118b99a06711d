import { readdir, stat } from 'node:fs/promises';
import { StoreError } from '#model/errors.ts';
import type { Instant } from '#model/system.ts';
import { snapshotFile, snapshotsDir } from '../paths.ts';
import { SCHEMA_VERSION } from '../tables.ts';
import { openAnyVersion, otherVersion } from './open-file.ts';

/** A published snapshot, or a file in the place of one that cannot be read: `problem` says why. */
export interface ListedSnapshot {
  readonly id: string;
  readonly file: string;
  readonly bytes: number;
  /** null where it cannot be told, like everything below. */
  readonly schemaVersion: number | null;
  readonly asOf: Instant | null;
  readonly finishedAt: Instant | null;
  readonly toolVersion: string | null;
  readonly identities: number | null;
  readonly findings: number | null;
  readonly problem: string | null;
}

const ENDING = '.duckdb';

/** Every snapshot, newest first; none where the folder is missing. A file that cannot be read hides no other. */
export async function listSnapshots(dataDir: string): Promise<ListedSnapshot[]> {
  const listed: ListedSnapshot[] = [];
  for (const id of await snapshotIds(dataDir)) listed.push(await describeSnapshot(dataDir, id));
  return listed;
}

/** The names of the files in the snapshot folder, newest first. */
export async function snapshotIds(dataDir: string): Promise<string[]> {
  const names = await readdir(snapshotsDir(dataDir)).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw new StoreError(`cannot read ${snapshotsDir(dataDir)}`, {
      hint: 'Choose another folder with --data, or make this one readable.',
      cause: error,
    });
  });
  const ids = names.filter((name) => name.endsWith(ENDING)).map((name) => name.slice(0, -ENDING.length));
  return ids.toSorted().toReversed();
}

async function describeSnapshot(dataDir: string, id: string): Promise<ListedSnapshot> {
  const file = snapshotFile(dataDir, id);
  const bytes = await stat(file).then(
    ({ size }) => size,
    () => 0,
  );
  const nothing = { schemaVersion: null, asOf: null, finishedAt: null, toolVersion: null };
  const noCounts = { identities: null, findings: null };
  try {
    const { info, schemaVersion, all, close } = await openAnyVersion(file);
    try {
      const { asOf, finishedAt, toolVersion } = info;
      const known = { id, file, bytes, schemaVersion, asOf, finishedAt, toolVersion };
      if (schemaVersion !== SCHEMA_VERSION) {
        return { ...known, ...noCounts, problem: otherVersion(file, schemaVersion, toolVersion).message };
      }
      const [counts = noCounts] = await all<{ identities: number; findings: number }>(
        'SELECT (SELECT count(*) FROM identities) AS identities, (SELECT count(*) FROM findings) AS findings',
      );
      return { ...known, ...counts, problem: null };
    } finally {
      await close();
    }
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    return { id, file, bytes, ...nothing, ...noCounts, problem: error.message };
  }
}
