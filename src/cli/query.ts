import type { Params } from '#store/reader.ts';

/** A WHERE clause put together from filters; values are bound, never spliced. */
export interface Where {
  readonly sql: string;
  readonly params: Params;
}

/** One filter: `null` means that the user did not ask for it. */
export type Filter = { readonly sql: string; readonly params: Params } | null;

/** `column` is one of the values; null where there are none. `name` is the parameter's. */
export function oneOf(column: string, name: string, values: readonly string[] | undefined): Filter {
  return values === undefined
    ? null
    : { sql: `list_contains($${name}, ${column})`, params: { [name]: values } };
}

/** One of the columns contains the text, whatever its case. */
export function contains(columns: readonly string[], name: string, text: string | undefined): Filter {
  if (text === undefined) return null;
  const tests = columns.map((column) => `contains(lower(${column}), lower($${name}))`);
  return { sql: `(${tests.join(' OR ')})`, params: { [name]: text } };
}

/** All of the filters together. */
export function where(filters: readonly Filter[]): Where {
  const asked = filters.filter((filter) => filter !== null);
  return {
    sql: asked.length === 0 ? '' : `WHERE ${asked.map((filter) => filter.sql).join(' AND ')}`,
    params: Object.assign({}, ...asked.map((filter) => filter.params)) as Params,
  };
}
