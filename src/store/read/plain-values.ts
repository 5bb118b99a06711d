import type { DuckDBType, DuckDBValue } from '@duckdb/node-api';
import type { DuckDb } from '../database.ts';

/** Turns one value of a column into what a Reader promises. */
export type ToPlain = (value: DuckDBValue) => unknown;

/** Makes the converter for a column's type, once for all its values. */
export function toPlain(duckdb: DuckDb, type: DuckDBType): ToPlain {
  const convert = converterOf(duckdb, type);
  return (value) => (value === null ? null : convert(value));
}

// Each case knows from the type which class its values have; DuckDB's types do not say so.
function converterOf(duckdb: DuckDb, type: DuckDBType): ToPlain {
  const { DuckDBTypeId: Id } = duckdb;
  if (type.alias === 'JSON') return (value) => JSON.parse(String(value));
  switch (type.typeId) {
    case Id.BOOLEAN:
    case Id.VARCHAR:
    case Id.TINYINT:
    case Id.SMALLINT:
    case Id.INTEGER:
    case Id.UTINYINT:
    case Id.USMALLINT:
    case Id.UINTEGER:
      return (value) => value;
    case Id.FLOAT:
    case Id.DOUBLE:
      return (value) => (Number.isFinite(value) ? value : String(value));
    case Id.BIGINT:
    case Id.UBIGINT:
    case Id.HUGEINT:
    case Id.UHUGEINT:
    case Id.BIGNUM:
      return (value) => integer(value as bigint);
    case Id.DECIMAL:
      return (value) => (value as InstanceType<DuckDb['DuckDBDecimalValue']>).toDouble();
    case Id.TIMESTAMP:
    case Id.TIMESTAMP_TZ:
      return (value) => instant(value as { readonly micros: bigint });
    case Id.LIST: {
      const item = toPlain(duckdb, type.valueType);
      return (value) => (value as { readonly items: readonly DuckDBValue[] }).items.map(item);
    }
    case Id.ARRAY: {
      const item = toPlain(duckdb, type.valueType);
      return (value) => (value as { readonly items: readonly DuckDBValue[] }).items.map(item);
    }
    case Id.STRUCT: {
      const fields = type.entryNames.map((name, index) => {
        const entryType = type.entryTypes[index];
        return [name, entryType === undefined ? String : toPlain(duckdb, entryType)] as const;
      });
      return (value) => {
        const { entries } = value as { readonly entries: Readonly<Record<string, DuckDBValue>> };
        return Object.fromEntries(fields.map(([name, convert]) => [name, convert(entries[name] ?? null)]));
      };
    }
    case Id.MAP: {
      const [key, item] = [toPlain(duckdb, type.keyType), toPlain(duckdb, type.valueType)];
      return (value) =>
        Object.fromEntries(
          (value as InstanceType<DuckDb['DuckDBMapValue']>).entries.map((entry) => [
            String(key(entry.key)),
            item(entry.value),
          ]),
        );
    }
    default:
      return String;
  }
}

function integer(value: bigint): number | string {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value.toString();
}

/** RFC 3339 in UTC with milliseconds; DuckDB's infinities as `infinity` and `-infinity`, times out of a Date's range likewise. */
function instant({ micros }: { readonly micros: bigint }): string {
  const date = new Date(Number(micros / 1000n));
  if (Number.isNaN(date.getTime())) return micros < 0n ? '-infinity' : 'infinity';
  return date.toISOString();
}
