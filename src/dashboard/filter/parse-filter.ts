import type { Column } from '../screen.ts';

/** One condition of a filter: a text that a column, or any of them, contains or must not contain. */
export interface Term {
  /** null: any column. */
  readonly column: string | null;
  readonly text: string;
  readonly inverse: boolean;
}

/** A filter as it was understood. Every term must hold. */
export interface Filter {
  readonly terms: readonly Term[];
  /** What cannot be understood, in words for who typed it; the terms are what could. */
  readonly problem: string | null;
  /** Words before a colon that name no column, and so were taken as text. */
  readonly unknownColumns: readonly string[];
}

/** The filter that lets everything through. */
export const NO_FILTER: Filter = { terms: [], problem: null, unknownColumns: [] };

type ColumnName = Pick<Column, 'key' | 'title'>;

/**
 * Reads what was typed after `/`: words that must be there, `!word` that must not, `column:word` in one column by its
 * key or title, `"two words"` as one. Case does not matter. A word before a colon that names no column is text: uids
 * have colons in them.
 */
export function parseFilter(text: string, columns: readonly ColumnName[]): Filter {
  const terms: Term[] = [];
  const unknownColumns: string[] = [];
  let problem: string | null = null;
  for (const word of wordsOf(text)) {
    const inverse = word.startsWith('!');
    const { column, rest, unknown } = columnOf(inverse ? word.slice(1) : word, columns);
    if (unknown !== null) unknownColumns.push(unknown);
    const quoted = unquoted(rest);
    if (quoted === null) problem ??= `the quotation mark in ${word} is not closed`;
    else if (quoted === '') problem ??= emptyWord(word, column);
    else terms.push({ column, text: quoted.toLowerCase(), inverse });
  }
  return { terms, problem, unknownColumns };
}

/** Splits at spaces outside quotation marks. */
function wordsOf(text: string): string[] {
  return text.match(/(?:"[^"]*(?:"|$)|[^\s"])+/gu) ?? [];
}

function columnOf(
  word: string,
  columns: readonly ColumnName[],
): { readonly column: string | null; readonly rest: string; readonly unknown: string | null } {
  const match = /^(?<name>[\p{L}\d_-]+):(?<rest>.*)$/su.exec(word);
  const name = match?.groups?.['name'];
  if (name === undefined) return { column: null, rest: word, unknown: null };
  const wanted = name.toLowerCase();
  const found = columns.find(({ key, title }) => [key, title].some((each) => each.toLowerCase() === wanted));
  if (found === undefined) return { column: null, rest: word, unknown: name };
  return { column: found.key, rest: match?.groups?.['rest'] ?? '', unknown: null };
}

/** A word without its quotation marks; null where one is left open. */
function unquoted(word: string): string | null {
  return word.split('"').length % 2 === 0 ? null : word.replaceAll('"', '');
}

function emptyWord(word: string, column: string | null): string {
  return column === null ? `${word} has no text to look for` : `${word} has no text to look for in ${column}`;
}
