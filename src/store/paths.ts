import { join } from 'node:path';

/** Where published snapshots are. */
export function snapshotsDir(dataDir: string): string {
  return join(dataDir, 'snapshots');
}

/** Where snapshots are written before they are published. */
export function stagingDir(dataDir: string): string {
  return join(dataDir, 'staging');
}

/** The file of a published snapshot. */
export function snapshotFile(dataDir: string, id: string): string {
  return join(snapshotsDir(dataDir), `${id}.duckdb`);
}
