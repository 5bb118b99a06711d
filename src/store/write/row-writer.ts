import { setImmediate } from 'node:timers/promises';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { SnapshotRecords, TableName } from '#model/record.ts';
import type { DuckDb } from '../database.ts';
import { openTableWriter, type TableWriter } from './table-writer.ts';

/** A commit compresses and writes what it holds. DuckDB does that best by its row group. */
const COMMIT_ROWS = 122_880;

/** What a commit holds is in memory until then. */
const COMMIT_CHARACTERS = 64 * 2 ** 20;

/** Writes rows to the tables of a database on one connection. */
export interface RowWriter {
  readonly write: <T extends TableName>(table: T, rows: readonly SnapshotRecords[T][]) => Promise<void>;
  /** Commits everything written so far; the tables that were written to since the last time. */
  readonly commit: () => Promise<readonly TableName[]>;
  /** Runs work on the connection while nothing else does; everything written before it is committed. */
  readonly exclusively: <T>(work: () => Promise<T>) => Promise<T>;
  /** What was not committed is lost. */
  readonly close: () => Promise<void>;
}

/** Opens a writer. The connection is its own from now on. */
export function openRowWriter(duckdb: DuckDb, connection: DuckDBConnection): RowWriter {
  const writers = new Map<TableName, Promise<TableWriter<TableName>>>();
  const touched = new Set<TableName>();
  const oneByOne = queue();
  let pending = { rows: 0, characters: 0 };
  let inTransaction = false;

  function writerFor(table: TableName): Promise<TableWriter<TableName>> {
    const writer = writers.get(table) ?? oneByOne(() => openTableWriter(duckdb, connection, table));
    writers.set(table, writer);
    return writer;
  }

  async function flush(writer: TableWriter<TableName>): Promise<void> {
    if (!inTransaction) await connection.run('BEGIN');
    inTransaction = true;
    const { rows, characters } = writer.flush();
    pending = { rows: pending.rows + rows, characters: pending.characters + characters };
  }

  async function endTransaction(): Promise<void> {
    if (!inTransaction) return;
    inTransaction = false;
    pending = { rows: 0, characters: 0 };
    await connection.run('COMMIT');
  }

  async function commitAll(): Promise<void> {
    for (const writer of writers.values()) await flush(await writer);
    await endTransaction();
  }

  return {
    async write(table, rows) {
      const writer = await writerFor(table);
      touched.add(table);
      for (const row of rows) {
        if (!writer.add(row)) continue;
        await oneByOne(async () => {
          await flush(writer);
          if (pending.rows >= COMMIT_ROWS || pending.characters >= COMMIT_CHARACTERS) await endTransaction();
        });
        await setImmediate();
      }
    },
    async commit() {
      await oneByOne(commitAll);
      const tables = [...touched];
      touched.clear();
      return tables;
    },
    exclusively: (work) =>
      oneByOne(async () => {
        await commitAll();
        return work();
      }),
    close: () =>
      oneByOne(async () => {
        for (const writer of writers.values()) (await writer).close();
        connection.disconnectSync();
      }),
  };
}

/** Runs work one after the other, in the order of asking. */
function queue(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const run = last.then(work);
    last = run.catch(() => undefined);
    return run;
  };
}
