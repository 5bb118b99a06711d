import { readdir, stat } from 'node:fs/promises';
import type { Instant } from '#model/system.ts';
import { snapshotFile, snapshotsDir } from '../paths.ts';
import { isSnapshotId } from '../snapshot-id.ts';
import { openFile } from './open-file.ts';

/** A published snapshot, or a file that is in its place and cannot be read. */
export interface ListedSnapshot {
  readonly id: string;
  readonly file: string;
  readonly bytes: number;
  /** null, like the counts, where `problem` says why it cannot be read. */
  readonly asOf: Instant | null;
  readonly finishedAt: Instant | null;
  readonly toolVersion: string | null;
  readonly identities: number | null;
  readonly findings: number | null;
  readonly problem: string | null;
}

/** Every snapshot, newest first. A file that cannot be read is listed with its problem and hides no other. */
export async function listSnapshots(dataDir: string): Promise<ListedSnapshot[]> {
  return Promise.all((await snapshotIds(dataDir)).map((id) => describeSnapshot(dataDir, id)));
}

/** The ids of the files in the snapshot folder, newest first; none where the folder is missing. */
export async function snapshotIds(dataDir: string): Promise<string[]> {
  const names = await readdir(snapshotsDir(dataDir)).catch(() => []);
  return names
    .filter((name) => name.endsWith('.duckdb'))
    .map((name) => name.slice(0, -'.duckdb'.length))
    .filter(isSnapshotId)
    .toSorted()
    .toReversed();
}

async function describeSnapshot(dataDir: string, id: string): Promise<ListedSnapshot> {
  const file = snapshotFile(dataDir, id);
  const bytes = await stat(file).then(
    (found) => found.size,
    () => 0,
  );
  try {
    const snapshot = await openFile(file);
    const [counts] = await snapshot.all<{ identities: number; findings: number }>(
      'SELECT (SELECT count(*) FROM identities) AS identities, (SELECT count(*) FROM findings) AS findings',
    );
    snapshot.close();
    const { asOf, finishedAt, toolVersion } = snapshot.info;
    const { identities = null, findings = null } = counts ?? {};
    return { id, file, bytes, asOf, finishedAt, toolVersion, identities, findings, problem: null };
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    const unknown = { asOf: null, finishedAt: null, toolVersion: null, identities: null, findings: null };
    return { id, file, bytes, ...unknown, problem };
  }
}
