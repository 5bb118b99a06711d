import { setImmediate } from 'node:timers/promises';
import type { DuckDBConnection, DuckDBDataChunk } from '@duckdb/node-api';
import { StoreError } from '#model/errors.ts';
import type { SnapshotRecords, TableName } from '#model/record.ts';
import type { DuckDb } from '../database.ts';
import { sqlTable } from '../tables.ts';
import { contentHash } from './content-hash.ts';
import { encoder, vectorType } from './encode.ts';

/** DuckDB's vector size: the most rows that one chunk can hold. */
const CHUNK_ROWS = 2048;

/** Appends rows to one table, a chunk at a time. */
export interface TableWriter<T extends TableName> {
  readonly append: (rows: readonly SnapshotRecords[T][]) => Promise<void>;
  /** Puts every row given so far into the connection's transaction. */
  readonly flush: () => void;
}

/** Opens a writer on a connection, whose transaction it writes into. */
export async function openTableWriter<T extends TableName>(
  duckdb: DuckDb,
  connection: DuckDBConnection,
  table: T,
): Promise<TableWriter<T>> {
  const { name, columns, hashed } = sqlTable(table);
  const fields = columns.map(({ field, type }) => ({ field, encode: encoder(duckdb, type) }));
  const types = columns.map(({ type }) => vectorType(duckdb, type));
  if (hashed) types.push(duckdb.UBIGINT);
  const appender = await connection.createAppender(name);
  const pending: SnapshotRecords[T][] = [];

  function appendChunk(rows: readonly SnapshotRecords[T][]): void {
    const chunk = duckdb.DuckDBDataChunk.create(types, rows.length);
    for (const [index, { field, encode }] of fields.entries()) fill(chunk, index, field, rows, encode);
    if (hashed) chunk.setColumnValues(fields.length, rows.map(contentHash));
    appender.appendDataChunk(chunk);
  }

  function fill(
    chunk: DuckDBDataChunk,
    index: number,
    field: string,
    rows: readonly SnapshotRecords[T][],
    encode: ReturnType<typeof encoder>,
  ): void {
    try {
      // Every field is one of the row type's, which the table definitions see to.
      chunk.setColumnValues(
        index,
        rows.map((row) => encode(row[field as keyof typeof row])),
      );
    } catch (error) {
      throw new StoreError(`${name}.${field}: ${error instanceof Error ? error.message : String(error)}`, {
        cause: error,
      });
    }
  }

  return {
    async append(rows) {
      for (const row of rows) {
        pending.push(row);
        if (pending.length < CHUNK_ROWS) continue;
        appendChunk(pending.splice(0));
        await setImmediate();
      }
    },
    flush() {
      if (pending.length > 0) appendChunk(pending.splice(0));
      appender.flushSync();
    },
  };
}
