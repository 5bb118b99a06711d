/** How a cell is drawn; colours as CSS, null: the terminal's own. */
export interface Style {
  readonly colour: string | null;
  readonly ground: string | null;
  readonly bold: boolean;
  readonly dim: boolean;
  readonly inverse: boolean;
}

/** Text in one style. */
export interface Run {
  readonly text: string;
  readonly style: Style;
}

const PLAIN: Style = { colour: null, ground: null, bold: false, dim: false, inverse: false };

/** The sixteen colours of a terminal, dark ones first. */
const PALETTE = [
  '#484f58',
  '#ff7b72',
  '#3fb950',
  '#d29922',
  '#58a6ff',
  '#bc8cff',
  '#39c5cf',
  '#b1bac4',
  '#6e7681',
  '#ffa198',
  '#56d364',
  '#e3b341',
  '#79c0ff',
  '#d2a8ff',
  '#56d4dd',
  '#ffffff',
];

/** Takes the lines of a terminal apart by their escape sequences for colours (ECMA-48, 8.3.117); others are left out. */
export function runsOf(
  line: string,
  start: Style = PLAIN,
): { readonly runs: readonly Run[]; readonly end: Style } {
  const runs: Run[] = [];
  let style = start;
  let at = 0;
  // The escape character is what is looked for.
  // oxlint-disable-next-line no-control-regex
  for (const match of line.matchAll(/\u001B\[([\d;]*)([A-Za-z])/gu)) {
    const text = line.slice(at, match.index);
    if (text !== '') runs.push({ text, style });
    at = match.index + match[0].length;
    if (match[2] === 'm') style = styled(style, (match[1] ?? '').split(';').map(Number));
  }
  const rest = line.slice(at);
  if (rest !== '') runs.push({ text: rest, style });
  return { runs, end: style };
}

function styled(before: Style, codes: readonly number[]): Style {
  let style = before;
  for (let at = 0; at < codes.length; at++) {
    const code = codes[at] ?? 0;
    if (code === 38 || code === 48) {
      const extended = codes[at + 1] === 5 ? indexed(codes[at + 2] ?? 0) : rgb(codes.slice(at + 2, at + 5));
      style = code === 38 ? { ...style, colour: extended } : { ...style, ground: extended };
      at += codes[at + 1] === 5 ? 2 : 4;
    } else style = simple(style, code);
  }
  return style;
}

function simple(style: Style, code: number): Style {
  if (code === 0) return PLAIN;
  if (code === 1) return { ...style, bold: true };
  if (code === 2) return { ...style, dim: true };
  if (code === 7) return { ...style, inverse: true };
  if (code === 22) return { ...style, bold: false, dim: false };
  if (code === 27) return { ...style, inverse: false };
  if (code === 39) return { ...style, colour: null };
  if (code === 49) return { ...style, ground: null };
  if (code >= 30 && code <= 37) return { ...style, colour: indexed(code - 30) };
  if (code >= 90 && code <= 97) return { ...style, colour: indexed(code - 82) };
  if (code >= 40 && code <= 47) return { ...style, ground: indexed(code - 40) };
  if (code >= 100 && code <= 107) return { ...style, ground: indexed(code - 92) };
  return style;
}

/** The 256 colours: sixteen, a cube of six, and greys. */
function indexed(index: number): string {
  const named = PALETTE[index];
  if (named !== undefined) return named;
  if (index >= 232) return rgb(Array.from({ length: 3 }, () => 8 + (index - 232) * 10));
  const steps = [0, 95, 135, 175, 215, 255];
  const cube = index - 16;
  return rgb([Math.floor(cube / 36), Math.floor(cube / 6) % 6, cube % 6].map((each) => steps[each] ?? 0));
}

function rgb(parts: readonly number[]): string {
  return `#${parts.map((each) => each.toString(16).padStart(2, '0')).join('')}`;
}
