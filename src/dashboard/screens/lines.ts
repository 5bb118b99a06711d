import type { Line, Link, Span, Tone } from '../screen.ts';
import { cellsOf } from '../text/cells.ts';
import { wrapSpans } from '../text/wrap-spans.ts';

/** Text, or text in a tone. */
type Part = string | Span;

/** An empty line. */
export const BLANK: Line = { spans: [] };

/** Text in a tone. */
export function toned(tone: Tone, text: string): Span {
  return { text, tone };
}

/** One line, however long. */
export function line(parts: readonly Part[], link?: Link): Line {
  const spans = parts.map((part) => (typeof part === 'string' ? { text: part } : part));
  return link === undefined ? { spans } : { spans, link };
}

/** A title with an empty line before it. */
export function heading(text: string, note = ''): Line[] {
  return [
    BLANK,
    line(note === '' ? [toned('strong', text)] : [toned('strong', text), toned('muted', `  ${note}`)]),
  ];
}

/** Where and how wide text is laid out. */
export interface Block {
  readonly columns: number;
  /** Cells before every line. */
  readonly indent?: number;
  readonly link?: Link | undefined;
}

/** What a preview is laid out for; the shell breaks what is too long where it has less room. */
export const PREVIEW: Block = { columns: 48, indent: 0 };

/**
 * Text beside a label, further lines under its first one. Where that would leave it little room, the text follows its
 * label at once.
 */
export function labelled(label: Part, parts: readonly Part[], width: number, block: Block): Line[] {
  const { columns, indent = 2, link } = block;
  const name = typeof label === 'string' ? toned('muted', label) : label;
  const start = indent + Math.max(width, cellsOf(name.text) + 1);
  const narrow = columns - start < NARROWEST;
  const next = narrow ? indent + 2 : start;
  const colon = narrow && typeof label === 'string' && label !== '' ? ':' : '';
  const before = narrow ? `${colon} ` : ' '.repeat(start - indent - cellsOf(name.text));
  const rows = wrapSpans(line(narrow ? [name, before, ...parts] : parts).spans, Math.max(1, columns - next));
  return rows.map((row, at) => {
    if (at > 0) return line([' '.repeat(next), ...row], link);
    return line([' '.repeat(indent), ...(narrow ? row : [name, before, ...row])], link);
  });
}

/** Text beside a label gets at least so much room. */
const NARROWEST = 30;

/** Text with a mark before its first line; further lines stand under its text. */
export function item(mark: Part, parts: readonly Part[], block: Block): Line[] {
  const width = cellsOf(typeof mark === 'string' ? mark : mark.text) + 1;
  return labelled(mark, parts, width, block);
}

/** Text alone, broken at spaces. */
export function paragraph(parts: readonly Part[], { columns, indent = 2, link }: Block): Line[] {
  return wrapSpans(line(parts).spans, Math.max(1, columns - indent)).map((row) =>
    line([' '.repeat(indent), ...row], link),
  );
}

/** The first few of many, and a line that says how many more there are and where. */
export function firstOf<Value>(
  values: readonly Value[],
  limit: number,
  show: (value: Value) => readonly Line[],
  { columns, indent = 2 }: Block,
  where = '',
): Line[] {
  const left = values.length - limit;
  const more = `and ${counted(left, 'more', 'more')}${where === '' ? '' : `: ${where}`}`;
  return [
    ...values.slice(0, limit).flatMap(show),
    ...(left > 0 ? paragraph([toned('muted', more)], { columns, indent }) : []),
  ];
}

/** `1 key`, `12,000 keys`. */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${grouped(count)} ${count === 1 ? noun : plural}`;
}

/** `12,000`, whatever the machine's locale. */
export function grouped(count: number): string {
  return String(count).replaceAll(/\B(?=(\d{3})+$)/gu, ',');
}
