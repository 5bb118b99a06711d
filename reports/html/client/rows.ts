/** What a table shows: the words searched for, the values chosen by control, the order, the page from 0. */
export interface TableState {
  readonly words: string;
  readonly chosen: ReadonlyMap<string, ReadonlySet<string>>;
  readonly sort: string | null;
  readonly descending: boolean;
  readonly page: number;
}

/** How a table looks at a row. */
export interface RowReader<Row> {
  /** Everything that is searched, in lower case. */
  readonly haystack: (row: Row) => string;
  /** The row's values for a control: one of them must be chosen, where any is. */
  readonly facets: Readonly<Record<string, (row: Row) => readonly string[]>>;
  /** What a column sorts by. */
  readonly keys: Readonly<Record<string, (row: Row) => string | number>>;
}

/** The rows that a state lets through, in its order; equal ones keep the order they came in. Also runs in the page. */
export function selectRows<Row>(
  rows: readonly Row[],
  state: TableState,
  reader: RowReader<Row>,
): readonly Row[] {
  const words = state.words
    .toLowerCase()
    .split(/\s+/u)
    .filter((word) => word !== '');
  const kept = rows.filter((row) => {
    for (const [name, values] of state.chosen) {
      const facet = Object.hasOwn(reader.facets, name) ? reader.facets[name] : undefined;
      if (facet !== undefined && !facet(row).some((value) => values.has(value))) return false;
    }
    if (words.length === 0) return true;
    const haystack = reader.haystack(row);
    return words.every((word) => haystack.includes(word));
  });
  const { sort } = state;
  const key = sort !== null && Object.hasOwn(reader.keys, sort) ? reader.keys[sort] : undefined;
  if (key === undefined) return kept;
  const sign = state.descending ? -1 : 1;
  const keyed = kept.map((row) => ({ row, key: key(row) }));
  keyed.sort((a, b) => (a.key === b.key ? 0 : sign * (a.key < b.key ? -1 : 1)));
  return keyed.map(({ row }) => row);
}

/** The view and the parameters of an address such as `#/findings?status=fail`. Also runs in the page. */
export function parseAddress(hash: string): {
  readonly view: string;
  readonly rest: string;
  readonly query: URLSearchParams;
} {
  const [path = '', query = ''] = hash.replace(/^#\/?/u, '').split(/\?(.*)/su);
  const [view = '', rest = ''] = path.split(/\/(.*)/su);
  return { view, rest, query: new URLSearchParams(query) };
}
