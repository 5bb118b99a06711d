import { open, mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { StoreError } from '#model/errors.ts';
import type { TableName } from '#model/record.ts';
import type { Instant } from '#model/system.ts';
import { openDatabase, type Database } from '../database.ts';
import { ddl } from '../ddl.ts';
import { snapshotFile, snapshotsDir, stagingDir } from '../paths.ts';
import { bind, readerOf } from '../read/run.ts';
import type { Params, Staging } from '../reader.ts';
import { newSnapshotId } from '../snapshot-id.ts';
import { SCHEMA_VERSION, sqlTable } from '../tables.ts';
import { openTableWriter, type TableWriter } from './table-writer.ts';

/** What a snapshot says about itself from the start. */
export interface SnapshotStart {
  /** The time that ages are measured at. */
  readonly asOf: Instant;
  readonly startedAt: Instant;
  readonly toolVersion: string;
}

/** A snapshot that is being written, and how that ends. */
export interface StagedSnapshot extends Staging {
  readonly id: string;
  /** Puts everything written so far where statements see it, and drops rows that repeat a uid. Reading does it too. */
  readonly settle: () => Promise<void>;
  /** Makes the snapshot complete, durable and visible to readers, in one step. */
  readonly publish: (finishedAt: Instant) => Promise<void>;
  /** Removes every trace. Does nothing after `publish` or a second time. */
  readonly discard: () => Promise<void>;
}

/** Starts a new snapshot in `dataDir`, which is made where it is missing. Throws StoreError. */
export async function createSnapshot(dataDir: string, start: SnapshotStart): Promise<StagedSnapshot> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  await mkdir(stagingDir(dataDir), { recursive: true, mode: 0o700 });
  await mkdir(snapshotsDir(dataDir), { recursive: true, mode: 0o700 });
  const id = newSnapshotId(start.startedAt);
  const file = join(stagingDir(dataDir), `${id}.duckdb`);
  const database = await openDatabase(file, { access: 'READ_WRITE', spillDir: `${file}.tmp` });
  const connection = await database.connect();
  for (const statement of ddl()) await connection.run(statement);
  await connection.run(
    `INSERT INTO snapshot VALUES ($id, ${SCHEMA_VERSION}, $asOf, $startedAt, NULL, $toolVersion)`,
    {
      id,
      ...start,
    },
  );
  return staged({ id, file, target: snapshotFile(dataDir, id), database, connection });
}

interface Open {
  readonly id: string;
  readonly file: string;
  readonly target: string;
  readonly database: Database;
  readonly connection: DuckDBConnection;
}

function staged({ id, file, target, database, connection }: Open): StagedSnapshot {
  const writers = new Map<TableName, Promise<TableWriter<TableName>>>();
  const reader = readerOf(database);
  let open = true;
  function writer(table: TableName): Promise<TableWriter<TableName>> {
    const known = writers.get(table) ?? openTableWriter(database.duckdb, connection, table);
    writers.set(table, known);
    return known;
  }
  async function settle(): Promise<void> {
    for (const writing of writers.values()) (await writing).flush();
  }
  function close(): void {
    open = false;
    connection.disconnectSync();
    database.close();
  }
  return {
    id,
    settle,
    write: async (table, rows) => (await writer(table)).append(rows),
    async all(sql, params) {
      await settle();
      return reader.all(sql, params);
    },
    async *stream(sql, params) {
      await settle();
      yield* reader.stream(sql, params);
    },
    async insertSelect(table, columns, select, params: Params = {}) {
      await settle();
      const names = columns.map((column) => `"${column}"`).join(', ');
      const statement = await connection.prepare(`INSERT INTO ${sqlTable(table).name} (${names}) ${select}`);
      bind(database.duckdb, statement, params);
      return (await statement.run()).rowsChanged;
    },
    async publish(finishedAt) {
      if (!open) throw new StoreError(`snapshot ${id} is closed`);
      await settle();
      await connection.run('UPDATE snapshot SET finished_at = $finishedAt', { finishedAt });
      await connection.run('CHECKPOINT');
      close();
      await sync(file);
      await rename(file, target);
      await sync(join(target, '..'));
    },
    async discard() {
      if (!open) return;
      close();
      for (const ending of ['', '.wal', '.tmp']) await rm(file + ending, { force: true, recursive: true });
    },
  };
}

async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
