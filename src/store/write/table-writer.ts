import type { DuckDBConnection, DuckDBType, DuckDBValue } from '@duckdb/node-api';
import { StoreError } from '#model/errors.ts';
import type { SnapshotRecords, TableName } from '#model/record.ts';
import type { DuckDb } from '../database.ts';
import { hasUid, modelColumns, sqlTable } from '../tables.ts';
import { contentHash } from './content-hash.ts';
import { encoder, vectorType } from './encode.ts';
import { textVector } from './repeated-texts.ts';

/** DuckDB's vector size: the most rows that a chunk can hold. */
const CHUNK_ROWS = 2048;

/** Rows with large documents are handed over earlier. */
const CHUNK_CHARACTERS = 8 * 2 ** 20;

/** Gathers the rows of one table into chunks. */
export interface TableWriter<T extends TableName> {
  /** Encodes and keeps a row; true: a chunk is full. Throws StoreError where a value does not fit. */
  readonly add: (row: SnapshotRecords[T]) => boolean;
  /** Hands everything kept to the connection's transaction. */
  readonly handOver: () => void;
  /** What was not handed over is lost. */
  readonly close: () => void;
}

/** Opens a writer on a connection; it may do so inside a transaction. */
export async function openTableWriter<T extends TableName>(
  duckdb: DuckDb,
  connection: DuckDBConnection,
  table: T,
): Promise<TableWriter<T>> {
  const encode = rowEncoder(duckdb, table);
  const types = sqlTable(table).columns.map(({ type }) => vectorType(duckdb, type));
  const appender = await connection.createAppender(sqlTable(table).name);
  const full: Chunk[] = [];
  let filling = emptyChunk(types.length);

  function vectorTypes(columns: Chunk['columns']): DuckDBType[] {
    return types.map((type, index) =>
      type === duckdb.VARCHAR ? textVector(duckdb, columns[index] ?? []) : type,
    );
  }

  return {
    add(row) {
      addTo(filling, encode(row));
      if (filling.rows < CHUNK_ROWS && filling.characters < CHUNK_CHARACTERS) return false;
      full.push(filling);
      filling = emptyChunk(types.length);
      return true;
    },
    handOver() {
      // Several writes of the same table may have waited for their turn: there can be more than one chunk.
      const chunks = [...full.splice(0), filling].filter(({ rows }) => rows > 0);
      filling = emptyChunk(types.length);
      for (const { columns } of chunks) {
        const chunk = duckdb.DuckDBDataChunk.create(vectorTypes(columns));
        chunk.setColumns(columns);
        appender.appendDataChunk(chunk);
        appender.flushSync();
      }
    },
    close() {
      appender.clear();
      appender.closeSync();
    },
  };
}

/** Makes a row's values in the order of the table's columns. */
function rowEncoder(duckdb: DuckDb, table: TableName): (row: object) => DuckDBValue[] {
  const columns = modelColumns(table).map(({ field, name, type }) => ({
    field,
    name,
    encode: encoder(duckdb, type),
  }));
  const hashed = hasUid(table);
  return (row) => {
    // Every field has its column, and no column is without its field: the compiler checked it in the definitions.
    const fields = row as Readonly<Record<string, unknown>>;
    const values: DuckDBValue[] = [];
    for (const { field, name, encode } of columns) {
      try {
        values.push(encode(fields[field]));
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        throw new StoreError(`cannot store ${name} of a row of ${table}: ${why}`, { cause: error });
      }
    }
    if (hashed) values.push(contentHash(values));
    return values;
  };
}

/** Rows, column by column. */
interface Chunk {
  readonly columns: readonly DuckDBValue[][];
  rows: number;
  characters: number;
}

function emptyChunk(width: number): Chunk {
  return { columns: Array.from({ length: width }, () => []), rows: 0, characters: 0 };
}

function addTo(chunk: Chunk, values: readonly DuckDBValue[]): void {
  let index = 0;
  for (const value of values) {
    chunk.columns[index]?.push(value);
    if (typeof value === 'string') chunk.characters += value.length;
    index += 1;
  }
  chunk.rows += 1;
}
