import { setImmediate } from 'node:timers/promises';
import type { DuckDBConnection } from '@duckdb/node-api';
import { StoreError } from '#model/errors.ts';
import type { SnapshotRecords, TableName } from '#model/record.ts';
import type { DuckDb } from '../database.ts';
import { openTableWriter, type TableWriter } from './table-writer.ts';

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

/**
 * Opens a writer; the connection is its own from now on. One transaction goes from commit to commit, however many rows
 * that are: DuckDB compresses and writes them by the row group, and would do so twice for smaller transactions.
 */
export function openRowWriter(duckdb: DuckDb, connection: DuckDBConnection): RowWriter {
  const writers = new Map<TableName, Promise<TableWriter<TableName>>>();
  const touched = new Set<TableName>();
  const oneByOne = queue();
  let inTransaction = false;
  let broken: StoreError | null = null;

  function writerFor(table: TableName): Promise<TableWriter<TableName>> {
    const writer = writers.get(table) ?? oneByOne(() => openTableWriter(duckdb, connection, table));
    writers.set(table, writer);
    return writer;
  }

  async function handOver(writer: TableWriter<TableName>): Promise<void> {
    if (!inTransaction) await connection.run('BEGIN');
    inTransaction = true;
    writer.handOver();
  }

  async function commitAll(): Promise<void> {
    for (const writer of writers.values()) await handOver(await writer);
    if (inTransaction) await connection.run('COMMIT');
    inTransaction = false;
  }

  /** Rows of other tables were lost with a write that failed: whoever goes on in spite of it must not publish. */
  async function orBroken(work: () => Promise<void>): Promise<void> {
    if (broken !== null) throw broken;
    try {
      await work();
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      broken = new StoreError(`cannot write the snapshot: ${why}`, {
        hint: 'Nothing was published. Is there room on the disk?',
        cause: error,
      });
      throw broken;
    }
  }

  return {
    async write(table, rows) {
      const writer = await writerFor(table);
      touched.add(table);
      for (const row of rows) {
        if (!writer.add(row)) continue;
        await oneByOne(() => orBroken(() => handOver(writer)));
        await setImmediate();
      }
    },
    async commit() {
      await oneByOne(() => orBroken(commitAll));
      const tables = [...touched];
      touched.clear();
      return tables;
    },
    exclusively: (work) =>
      oneByOne(async () => {
        await orBroken(commitAll);
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
