import stringWidth from 'string-width';
import { runsOf, type Style } from './ansi-text.ts';

const CELL = { width: 8.4, height: 18 } as const;
const MARGIN = 14;
const INK = '#c9d1d9';
const PAPER = '#0d1117';

/** A terminal's screen as an SVG picture, which is text and stays sharp. Every run is put in its own cell. */
export function terminalSvg(screen: string, columns: number, title: string): string {
  const lines = screen.replace(/\n+$/u, '').split('\n');
  const width = Math.ceil(columns * CELL.width + 2 * MARGIN);
  const height = lines.length * CELL.height + 2 * MARGIN;
  let style: Style | undefined;
  const rows = lines.map((line, row) => {
    const { runs, end } = runsOf(line, style);
    style = end;
    let column = 0;
    return runs
      .map((run) => {
        const cells = stringWidth(run.text);
        const drawn = drawRun(run.text, run.style, column, row, cells);
        column += cells;
        return drawn;
      })
      .join('');
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">
<title>${escaped(title)}</title>
<rect width="100%" height="100%" rx="8" fill="${PAPER}"/>
<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="14">
${rows.filter((row) => row !== '').join('\n')}
</g>
</svg>
`;
}

function drawRun(text: string, style: Style, column: number, row: number, cells: number): string {
  const [colour, ground] = style.inverse
    ? [style.ground ?? PAPER, style.colour ?? INK]
    : [style.colour ?? INK, style.ground];
  const x = (MARGIN + column * CELL.width).toFixed(1);
  const y = MARGIN + row * CELL.height;
  const length = (cells * CELL.width).toFixed(1);
  const back =
    ground === null
      ? ''
      : `<rect x="${x}" y="${y}" width="${length}" height="${CELL.height}" fill="${ground}"/>`;
  const bold = style.bold ? ' font-weight="bold"' : '';
  const dim = style.dim ? ' opacity="0.65"' : '';
  // XML folds spaces: what stands between them is put in its own place.
  const words = [...text.matchAll(/\S+(?: \S+)*/gu)].map(({ 0: word, index }) => {
    const at = (MARGIN + (column + stringWidth(text.slice(0, index))) * CELL.width).toFixed(1);
    const wide = (stringWidth(word) * CELL.width).toFixed(1);
    return `<text x="${at}" y="${y + 13}" textLength="${wide}" lengthAdjust="spacingAndGlyphs" fill="${colour}"${bold}${dim}>${escaped(word)}</text>`;
  });
  return back + words.join('');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
