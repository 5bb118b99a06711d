import { ConfigError } from '#model/errors.ts';

/** One record with the line that it begins on. */
export interface CsvRow {
  readonly cells: readonly string[];
  readonly line: number;
}

/** Parses CSV after RFC 4180; blank lines are left out. Throws ConfigError for a quote that is out of place. */
export function parseCsv(text: string, file: string): CsvRow[] {
  const rows: CsvRow[] = [];
  const token = /"(?<quoted>[^"]*(?:""[^"]*)*)"(?=,|\r?\n|$)|(?<plain>[^",\r\n]*)(?=,|\r?\n|$)/uy;
  let cells: string[] = [];
  let line = 1;
  let start = 1;
  let at = text.startsWith('\uFEFF') ? 1 : 0;
  while (at <= text.length) {
    token.lastIndex = at;
    const match = token.exec(text);
    if (match === null) {
      throw new ConfigError(`${file}:${line}: a quotation mark that is out of place or not closed`, {
        hint: 'Put cells with quotation marks into quotation marks, and double those inside.',
      });
    }
    const quoted = match.groups?.['quoted'];
    cells.push(quoted === undefined ? (match.groups?.['plain'] ?? '') : quoted.replaceAll('""', '"'));
    line += (quoted ?? '').split('\n').length - 1;
    at = token.lastIndex;
    if (text[at] === ',') {
      at += 1;
      continue;
    }
    if (cells.length > 1 || cells[0] !== '') rows.push({ cells, line: start });
    at += text[at] === '\r' ? 2 : 1;
    line += 1;
    start = line;
    cells = [];
  }
  return rows;
}
