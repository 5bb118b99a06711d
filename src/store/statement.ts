import type {
  DuckDBConnection,
  DuckDBPreparedStatement,
  DuckDBType,
  DuckDBValue,
  StatementType,
} from '@duckdb/node-api';
import { StoreError } from '#model/errors.ts';
import type { DuckDb } from './database.ts';
import type { Params } from './reader.ts';

/** Prepares a text that must be one statement of one of these kinds, and binds its parameters. */
export async function prepare(
  duckdb: DuckDb,
  connection: DuckDBConnection,
  kinds: readonly StatementType[],
  sql: string,
  params: Params,
): Promise<DuckDBPreparedStatement> {
  const statements = await connection.extractStatements(sql);
  if (statements.count !== 1) {
    throw new StoreError(`expected one statement, found ${statements.count}`, {
      hint: 'Run them one by one.',
    });
  }
  const statement = await statements.prepare(0);
  if (!kinds.includes(statement.statementType)) {
    const kind = duckdb.StatementType[statement.statementType];
    throw new StoreError(`a snapshot is only read: ${kind} statements are refused`, {
      hint: 'Start the statement with SELECT, FROM, WITH or DESCRIBE.',
    });
  }
  bind(duckdb, statement, params);
  return statement;
}

/** Binds the parameters that the statement names. `as_of` is a time, whatever the statement does with it. */
function bind(duckdb: DuckDb, statement: DuckDBPreparedStatement, params: Params): void {
  const values: Record<string, DuckDBValue> = {};
  const types: Record<string, DuckDBType> = {};
  for (let index = 1; index <= statement.parameterCount; index += 1) {
    const name = statement.parameterName(index);
    const value = Object.hasOwn(params, name) ? params[name] : undefined;
    if (value === undefined) throw new StoreError(`the statement asks for $${name}, which was not given`);
    [values[name], types[name]] = typed(duckdb, name, value);
  }
  statement.bind(values, types);
}

function typed(duckdb: DuckDb, name: string, value: Params[string]): [DuckDBValue, DuckDBType] {
  if (value === null) return [null, duckdb.SQLNULL];
  if (typeof value === 'boolean') return [value, duckdb.BOOLEAN];
  if (typeof value === 'number') return typedNumber(duckdb, value);
  if (typeof value !== 'string') return [duckdb.listValue(value), duckdb.LIST(duckdb.VARCHAR)];
  return name === 'as_of' ? [timestamp(duckdb, value), duckdb.TIMESTAMP] : [value, duckdb.VARCHAR];
}

/** The narrowest type, because DuckDB has functions of INTEGER (`to_days`) and none of DOUBLE in its place. */
function typedNumber(duckdb: DuckDb, value: number): [DuckDBValue, DuckDBType] {
  if (!Number.isSafeInteger(value)) return [value, duckdb.DOUBLE];
  return Math.abs(value) < 2 ** 31 ? [value, duckdb.INTEGER] : [BigInt(value), duckdb.BIGINT];
}

/** An Instant as DuckDB has it; throws StoreError where it is none. */
export function timestamp(duckdb: DuckDb, instant: string): DuckDBValue {
  const milliseconds = Date.parse(instant);
  if (Number.isNaN(milliseconds)) throw new StoreError(`not a time: ${JSON.stringify(instant)}`);
  return new duckdb.DuckDBTimestampValue(BigInt(milliseconds) * 1000n);
}

/** DuckDB's error as one that the tool foresees, with DuckDB's own message. */
export function storeError(error: unknown): StoreError {
  if (error instanceof StoreError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new StoreError(message.replace(/^Failed to extract statements: /u, '').trim(), { cause: error });
}
