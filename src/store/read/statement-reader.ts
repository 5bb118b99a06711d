import type { DuckDBDataChunk, DuckDBResult } from '@duckdb/node-api';
import { StoreError } from '#model/errors.ts';
import type { Database, DuckDb } from '../database.ts';
import { interruptible } from '../interruptible.ts';
import type { Params, Reader } from '../reader.ts';
import { prepare, storeError } from '../statement.ts';
import { toPlain } from './plain-values.ts';

/** Runs statements that only read, each on a connection of its own: none sees another's settings or spoils its result. */
export function statementReader(database: Database): Reader {
  return {
    async all<Row extends object>(sql: string, params: Params = {}, signal?: AbortSignal) {
      const connection = await connect(database);
      try {
        return await interruptible(connection, signal, async () => {
          const rows: Row[] = [];
          for await (const batch of run<Row>(database, connection, sql, params)) {
            for (const row of batch) rows.push(row);
          }
          return rows;
        });
      } finally {
        connection.disconnectSync();
      }
    },
    async *stream<Row extends object>(sql: string, params: Params = {}) {
      const connection = await connect(database);
      try {
        yield* run<Row>(database, connection, sql, params);
      } catch (error) {
        throw storeError(error);
      } finally {
        connection.disconnectSync();
      }
    },
  };
}

type Connection = Awaited<ReturnType<Database['connect']>>;

async function connect(database: Database): Promise<Connection> {
  return database.connect().catch((error: unknown) => {
    throw storeError(error);
  });
}

async function* run<Row extends object>(
  { duckdb }: Database,
  connection: Connection,
  sql: string,
  params: Params,
): AsyncGenerator<Row[]> {
  const { SELECT, EXPLAIN } = duckdb.StatementType;
  const statement = await prepare(duckdb, connection, [SELECT, EXPLAIN], sql, params);
  const result = await statement.stream();
  const toRows = rowMaker<Row>(duckdb, result);
  for (let chunk = await result.fetchChunk(); hasRows(chunk); chunk = await result.fetchChunk())
    yield toRows(chunk);
}

function hasRows(chunk: DuckDBDataChunk | null): chunk is DuckDBDataChunk {
  return chunk !== null && chunk.rowCount > 0;
}

/** Makes plain rows of a result's chunks. What a row's columns are is the knowledge of whoever wrote the statement. */
function rowMaker<Row extends object>(
  duckdb: DuckDb,
  result: DuckDBResult,
): (chunk: DuckDBDataChunk) => Row[] {
  const names = result.deduplicatedColumnNames();
  if (names.includes('__proto__')) throw new StoreError('a column cannot be called __proto__');
  const converters = result.columnTypes().map((type) => toPlain(duckdb, type));
  return (chunk) => {
    const rows = Array.from({ length: chunk.rowCount }, (): Record<string, unknown> => ({}));
    for (const [index, name] of names.entries()) {
      const convert = converters[index];
      chunk.visitColumnValues(index, (value, row) => {
        const target = rows[row];
        if (target !== undefined && convert !== undefined) target[name] = convert(value);
      });
    }
    return rows as Row[];
  };
}
