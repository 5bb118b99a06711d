import type { DuckDBStructType, DuckDBType, DuckDBValue } from '@duckdb/node-api';
import type { DuckDb } from '../database.ts';

/** Turns one value of a column into what a Reader promises. */
export type ToPlain = (value: DuckDBValue) => unknown;

/** Makes the converter for a column's type, once for all its values. */
export function toPlain(duckdb: DuckDb, type: DuckDBType): ToPlain {
  const convert = converterOf(duckdb, type);
  return (value) => (value === null ? null : convert(value));
}

// A column's type tells the class of its values, which DuckDB's own types do not say: hence the casts.
function converterOf(duckdb: DuckDb, type: DuckDBType): ToPlain {
  const { DuckDBTypeId: Id } = duckdb;
  if (type.alias === 'JSON') return (value) => JSON.parse(value as string);
  if (type.typeId === Id.LIST || type.typeId === Id.ARRAY)
    return listConverter(toPlain(duckdb, type.valueType));
  if (type.typeId === Id.STRUCT) return structConverter(duckdb, type);
  if (type.typeId === Id.MAP)
    return mapConverter(toPlain(duckdb, type.keyType), toPlain(duckdb, type.valueType));
  if (type.typeId === Id.TIMESTAMP || type.typeId === Id.TIMESTAMP_TZ) {
    return (value) => instant((value as { readonly micros: bigint }).micros);
  }
  if (type.typeId === Id.DECIMAL) {
    return (value) => (value as InstanceType<DuckDb['DuckDBDecimalValue']>).toDouble();
  }
  return plainScalar;
}

function plainScalar(value: DuckDBValue): unknown {
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'bigint') return plainInteger(value);
  // JSON has no infinities.
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  // Dates, times, intervals, UUIDs and the like, as DuckDB writes them.
  return String(value);
}

/** A number while it is exact, else its decimal digits. */
function plainInteger(value: bigint): number | string {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value.toString();
}

/** RFC 3339 in UTC with milliseconds; beyond what a Date can hold, as DuckDB's infinities are, `infinity` with its sign. */
function instant(micros: bigint): string {
  const date = new Date(Number(micros / 1000n));
  if (Number.isNaN(date.getTime())) return micros < 0n ? '-infinity' : 'infinity';
  return date.toISOString();
}

function listConverter(item: ToPlain): ToPlain {
  return (value) => (value as { readonly items: readonly DuckDBValue[] }).items.map(item);
}

function structConverter(duckdb: DuckDb, { entryNames, entryTypes }: DuckDBStructType): ToPlain {
  const converters = entryTypes.map((type) => toPlain(duckdb, type));
  return (value) => {
    const { entries } = value as { readonly entries: Readonly<Record<string, DuckDBValue>> };
    // The names and the types of a struct go together.
    return Object.fromEntries(
      entryNames.map((name, index) => [name, converters[index]?.(entries[name] ?? null)]),
    );
  };
}

function mapConverter(key: ToPlain, item: ToPlain): ToPlain {
  return (value) => {
    const { entries } = value as InstanceType<DuckDb['DuckDBMapValue']>;
    return Object.fromEntries(entries.map((entry) => [String(key(entry.key)), item(entry.value)]));
  };
}
