import type { Params } from '#store/reader.ts';
import { filterSql, quoted } from '../filter/apply-filter.ts';
import { sortKeyOf, type Ask } from './row-source.ts';

type Statement = readonly [sql: string, params: Params];

/** The statements that page through a select. */
export interface SelectSql {
  /** The rows from a place on; `total`, where known, lets the second half be sorted from its end. */
  readonly page: (start: number, rows: number, total: number | null) => Statement;
  readonly count: () => Statement;
  /** The place of a row, as `place`. */
  readonly place: (key: string) => Statement;
  readonly everything: () => Statement;
}

/** Makes them for a select with a filter and a sort. */
export function selectSql(select: string, { columns, filter, sort }: Ask): SelectSql {
  const names = columns.map(({ key }) => key);
  const { sql: condition, params } = filterSql(filter, names);
  const from = `FROM (${select}) AS rows_of_screen WHERE ${condition}`;
  const by = quoted(sortKeyOf(sort, columns));
  const order = `${by} ${sort.descending ? 'DESC' : 'ASC'} NULLS LAST, "key" ASC`;
  const backwards = `${by} ${sort.descending ? 'ASC' : 'DESC'} NULLS FIRST, "key" DESC`;
  return {
    page(start, rows, total) {
      // DuckDB keeps as many rows as limit and offset together to find the first of a sort, so the nearer end is cheap.
      if (total === null || start < total / 2)
        return [pageOf(`SELECT * ${from}`, order, rows, start), params];
      const size = Math.max(0, Math.min(rows, total - start));
      const last = pageOf(`SELECT * ${from}`, backwards, size, total - start - size);
      return [`SELECT * FROM (${last}) ORDER BY ${order}`, params];
    },
    count: () => [`SELECT count(*) AS n ${from}`, params],
    place: (key) => [
      `SELECT place FROM (SELECT "key", row_number() OVER (ORDER BY ${order}) - 1 AS place ${from}) WHERE "key" = $key`,
      { ...params, key },
    ],
    everything: () => [`SELECT * ${from} ORDER BY ${order}`, params],
  };
}

function pageOf(select: string, order: string, rows: number, start: number): string {
  return `${select} ORDER BY ${order} LIMIT ${rows} OFFSET ${start}`;
}
