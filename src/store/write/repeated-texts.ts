import type { DuckDBType, DuckDBValue } from '@duckdb/node-api';
import type { DuckDb } from '../database.ts';

/** For shorter columns the detour does not pay. */
const MIN_ROWS = 256;
const MAX_TEXTS = 32;

/** DuckDB takes the texts of an enum as C strings; these are the same as such. */
const PLAIN = /^[ -~]*$/u;

/**
 * The vector type for a column of texts. Where a few of them make up the whole column (a system, a kind, a scope), an
 * enum carries a number for each row instead of a call into DuckDB, which turns it into texts when it takes the chunk
 * over: a tenth of a scan's writing.
 */
export function textVector(duckdb: DuckDb, values: readonly DuckDBValue[]): DuckDBType {
  if (values.length < MIN_ROWS) return duckdb.VARCHAR;
  const texts = new Set<string>();
  for (const value of values) {
    if (typeof value === 'string') texts.add(value);
    if (texts.size > MAX_TEXTS) return duckdb.VARCHAR;
  }
  const plain = [...texts].every((text) => PLAIN.test(text));
  return texts.size > 0 && plain ? duckdb.ENUM([...texts]) : duckdb.VARCHAR;
}
