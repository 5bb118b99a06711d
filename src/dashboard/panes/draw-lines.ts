import type { Line, Link, Span } from '../screen.ts';
import type { Painter } from '../text/painter.ts';
import { wrapSpans } from '../text/wrap-spans.ts';
import type { Area } from './pane.ts';

/** A line as it stands in a pane: a long one of a screen becomes several. */
export interface BrokenLine {
  readonly spans: readonly Span[];
  readonly link: Link | undefined;
}

/** Breaks lines for a pane of so many columns. */
export function breakLines(lines: readonly Line[], columns: number, { clean }: Painter): BrokenLine[] {
  return lines.flatMap(({ spans, link }) =>
    wrapSpans(
      spans.map((span) => ({ ...span, text: clean(span.text) })),
      columns,
    ).map((part) => ({ spans: part, link })),
  );
}

/** The lines that fit into an area, and empty ones below them. */
export function drawLines(lines: readonly Line[], { columns, rows }: Area, painter: Painter): string[] {
  const broken = breakLines(lines, columns, painter);
  return Array.from({ length: rows }, (_, index) => painter.line(broken[index]?.spans ?? [], columns));
}
