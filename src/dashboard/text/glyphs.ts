/** The marks that the shell draws with. */
export interface Glyphs {
  readonly ellipsis: string;
  readonly up: string;
  readonly down: string;
  readonly crumb: string;
  readonly across: string;
  readonly upright: string;
  readonly dash: string;
}

const UNICODE: Glyphs = {
  ellipsis: '…',
  up: '↑',
  down: '↓',
  crumb: '›',
  across: '─',
  upright: '│',
  dash: '–',
};

const ASCII: Glyphs = {
  ellipsis: '~',
  up: '^',
  down: 'v',
  crumb: '>',
  across: '-',
  upright: '|',
  dash: '-',
};

/** Marks of box drawing, or of ASCII alone. */
export function glyphsOf(ascii: boolean): Glyphs {
  return ascii ? ASCII : UNICODE;
}
