import stringWidth from 'string-width';
import { sanitise } from './sanitise.ts';
import type { Paint } from './colour.ts';

/** A column of a table. */
export interface Column<Row> {
  readonly title: string;
  readonly value: (row: Row) => string;
  readonly paint?: (text: string, row: Row) => string;
  /** May be cut when the table is wider than the terminal; the others keep their width. */
  readonly flexible?: boolean;
  /** Left out where the terminal is too narrow, the highest number first; without one it always stays. */
  readonly optional?: number;
  readonly align?: 'right';
}

const GAP = '  ';
/** Characters as people see them: an emoji is cut whole or not at all. */
const SEGMENTER = new Intl.Segmenter();
const SHORTEST = 12;
const READABLE = 30;

/** Lays rows out under a header in at most `width` columns (Infinity: as wide as it gets). Ends with a line break. */
export function renderTable<Row>(
  rows: readonly Row[],
  wanted: readonly Column<Row>[],
  width: number,
  paint: Paint,
): string {
  const columns = thoseThatFit(rows, wanted, width);
  const cells = rows.map((row) => columns.map((column) => sanitise(column.value(row))));
  const widths = fit(
    columns.map((column, at) =>
      cells.reduce(
        (widest, line) => Math.max(widest, stringWidth(line[at] ?? '')),
        stringWidth(column.title),
      ),
    ),
    columns,
    width,
  );
  const header = columns.map((column, at) => paint.dim(pad(column.title, widths[at] ?? 0, column.align)));
  const lines = rows.map((row, index) =>
    columns.map((column, at) => {
      const text = pad(cut(cells[index]?.[at] ?? '', widths[at] ?? 0), widths[at] ?? 0, column.align);
      return column.paint ? column.paint(text, row) : text;
    }),
  );
  return [header, ...lines].map((line) => `${line.join(GAP).trimEnd()}\n`).join('');
}

/** Leaves out optional columns until the rest has room to be read. */
function thoseThatFit<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  width: number,
): Column<Row>[] {
  const kept = [...columns];
  const least = () => kept.reduce((sum, column) => sum + leastWidth(rows, column) + GAP.length, -GAP.length);
  while (least() > width) {
    const last = kept.reduce(
      (worst, column, at) => ((column.optional ?? 0) > (kept[worst]?.optional ?? 0) ? at : worst),
      0,
    );
    if (kept[last]?.optional === undefined) break;
    kept.splice(last, 1);
  }
  return kept;
}

/** What a column needs to be of use: a flexible one a readable part of its text. */
function leastWidth<Row>(rows: readonly Row[], column: Column<Row>): number {
  const natural = rows.reduce(
    (widest, row) => Math.max(widest, stringWidth(sanitise(column.value(row)))),
    stringWidth(column.title),
  );
  return column.flexible === true ? Math.min(natural, READABLE) : natural;
}

/** Takes width from the widest flexible column until the table fits. */
function fit<Row>(natural: readonly number[], columns: readonly Column<Row>[], width: number): number[] {
  const widths = [...natural];
  const total = () => widths.reduce((sum, each) => sum + each, 0) + GAP.length * (widths.length - 1);
  while (total() > width) {
    let widest = -1;
    for (const [at, column] of columns.entries()) {
      if (column.flexible === true && (widths[at] ?? 0) > Math.max(SHORTEST, widths[widest] ?? 0))
        widest = at;
    }
    if (widest === -1) break;
    widths[widest] = Math.max(SHORTEST, (widths[widest] ?? 0) - Math.max(1, total() - width > 20 ? 4 : 1));
  }
  return widths;
}

/** Cuts in the middle, since uids differ at both ends. */
function cut(text: string, width: number): string {
  if (stringWidth(text) <= width) return text;
  const characters = Array.from(SEGMENTER.segment(text), ({ segment }) => segment);
  const tail = Math.floor((width - 1) / 2);
  const head = width - 1 - tail;
  return `${take(characters, head)}…${take(characters.toReversed(), tail, true)}`;
}

function take(characters: readonly string[], width: number, reversed = false): string {
  const taken: string[] = [];
  let used = 0;
  for (const character of characters) {
    used += stringWidth(character);
    if (used > width) break;
    taken.push(character);
  }
  return (reversed ? taken.toReversed() : taken).join('');
}

function pad(text: string, width: number, align?: 'right'): string {
  const space = ' '.repeat(Math.max(0, width - stringWidth(text)));
  return align === 'right' ? space + text : text + space;
}
