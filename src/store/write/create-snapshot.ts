import { chmod, mkdir } from 'node:fs/promises';
import { StoreError } from '#model/errors.ts';
import type { Instant } from '#model/system.ts';
import { openDatabase, type Database } from '../database.ts';
import { ddl } from '../ddl.ts';
import { snapshotFile, snapshotsDir, stagingDir } from '../paths.ts';
import { newSnapshotId } from '../snapshot-id.ts';
import { SCHEMA_VERSION } from '../tables.ts';
import { claimTransient } from '../transient.ts';
import { removeLeftovers } from './leftovers.ts';
import { discardFiles, stagedSnapshot, type StagedSnapshot } from './staged-snapshot.ts';

export type { StagedSnapshot } from './staged-snapshot.ts';

/** What a snapshot says about itself from the start. */
export interface SnapshotStart {
  /** The time that ages are measured at. */
  readonly asOf: Instant;
  readonly startedAt: Instant;
  readonly toolVersion: string;
}

/**
 * Starts a new snapshot in `dataDir`, which is made where it is missing, and removes what killed scans left there.
 * Several may be written at once. Throws StoreError where the folder cannot be written.
 */
export async function createSnapshot(dataDir: string, start: SnapshotStart): Promise<StagedSnapshot> {
  try {
    return await create(dataDir, start);
  } catch (error) {
    if (error instanceof StoreError) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw new StoreError(`cannot write a snapshot in ${dataDir}: ${why}`, {
      hint: 'Choose another folder with --data, or make this one writable.',
      cause: error,
    });
  }
}

async function create(dataDir: string, start: SnapshotStart): Promise<StagedSnapshot> {
  // Snapshots say where an estate is weak: nobody else on the machine may read them.
  for (const folder of [dataDir, stagingDir(dataDir), snapshotsDir(dataDir)]) {
    await mkdir(folder, { recursive: true, mode: 0o700 });
  }
  await removeLeftovers(dataDir);
  const id = newSnapshotId(start.startedAt);
  const transient = claimTransient(dataDir, id);
  let database: Database | null = null;
  try {
    const { file, spillDir } = transient;
    database = await openDatabase(file, { access: 'READ_WRITE', spillDir, scratch: true });
    await chmod(file, 0o600);
    const connection = await database.connect();
    await connection.run(['BEGIN', ...ddl(), 'COMMIT'].join(';\n'));
    await connection.run(
      `INSERT INTO snapshot VALUES ($id, ${SCHEMA_VERSION}, $asOf, $startedAt, NULL, $toolVersion)`,
      {
        id,
        ...start,
      },
    );
    return stagedSnapshot({ id, database, connection, transient, target: snapshotFile(dataDir, id) });
  } catch (error) {
    database?.close();
    await discardFiles(transient);
    throw error;
  }
}
