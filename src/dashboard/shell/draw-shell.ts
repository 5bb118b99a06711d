import { drawLines } from '../panes/draw-lines.ts';
import type { Span } from '../screen.ts';
import { cellsOf } from '../text/cells.ts';
import type { Painter } from '../text/painter.ts';
import { crumbSpans, headerSpans, tabSpans } from './draw-head.ts';
import { keySpans, talkSpans } from './draw-foot.ts';
import { bodyRows, SMALLEST, type State } from './state.ts';

/** The whole screen: header, numbered screens, way, list or page, what is said or typed, keys. */
export function drawShell(state: State): readonly string[] {
  const { size, painter, places, instead } = state;
  const { columns, rows } = size;
  if (columns < SMALLEST.columns || rows < SMALLEST.rows) return tooSmall(state);
  const line = (spans: readonly Span[]): string => painter.line(spans, columns);
  const body = { columns, rows: bodyRows(size) };
  // Drawn first: it settles what the status says.
  const drawn = places === null ? drawLines(instead, body, painter) : places.view().pane.draw(body);
  const status = places?.view().pane.status() ?? [];
  return [
    bothEnds(painter, columns, ...headerSpans(state)),
    line(tabSpans(state)),
    bothEnds(painter, columns, crumbSpans(state), status),
    ...drawn,
    line(talkSpans(state)),
    line(keySpans(state)),
  ];
}

/** A line with something at its left end, cut where it must be, and something at its right. */
function bothEnds(painter: Painter, columns: number, left: readonly Span[], right: readonly Span[]): string {
  const wide = right.reduce((sum, { text }) => sum + cellsOf(painter.clean(text)), 0);
  const end = Math.min(wide + 1, Math.floor(columns / 2));
  if (wide === 0) return painter.line(left, columns);
  return painter.line(left, columns - end) + painter.line([{ text: ' ' }, ...right], end);
}

function tooSmall({ size, painter }: State): string[] {
  const words = [
    'The terminal is too small.',
    `It has ${size.columns} x ${size.rows}; the dashboard`,
    `needs ${SMALLEST.columns} x ${SMALLEST.rows}. q quits.`,
  ];
  return Array.from({ length: size.rows }, (_, index) =>
    painter.line([{ text: words[index] ?? '' }], size.columns),
  );
}
