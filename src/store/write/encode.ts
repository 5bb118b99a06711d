import type { DuckDBType, DuckDBValue } from '@duckdb/node-api';
import { StoreError } from '#model/errors.ts';
import type { ColumnType } from '../columns.ts';
import type { DuckDb } from '../database.ts';

/** The vector type in which a column's values are handed over. */
export function vectorType(duckdb: DuckDb, type: ColumnType): DuckDBType {
  switch (type) {
    case 'VARCHAR':
    case 'JSON':
      return duckdb.VARCHAR;
    case 'BOOLEAN':
      return duckdb.BOOLEAN;
    case 'BIGINT':
      return duckdb.BIGINT;
    case 'UBIGINT':
      return duckdb.UBIGINT;
    case 'TIMESTAMP':
      return duckdb.TIMESTAMP;
    case 'VARCHAR[]':
      return duckdb.LIST(duckdb.VARCHAR);
  }
}

/** Turns one field's values into those of a column; throws StoreError where a value does not fit. */
export function encoder(duckdb: DuckDb, type: ColumnType): (value: unknown) => DuckDBValue {
  const encode = encoderOf(duckdb, type);
  return (value) => (value === null || value === undefined ? null : encode(value));
}

// The table definitions hold each field's type to its column's, so the casts only say again what the compiler checked.
function encoderOf(duckdb: DuckDb, type: ColumnType): (value: unknown) => DuckDBValue {
  switch (type) {
    case 'VARCHAR':
    case 'BOOLEAN':
    case 'UBIGINT':
      return (value) => value as string | boolean | bigint;
    case 'JSON':
      return (value) => jsonText(value);
    case 'BIGINT':
      return (value) => BigInt(value as number);
    case 'TIMESTAMP':
      return (value) => new duckdb.DuckDBTimestampValue(micros(value as string));
    case 'VARCHAR[]':
      return (value) => duckdb.listValue(value as readonly string[]);
  }
}

function micros(instant: string): bigint {
  const milliseconds = Date.parse(instant);
  if (Number.isNaN(milliseconds)) throw new StoreError(`not a time: ${JSON.stringify(instant)}`);
  return BigInt(milliseconds) * 1000n;
}

/** DuckDB refuses to read JSON with half a surrogate pair; in other texts the half becomes U+FFFD, so here too. */
function jsonText(value: unknown): string {
  const text = JSON.stringify(value);
  if (!text.includes('\\ud')) return text;
  return text.replaceAll(/\\(?:u(d[89a-f][\da-f]{2})|.)/gu, (escape, half) =>
    half === undefined ? escape : '\uFFFD',
  );
}
