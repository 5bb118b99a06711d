import type { Filter } from '../filter/parse-filter.ts';
import type { RowSource, Sort } from '../rows/row-source.ts';
import type { Line, ListScreen, Row, Span } from '../screen.ts';
import { beginning, cellsOf, fit } from '../text/cells.ts';
import type { Painter } from '../text/painter.ts';
import { drawLines } from './draw-lines.ts';
import { GAP, placeColumns, type PlacedColumn } from './column-widths.ts';
import type { Area } from './pane.ts';
import type { Previews } from './preview.ts';

/** From this width on there is room for what a row says beside the list. */
const WITH_PREVIEW = 120;
/** Cells before the columns: the cursor's mark and the row's. */
const GUTTER = 2;

/** What of a list is drawn. */
export interface ListView {
  readonly screen: ListScreen;
  readonly source: RowSource;
  readonly cursor: number;
  readonly top: number;
  readonly sort: Sort;
  readonly selected: string;
  readonly marks: ReadonlyMap<string, Row>;
  readonly problem: readonly Line[] | null;
  readonly filter: Filter;
  readonly text: string;
}

/** The titles and the rows that are on the screen, with the preview beside them where there is room. */
export function drawList(
  view: ListView,
  area: Area,
  painter: Painter,
  previews: Previews,
): readonly string[] {
  const besides = area.columns >= WITH_PREVIEW && view.screen.preview !== undefined;
  const cells = besides ? Math.floor(area.columns * 0.58) : area.columns;
  const list = drawRows(view, { ...area, columns: cells }, painter);
  if (!besides) return list;
  const row = view.source.row(view.cursor);
  const room = area.columns - cells - 3;
  const preview = drawLines(
    row === undefined ? [] : previews.of(row),
    { columns: room, rows: area.rows },
    painter,
  );
  const edge = painter.line([{ text: ` ${painter.glyphs.upright} `, tone: 'muted' }], 3);
  return list.map((line, index) => line + edge + (preview[index] ?? ''));
}

function drawRows(view: ListView, area: Area, painter: Painter): string[] {
  const placed = placeColumns(view.screen.columns, area.columns - GUTTER);
  const below = { columns: area.columns, rows: area.rows - 1 };
  const titles = painter.line(titleSpans(view, placed, painter), area.columns);
  const instead = view.problem ?? (view.source.total() === 0 ? nothing(view) : null);
  if (instead !== null) return [titles, ...drawLines(instead, below, painter)];
  const rows = Array.from({ length: below.rows }, (_, line) => {
    const index = view.top + line;
    const row = view.source.row(index);
    const selected = index === view.cursor;
    const spans =
      row === undefined ? missing(view, index, painter) : rowSpans(view, row, selected, placed, painter);
    return painter.line(spans, area.columns, selected && row !== undefined);
  });
  return [titles, ...rows];
}

function titleSpans({ sort, selected }: ListView, placed: readonly PlacedColumn[], painter: Painter): Span[] {
  const { ellipsis, up, down, crumb } = painter.glyphs;
  const cells = placed.map(({ column, cells: width }): Span => {
    const arrow = column.key === sort.column ? (sort.descending ? down : up) : '';
    const chosen = column.key === selected && column.key !== sort.column ? crumb : '';
    // Where there is no room for all, the title is cut and not its mark.
    const title = beginning(painter.clean(column.title), width - cellsOf(chosen + arrow));
    return { text: fit(chosen + title + arrow, width, ellipsis, column.align), tone: 'strong' };
  });
  return [{ text: ' '.repeat(GUTTER) }, ...withGaps(cells)];
}

function rowSpans(
  { marks }: ListView,
  row: Row,
  selected: boolean,
  placed: readonly PlacedColumn[],
  painter: Painter,
): Span[] {
  const gutter = `${selected ? '>' : ' '}${marks.has(row.key) ? '*' : ' '}`;
  const cells = placed.map(({ column, cells: width }): Span => {
    const value = row[column.key];
    const text = value === null || value === undefined ? painter.glyphs.dash : painter.clean(String(value));
    const cell = fit(text, width, painter.glyphs.ellipsis, column.align);
    return { text: cell, tone: column.tone?.(row) ?? 'plain' };
  });
  return [{ text: gutter, tone: 'strong' }, ...withGaps(cells)];
}

function withGaps(cells: readonly Span[]): Span[] {
  return cells.flatMap((cell, index) => (index === 0 ? [cell] : [{ text: ' '.repeat(GAP) }, cell]));
}

/** A row that is still being read, or the empty space below the last one. */
function missing({ source, cursor }: ListView, index: number, { glyphs }: Painter): Span[] {
  const total = source.total();
  if (total === null ? index !== 0 : index >= total) return [];
  return [{ text: `${index === cursor ? '>' : ' '} ${glyphs.ellipsis}`, tone: 'muted' }];
}

function nothing({ screen, filter, text }: ListView): readonly Line[] {
  if (filter.terms.length === 0) return screen.empty;
  const names = screen.columns.map(({ key }) => key).join(', ');
  return [
    { spans: [{ text: `Nothing here fits /${text}` }] },
    ...filter.unknownColumns.map((name) => ({
      spans: [{ text: `No column is called ${name}, so that was looked for as text. Columns: ${names}` }],
    })),
    { spans: [{ text: 'esc takes the filter away.', tone: 'muted' as const }] },
  ];
}
