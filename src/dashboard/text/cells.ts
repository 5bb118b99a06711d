import stringWidth from 'string-width';

const PRINTABLE_ASCII = /^[\u0020-\u007e]*$/u;

/** Measuring is slow and the same texts come again and again; beyond this many it starts anew. */
const CACHED = 20_000;
const widths = new Map<string, number>();
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** How many cells of a terminal a text takes. */
export function cellsOf(text: string): number {
  if (PRINTABLE_ASCII.test(text)) return text.length;
  const known = widths.get(text);
  if (known !== undefined) return known;
  if (widths.size >= CACHED) widths.clear();
  const width = stringWidth(text);
  widths.set(text, width);
  return width;
}

/** The longest beginning that takes at most so many cells. */
export function beginning(text: string, cells: number): string {
  if (cellsOf(text) <= cells) return text;
  if (PRINTABLE_ASCII.test(text)) return text.slice(0, Math.max(0, cells));
  let taken = '';
  let width = 0;
  for (const character of charactersOf(text)) {
    width += cellsOf(character);
    if (width > cells) break;
    taken += character;
  }
  return taken;
}

/** A text in exactly so many cells: cut with `ellipsis` at its end where it is longer, else filled with spaces. */
export function fit(text: string, cells: number, ellipsis: string, align?: 'right'): string {
  const width = cellsOf(text);
  if (width > cells) {
    const cut = beginning(text, cells - 1) + ellipsis;
    return beginning(cut, cells) + ' '.repeat(Math.max(0, cells - cellsOf(cut)));
  }
  const room = ' '.repeat(cells - width);
  return align === 'right' ? room + text : text + room;
}

/** The characters of a text as people count them. */
export function charactersOf(text: string): string[] {
  return PRINTABLE_ASCII.test(text)
    ? text.split('')
    : Array.from(graphemes.segment(text), ({ segment }) => segment);
}
