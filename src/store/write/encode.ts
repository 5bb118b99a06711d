import type { DuckDBType, DuckDBValue } from '@duckdb/node-api';
import type { ColumnType } from '../columns.ts';
import type { DuckDb } from '../database.ts';
import { timestamp } from '../statement.ts';
import { canonicalJson } from './canonical-json.ts';

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
    case 'DOUBLE':
      return duckdb.DOUBLE;
    case 'TIMESTAMP':
      return duckdb.TIMESTAMP;
    case 'VARCHAR[]':
      return duckdb.LIST(duckdb.VARCHAR);
  }
}

/** Turns a field's values into a column's, null into NULL. Throws where a value does not fit. */
export function encoder(duckdb: DuckDb, type: ColumnType): (value: unknown) => DuckDBValue {
  const encode = encoderOf(duckdb, type);
  return (value) => (value === null || value === undefined ? null : encode(value));
}

// The compiler held each field's type to its column's in the table definitions: the casts only repeat it.
function encoderOf(duckdb: DuckDb, type: ColumnType): (value: unknown) => DuckDBValue {
  switch (type) {
    case 'VARCHAR':
      return (value) => storable(value as string);
    case 'BOOLEAN':
    case 'UBIGINT':
    case 'DOUBLE':
      return (value) => value as boolean | bigint | number;
    case 'JSON':
      return canonicalJson;
    case 'BIGINT':
      return (value) => BigInt(value as number);
    case 'TIMESTAMP':
      return (value) => timestamp(duckdb, value as string);
    case 'VARCHAR[]':
      return (value) => duckdb.listValue((value as readonly string[]).map(storable));
  }
}

/**
 * DuckDB's binding swallows a byte order mark at the beginning of a text that it reads, which would make two names
 * one. It becomes U+FFFD, as halves of surrogate pairs do, which UTF-8 cannot say.
 */
function storable(text: string): string {
  return text.startsWith('\uFEFF') ? `\uFFFD${text.slice(1)}` : text;
}
