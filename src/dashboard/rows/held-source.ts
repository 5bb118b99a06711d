import { passes } from '../filter/apply-filter.ts';
import type { Row } from '../screen.ts';
import { sortKeyOf, type Ask, type RowSource, type SourceListener } from './row-source.ts';

/** A source of rows that are few enough to hold: filtered and sorted here. */
export function heldSource(
  read: () => Promise<readonly Row[]>,
  ask: Ask,
  listener: SourceListener,
): RowSource {
  let rows: readonly Row[] | null = null;
  let stopped = false;
  const loaded = read().then((all) => {
    rows = arrange(all, ask);
    return rows;
  });
  loaded.then(
    () => {
      if (!stopped) listener.changed();
    },
    (error: unknown) => {
      if (!stopped) listener.failed(error);
    },
  );
  return {
    total: () => rows?.length ?? null,
    row: (index) => rows?.[index],
    want: () => {},
    async indexOf(key) {
      const index = (await loaded).findIndex((row) => row.key === key);
      return index < 0 ? null : index;
    },
    async *all() {
      yield await loaded;
    },
    stop() {
      stopped = true;
    },
  };
}

function arrange(rows: readonly Row[], { columns, filter, sort }: Ask): Row[] {
  const names = columns.map(({ key }) => key);
  const by = sortKeyOf(sort, columns);
  const sign = sort.descending ? -1 : 1;
  return rows
    .filter((row) => passes(row, filter, names))
    .toSorted((a, b) => compare(a[by], b[by], sign) || compare(a.key, b.key, 1));
}

type Value = Row[string] | undefined;

/** Rows without a value come last in either order. */
function compare(a: Value, b: Value, sign: number): number {
  if (a === b) return 0;
  if (a === null || a === undefined) return 1;
  if (b === null || b === undefined) return -1;
  return (a < b ? -1 : 1) * sign;
}
