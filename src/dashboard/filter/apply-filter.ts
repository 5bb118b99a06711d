import type { Params } from '#store/reader.ts';
import type { Row } from '../screen.ts';
import type { Filter } from './parse-filter.ts';

/** A filter as a SQL condition over the columns of a select; texts are bound, never spliced. */
export function filterSql(
  { terms }: Filter,
  columns: readonly string[],
): { readonly sql: string; readonly params: Params } {
  const params: Record<string, string> = {};
  const conditions = terms.map(({ column, text, inverse }, index) => {
    params[`f${index}`] = text;
    const searched = column === null ? columns : [column];
    const found = searched.map((name) => `contains(${lowered(name)}, $f${index})`).join(' OR ');
    return inverse ? `NOT (${found})` : `(${found})`;
  });
  return { sql: conditions.length === 0 ? 'true' : conditions.join(' AND '), params };
}

/** Whether a row passes: the same answer as the SQL gives. */
export function passes(row: Row, { terms }: Filter, columns: readonly string[]): boolean {
  return terms.every(({ column, text, inverse }) => {
    const searched = column === null ? columns : [column];
    return searched.some((name) => textOf(row[name]).toLowerCase().includes(text)) !== inverse;
  });
}

/** A column's name as SQL takes it. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function lowered(name: string): string {
  return `lower(coalesce(CAST(${quoted(name)} AS VARCHAR), ''))`;
}

function textOf(value: Row[string] | undefined): string {
  return value === null || value === undefined ? '' : String(value);
}
