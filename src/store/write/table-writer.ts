import type { DuckDBConnection, DuckDBValue } from '@duckdb/node-api';
import { StoreError } from '#model/errors.ts';
import type { SnapshotRecords, TableName } from '#model/record.ts';
import type { DuckDb } from '../database.ts';
import { hasUid, modelColumns, sqlTable } from '../tables.ts';
import { contentHash } from './content-hash.ts';
import { encoder, vectorType } from './encode.ts';

/** DuckDB's vector size: the most rows that a chunk can hold. */
const CHUNK_ROWS = 2048;

/** Rows with large documents are handed over earlier. */
const CHUNK_CHARACTERS = 8 * 2 ** 20;

/** Gathers the rows of one table into chunks. */
export interface TableWriter<T extends TableName> {
  /** Encodes a row and keeps it; true: the chunk is full. Throws StoreError where a value does not fit. */
  readonly add: (row: SnapshotRecords[T]) => boolean;
  /** Hands what was kept to the connection's transaction; how much that was. */
  readonly flush: () => Amount;
  /** What was not flushed is lost. */
  readonly close: () => void;
}

/** So many rows with so many characters of text. */
export interface Amount {
  readonly rows: number;
  readonly characters: number;
}

/** Opens a writer on a connection; it may do so inside a transaction. */
export async function openTableWriter<T extends TableName>(
  duckdb: DuckDb,
  connection: DuckDBConnection,
  table: T,
): Promise<TableWriter<T>> {
  const { name } = sqlTable(table);
  const columns = modelColumns(table);
  const hashed = hasUid(table);
  const fields = columns.map(({ field }) => field);
  const encoders = columns.map(({ type }) => encoder(duckdb, type));
  const types = columns.map(({ type }) => vectorType(duckdb, type));
  if (hashed) types.push(duckdb.UBIGINT);
  const appender = await connection.createAppender(name);
  let kept: DuckDBValue[][] = [];
  let characters = 0;

  function encodeRow(row: object): DuckDBValue[] {
    // The table definitions name every field of the row, and no other.
    const members = row as Readonly<Record<string, unknown>>;
    const values: DuckDBValue[] = [];
    for (const [index, field] of fields.entries()) {
      const value = encodeField(index, field, members[field]);
      if (typeof value === 'string') characters += value.length;
      values.push(value);
    }
    if (hashed) values.push(contentHash(row, fields));
    return values;
  }

  function encodeField(index: number, field: string, value: unknown): DuckDBValue {
    try {
      return encoders[index]?.(value) ?? null;
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      throw new StoreError(`cannot store ${field} of a row of ${name}: ${why}`, { cause: error });
    }
  }

  return {
    add(row) {
      kept.push(encodeRow(row));
      return kept.length >= CHUNK_ROWS || characters >= CHUNK_CHARACTERS;
    },
    flush() {
      const amount = { rows: kept.length, characters };
      // Several writers of the same table may have waited: there can be more than one chunk.
      for (let start = 0; start < kept.length; start += CHUNK_ROWS) {
        const rows = kept.slice(start, start + CHUNK_ROWS);
        const chunk = duckdb.DuckDBDataChunk.create(types, rows.length);
        chunk.setRows(rows);
        appender.appendDataChunk(chunk);
        appender.flushSync();
      }
      kept = [];
      characters = 0;
      return amount;
    },
    close() {
      appender.clear();
      appender.closeSync();
    },
  };
}
