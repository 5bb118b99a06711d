import type { Span } from '../screen.ts';
import { beginning, cellsOf } from './cells.ts';
import { glyphsOf, type Glyphs } from './glyphs.ts';
import { paint, type ThemeName } from './theme.ts';

/** Turns spans into what a terminal shows. */
export interface Painter {
  readonly glyphs: Glyphs;
  /** Text that cannot move the cursor; in ASCII mode every other character is spelt out. */
  readonly clean: (text: string) => string;
  /** A line of exactly so many cells: what does not fit ends in an ellipsis. */
  readonly line: (spans: readonly Span[], cells: number, selected?: boolean) => string;
}

/** What a painter is made of; `sanitise` makes text harmless to a terminal. */
export interface PainterOptions {
  readonly theme: ThemeName;
  readonly ascii: boolean;
  readonly sanitise: (text: string) => string;
}

const PRINTABLE_ASCII = /^[\u0020-\u007e]*$/u;

/** Makes a painter. */
export function createPainter({ theme, ascii, sanitise }: PainterOptions): Painter {
  const glyphs = glyphsOf(ascii);
  function clean(text: string): string {
    if (PRINTABLE_ASCII.test(text)) return text;
    const safe = sanitise(text);
    return ascii ? spelt(safe) : safe;
  }
  function line(spans: readonly Span[], cells: number, selected = false): string {
    const cleaned = spans.map(({ text, tone }) => ({ text: clean(text), tone: tone ?? 'plain' }));
    const width = cleaned.reduce((sum, { text }) => sum + cellsOf(text), 0);
    let room = width > cells ? Math.max(0, cells - 1) : cells;
    let out = '';
    for (const { text, tone } of cleaned) {
      const part = beginning(text, room);
      room -= cellsOf(part);
      out += paint(theme, part, { tone, selected });
      if (part !== text) break;
    }
    const end = width > cells && cells > 0 ? glyphs.ellipsis : '';
    const missing = width > cells ? room : cells - width;
    return out + paint(theme, end + ' '.repeat(missing), { selected });
  }
  return { glyphs, clean, line };
}

function spelt(text: string): string {
  return text
    .replaceAll(/[⟨⟩]/gu, (mark) => (mark === '⟨' ? '<' : '>'))
    .replaceAll(/[^\u0020-\u007e]/gu, code);
}

function code(character: string): string {
  return `<U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}>`;
}
