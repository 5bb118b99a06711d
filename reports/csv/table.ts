import { visible } from '../inert-text.ts';

/** What a cell may hold; null is an empty cell. */
export type Cell = string | number | boolean | null;

/**
 * An RFC 4180 table: every field quoted, lines ended by CRLF, one line a record. Invisible characters are spelt out,
 * and nothing in it is a formula for a spreadsheet.
 */
export function csvTable(header: readonly string[], rows: Iterable<readonly Cell[]>): string {
  return [...csvLines(header, rows)].join('');
}

/** The same line by line, for what can outgrow one string. */
export function* csvLines(
  header: readonly string[],
  rows: Iterable<readonly Cell[]>,
): Generator<string, void, undefined> {
  yield line(header);
  for (const cells of rows) yield line(cells);
}

function line(cells: readonly Cell[]): string {
  return `${cells.map(field).join(',')}\r\n`;
}

function field(cell: Cell): string {
  const text = typeof cell === 'string' ? visible(withoutFormula(cell)) : String(cell ?? '');
  return `"${text.replaceAll('"', '""')}"`;
}

/**
 * Puts `'` before what a spreadsheet would take for a formula: at the start, also behind spaces and quotes, and behind
 * a semicolon, where a spreadsheet set to another list separator begins a new cell.
 * https://owasp.org/www-community/attacks/CSV_Injection
 */
function withoutFormula(text: string): string {
  return text.replace(/(^|;)(?=["'\s]*[=+\-@＝＋－＠]|[\t\r])/gu, "$1'");
}
