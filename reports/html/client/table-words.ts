import type { TableState } from './rows.ts';

/** A table's state as the parameters of an address. Also runs in the page. */
export function writeQuery(state: TableState): URLSearchParams {
  const query = new URLSearchParams();
  if (state.words !== '') query.set('q', state.words);
  for (const [name, values] of state.chosen) for (const value of values) query.append(name, value);
  if (state.sort !== null) query.set('sort', state.descending ? `-${state.sort}` : state.sort);
  if (state.page > 0) query.set('page', String(state.page + 1));
  return query;
}

/** The order and the page of an address; what makes no sense is as if it were not there. Also runs in the page. */
export function readOrder(query: URLSearchParams): Pick<TableState, 'sort' | 'descending' | 'page'> {
  const sort = query.get('sort');
  const page = Number(query.get('page') ?? 1);
  return {
    sort: sort === null || sort === '' ? null : sort.replace(/^-/u, ''),
    descending: sort?.startsWith('-') === true,
    page: Number.isSafeInteger(page) && page > 0 ? page - 1 : 0,
  };
}

/** `101–200 of 1,234 (filtered from 5,678)`. Also runs in the page. */
export function shownText(from: number, to: number, selected: number, all: number): string {
  const grouped = (count: number): string => String(count).replace(/\B(?=(\d{3})+$)/gu, ',');
  const filtered = selected === all ? '' : ` (filtered from ${grouped(all)})`;
  if (selected === 0) return `Nothing matches${filtered}`;
  return `${grouped(from + 1)}–${grouped(to)} of ${grouped(selected)}${filtered}`;
}
