import { dirname } from 'node:path';
import { StoreError } from '#model/errors.ts';
import type { SnapshotRecords, TableName } from '#model/record.ts';
import type { Instant } from '#model/system.ts';
import { openDatabase, type Database, type DatabaseOptions } from '../database.ts';
import type { Reader } from '../reader.ts';
import { SCHEMA_VERSION, SNAPSHOT } from '../tables.ts';
import { claimTransient } from '../transient.ts';
import { assertDatabaseFile, damaged, foreign } from './file-problem.ts';
import { statementReader } from './statement-reader.ts';
import { tableRows, type RowFilter } from './table-rows.ts';

/** What a snapshot says about itself. */
export interface SnapshotInfo {
  readonly id: string;
  readonly asOf: Instant;
  readonly startedAt: Instant;
  readonly finishedAt: Instant;
  readonly toolVersion: string;
}

/** A published snapshot, open for reading. */
export interface Snapshot extends Reader {
  readonly info: SnapshotInfo;
  /** A table's rows as the model has them, in batches, in the order in which they were written. */
  readonly rows: <T extends TableName>(table: T, filter?: RowFilter) => AsyncIterable<SnapshotRecords[T][]>;
  /** Does nothing when called again. */
  readonly close: () => Promise<void>;
}

/** A file that a snapshot of some schema version is in. */
export interface OpenedFile extends Reader {
  readonly database: Database;
  readonly info: SnapshotInfo;
  readonly schemaVersion: number;
  readonly close: () => Promise<void>;
}

type FileOptions = Pick<DatabaseOptions, 'scratch' | 'browsed'>;

/** Opens the file of a published snapshot of this version. Throws StoreError where it is none. */
export async function openFile(file: string): Promise<Snapshot> {
  const { database: _, ...snapshot } = await openThisVersion(file);
  return snapshot;
}

/** The same with its database, which has an empty one `scratch` beside it where that is asked for. */
export async function openThisVersion(
  file: string,
  options: FileOptions = {},
): Promise<Snapshot & { readonly database: Database }> {
  const { schemaVersion, ...opened } = await openAnyVersion(file, options);
  if (schemaVersion !== SCHEMA_VERSION) {
    await opened.close();
    throw otherVersion(file, schemaVersion, opened.info.toolVersion);
  }
  return { ...opened, rows: (table, filter) => tableRows(opened, table, filter) };
}

/** The error for a snapshot of another schema version. */
export function otherVersion(file: string, found: number, toolVersion: string): StoreError {
  return new StoreError(
    `${file} has schema version ${found}, written by nhi ${toolVersion}; this one reads version ${SCHEMA_VERSION}`,
    { hint: 'Take a new snapshot with nhi scan, or read this one with the version that wrote it.' },
  );
}

/** Opens a file and reads what it says about itself, which every schema version says in the same way. */
export async function openAnyVersion(file: string, options: FileOptions = {}): Promise<OpenedFile> {
  await assertDatabaseFile(file);
  const transient = claimTransient(dirname(dirname(file)), 'read');
  let database: Database | null = null;
  let open = true;
  async function close(): Promise<void> {
    if (!open) return;
    open = false;
    database?.close();
    transient.release();
  }
  try {
    database = await openDatabase(file, { ...options, access: 'READ_ONLY', spillDir: transient.spillDir });
    const reader = statementReader(database);
    const { schemaVersion, ...info } = await readInfo(reader, file);
    return { info, schemaVersion, database, ...reader, close };
  } catch (error) {
    await close();
    // What this module found by itself has no cause; what DuckDB says has.
    throw error instanceof StoreError && error.cause === undefined ? error : damaged(file, error);
  }
}

async function readInfo(
  reader: Reader,
  file: string,
): Promise<SnapshotInfo & { readonly schemaVersion: number }> {
  const columns = await reader.all<{ name: string; type: string }>(
    `SELECT column_name AS name, data_type AS type FROM duckdb_columns() WHERE table_name = $table ORDER BY column_index`,
    { table: SNAPSHOT.name },
  );
  if (signature(columns) !== signature(SNAPSHOT.columns))
    throw foreign(file, 'it is a DuckDB database of something else');
  const [info] = await reader.all<SnapshotInfo & { readonly schemaVersion: number }>(
    `SELECT id, as_of AS "asOf", started_at AS "startedAt", finished_at AS "finishedAt",
       tool_version AS "toolVersion", schema_version AS "schemaVersion"
     FROM snapshot WHERE finished_at IS NOT NULL`,
  );
  if (info === undefined) throw foreign(file, 'its scan did not end');
  return info;
}

function signature(columns: readonly { readonly name: string; readonly type: string }[]): string {
  return columns.map(({ name, type }) => `${name} ${type}`).join(', ');
}
