import { openDatabase, type Database } from '../database.ts';
import { snapshotFile } from '../paths.ts';
import type { Reader } from '../reader.ts';
import { claimTransient } from '../transient.ts';
import { openSnapshot, type SnapshotInfo } from './open-snapshot.ts';
import { statementReader } from './statement-reader.ts';

/** Two published snapshots, open for reading in one place: `before.identities`, `after.identities`. */
export interface SnapshotPair extends Reader {
  readonly before: SnapshotInfo;
  readonly after: SnapshotInfo;
  /** Does nothing when called again. */
  readonly close: () => Promise<void>;
}

/** Where a snapshot is: a data folder and which of those in it. */
export interface SnapshotPlace {
  readonly dataDir: string;
  readonly which?: string;
}

/** Opens two snapshots together, which may be the same one. Throws StoreError as `openSnapshot` does for each. */
export async function openPair(before: SnapshotPlace, after: SnapshotPlace): Promise<SnapshotPair> {
  // Opened one by one first: that says what is wrong with a file.
  const [first, second] = [await infoOf(before), await infoOf(after)];
  const transient = claimTransient(after.dataDir, 'pair');
  let database: Database | null = null;
  let open = true;
  async function close(): Promise<void> {
    if (!open) return;
    open = false;
    database?.close();
    transient.release();
  }
  try {
    const files = {
      before: snapshotFile(before.dataDir, first.id),
      after: snapshotFile(after.dataDir, second.id),
    };
    const same = files.before === files.after;
    database = await openDatabase(':memory:', {
      access: 'READ_WRITE',
      spillDir: transient.spillDir,
      attach: same ? { after: files.after } : files,
    });
    const reader = statementReader(database);
    return { before: first, after: second, ...(same ? aliased(reader) : reader), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function infoOf({ dataDir, which }: SnapshotPlace): Promise<SnapshotInfo> {
  const snapshot = await openSnapshot(dataDir, which);
  const { info } = snapshot;
  await snapshot.close();
  return info;
}

/** DuckDB attaches a file once: a snapshot beside itself answers to both names. */
function aliased(reader: Reader): Reader {
  const both = (sql: string) => sql.replaceAll(/\bbefore\./gu, 'after.');
  return {
    all: async (sql, params, signal) => reader.all(both(sql), params, signal),
    stream: (sql, params) => reader.stream(both(sql), params),
  };
}
