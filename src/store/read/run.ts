import type {
  DuckDBDataChunk,
  DuckDBPreparedStatement,
  DuckDBResult,
  DuckDBType,
  DuckDBValue,
} from '@duckdb/node-api';
import { StoreError } from '#model/errors.ts';
import type { Database, DuckDb } from '../database.ts';
import type { Params, Reader } from '../reader.ts';
import { toPlain } from './plain-values.ts';

/** Runs read-only statements on a database, each on a connection of its own. */
export function readerOf(database: Database): Reader {
  async function* stream<Row extends object>(sql: string, params: Params = {}): AsyncGenerator<Row[]> {
    const connection = await database.connect();
    try {
      const statement = await prepareRead(database.duckdb, connection, sql, params);
      const result = await statement.stream();
      const toRows = rowMaker(database.duckdb, result);
      for (
        let chunk = await result.fetchChunk();
        chunk !== null && chunk.rowCount > 0;
        chunk = await result.fetchChunk()
      ) {
        // What a statement's rows look like is the caller's knowledge.
        yield toRows(chunk) as Row[];
      }
    } catch (error) {
      throw queryError(error);
    } finally {
      connection.disconnectSync();
    }
  }
  async function all<Row extends object>(sql: string, params: Params = {}): Promise<Row[]> {
    const rows: Row[] = [];
    for await (const batch of stream<Row>(sql, params)) for (const row of batch) rows.push(row);
    return rows;
  }
  return { all, stream };
}

/** Prepares one statement that only reads, its parameters bound. */
async function prepareRead(
  duckdb: DuckDb,
  connection: Awaited<ReturnType<Database['connect']>>,
  sql: string,
  params: Params,
): Promise<DuckDBPreparedStatement> {
  const statements = await connection.extractStatements(sql);
  if (statements.count !== 1)
    throw new StoreError('one statement at a time, please', { hint: 'Split the query.' });
  const statement = await statements.prepare(0);
  const { SELECT, EXPLAIN } = duckdb.StatementType;
  if (statement.statementType !== SELECT && statement.statementType !== EXPLAIN) {
    throw new StoreError('only statements that read are allowed', {
      hint: 'Start it with SELECT, FROM or WITH.',
    });
  }
  bind(duckdb, statement, params);
  return statement;
}

/** Binds the parameters that the statement names. `as_of` is a time, whatever the statement does with it. */
export function bind(duckdb: DuckDb, statement: DuckDBPreparedStatement, params: Params): void {
  const values: Record<string, DuckDBValue> = {};
  const types: Record<string, DuckDBType> = {};
  for (let index = 1; index <= statement.parameterCount; index += 1) {
    const name = statement.parameterName(index);
    const value = params[name];
    if (value === undefined) throw new StoreError(`the statement asks for $${name}, which was not given`);
    [values[name], types[name]] = bound(duckdb, name, value);
  }
  statement.bind(values, types);
}

function bound(duckdb: DuckDb, name: string, value: Params[string]): [DuckDBValue, DuckDBType] {
  if (value === null) return [null, duckdb.SQLNULL];
  if (typeof value === 'boolean') return [value, duckdb.BOOLEAN];
  if (typeof value === 'number')
    return Number.isSafeInteger(value) ? [BigInt(value), duckdb.BIGINT] : [value, duckdb.DOUBLE];
  if (typeof value !== 'string') return [duckdb.listValue(value), duckdb.LIST(duckdb.VARCHAR)];
  if (name !== 'as_of') return [value, duckdb.VARCHAR];
  return [new duckdb.DuckDBTimestampValue(BigInt(Date.parse(value)) * 1000n), duckdb.TIMESTAMP];
}

function rowMaker(duckdb: DuckDb, result: DuckDBResult): (chunk: DuckDBDataChunk) => object[] {
  const names = result.deduplicatedColumnNames();
  const converters = result.columnTypes().map((type) => toPlain(duckdb, type));
  return (chunk) => {
    const columns = converters.map((convert, index) => chunk.getColumnValues(index).map(convert));
    return Array.from({ length: chunk.rowCount }, (_, row) =>
      Object.fromEntries(names.map((name, index) => [name, columns[index]?.[row]])),
    );
  };
}

function queryError(error: unknown): StoreError {
  if (error instanceof StoreError) return error;
  return new StoreError(error instanceof Error ? error.message.trim() : String(error), { cause: error });
}
