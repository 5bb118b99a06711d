import { NO_FILTER, parseFilter, type Filter } from '../filter/parse-filter.ts';
import { heldSource } from '../rows/held-source.ts';
import { keepSelect, type KeptSelect } from '../rows/keep-select.ts';
import type { RowSource, Sort } from '../rows/row-source.ts';
import { selectSource } from '../rows/select-source.ts';
import type { Line, ListScreen, Row, Rows } from '../screen.ts';
import { drawList, type ListView } from './draw-list.ts';
import { columnByLetter, neighbour } from './list-columns.ts';
import { spokenRow, statusOfList } from './list-words.ts';
import type { ListPane, PaneData, PaneHost } from './pane.ts';
import { createPreviews } from './preview.ts';
import { problemLines } from './problem-lines.ts';
import { topFor, within } from './scroll.ts';

/** A list over a snapshot: its cursor, filter, sort and marks. Rows come in pages, as they are looked at. */
export function createListPane(
  screen: ListScreen,
  first: PaneData,
  host: PaneHost,
  filterText = '',
): ListPane {
  const marks = new Map<string, Row>();
  let data = first;
  let text = filterText;
  let filter: Filter = parseFilter(text, screen.columns);
  let sort: Sort = screen.sort;
  let selected = screen.sort.column;
  let cursor = 0;
  let top = 0;
  /** The end was asked for before it was known where that is. */
  let toEndSoon = false;
  let problem: readonly Line[] | null = null;
  let read = rowsOf(screen, data);
  let source: RowSource = ask();
  let previews = createPreviews(screen, data, host);

  function ask(): RowSource {
    const wanted = { columns: screen.columns, filter, sort };
    const listener = { changed, failed };
    problem = null;
    return read.kind === 'held'
      ? heldSource(read.read, wanted, listener)
      : selectSource(data.reader, read.kept, wanted, listener);
  }

  function changed(): void {
    const total = source.total();
    if (total !== null) cursor = within(toEndSoon ? total - 1 : cursor, total);
    if (total !== null) toEndSoon = false;
    host.changed();
  }

  function failed(error: unknown): void {
    try {
      problem = problemLines(error);
      host.changed();
    } catch (bug) {
      host.fail(bug);
    }
  }

  function again(place: number): void {
    source.stop();
    cursor = place;
    top = 0;
    source = ask();
    host.changed();
  }

  function sortBy(column: string, descending: boolean): void {
    sort = { column, descending };
    selected = column;
    again(0);
  }

  const current = (): Row | undefined => source.row(cursor);
  const view = (): ListView => ({
    screen,
    source,
    cursor,
    top,
    sort,
    selected,
    marks,
    problem,
    filter,
    text,
  });

  return {
    kind: 'list',
    filterText: () => text,
    filter: () => filter,
    setFilter(next) {
      const parsed = next === '' ? NO_FILTER : parseFilter(next, screen.columns);
      const same = JSON.stringify(parsed.terms) === JSON.stringify(filter.terms);
      text = next;
      filter = parsed;
      if (same) host.changed();
      else again(0);
    },
    move(by) {
      toEndSoon = false;
      cursor = within(cursor + by, source.total() ?? Infinity);
      host.changed();
    },
    toStart() {
      toEndSoon = false;
      cursor = 0;
      host.changed();
    },
    toEnd() {
      toEndSoon = true;
      changed();
    },
    enter() {
      const row = current();
      return row === undefined ? null : (screen.open?.(row) ?? null);
    },
    identity() {
      const row = current();
      return row === undefined ? undefined : screen.identity?.(row);
    },
    keys() {
      const row = current();
      return marks.size > 0 ? [...marks.keys()] : row === undefined ? [] : [row.key];
    },
    document() {
      const row = current();
      return row === undefined
        ? null
        : { name: `${screen.id}.json`, text: `${JSON.stringify(row, null, 2)}\n` };
    },
    reload(next) {
      const key = current()?.key;
      data = next;
      // They are rows of the snapshot before.
      marks.clear();
      drop(read);
      read = rowsOf(screen, data);
      previews.stop();
      previews = createPreviews(screen, data, host);
      const place = cursor;
      again(place);
      if (key !== undefined) follow(source, key, place);
    },
    draw(area) {
      const rows = Math.max(1, area.rows - 1);
      top = topFor({ cursor, top }, source.total() ?? cursor + rows, rows);
      source.want(top, top + rows);
      return drawList(view(), area, host.painter, previews);
    },
    status: () => statusOfList(view()),
    spoken: () => spokenRow(view()),
    stop() {
      source.stop();
      previews.stop();
      drop(read);
    },
    mark() {
      const row = current();
      if (row === undefined) return;
      if (!marks.delete(row.key)) marks.set(row.key, row);
      this.move(1);
    },
    sort(descending) {
      sortBy(selected, sort.column === selected ? !sort.descending : descending);
    },
    sortByLetter(letter) {
      const column = columnByLetter(screen.columns, letter, sort.column);
      if (column === undefined) return false;
      sortBy(column, column === sort.column ? !sort.descending : false);
      return true;
    },
    selectColumn(by) {
      selected = neighbour(screen.columns, selected, by);
      host.changed();
    },
    rows() {
      const header = screen.columns.map(({ key }) => key);
      return { header, rows: marks.size > 0 ? one([...marks.values()]) : source.all() };
    },
  };

  /** Puts the cursor on a row once its place is known, unless it was moved meanwhile. */
  function follow(from: RowSource, key: string, place: number): void {
    from.indexOf(key).then(
      (found) => {
        if (found === null || source !== from || cursor !== place) return;
        cursor = found;
        host.changed();
      },
      () => {
        // What went wrong is told by the source itself, whose rows are read by the same select.
      },
    );
  }
}

type PaneRows = Extract<Rows, { kind: 'held' }> | { readonly kind: 'kept'; readonly kept: KeptSelect };

function rowsOf(screen: ListScreen, data: PaneData): PaneRows {
  const rows = screen.rows(data);
  return rows.kind === 'held' ? rows : { kind: 'kept', kept: keepSelect(data.keep, rows.sql) };
}

function drop(rows: PaneRows): void {
  if (rows.kind === 'kept') rows.kept.drop();
}

async function* one(rows: readonly Row[]): AsyncGenerator<readonly Row[]> {
  yield rows;
}
