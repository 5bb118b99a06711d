import { drawLines } from '../panes/draw-lines.ts';
import type { Span } from '../screen.ts';
import { crumbSpans } from './draw-head.ts';
import { talkSpans } from './draw-foot.ts';
import { bodyRows, type State } from './state.ts';

/** What a screen reader says: the place, what the cursor is on, and what is said or typed. No frame, no columns. */
export function speak(state: State): readonly string[] {
  const { places, painter, size } = state;
  const words = (spans: readonly Span[]): string =>
    spans
      .map(({ text }) => painter.clean(text))
      .join('')
      .trim();
  const pane = places?.view().pane;
  // Drawing settles what is read; the lines are for the eye.
  pane?.draw({ columns: size.columns, rows: bodyRows(size) });
  const spoken = pane?.spoken() ?? state.instead;
  return [
    words(crumbSpans(state)),
    ...(pane === undefined ? [] : [words(pane.status())]),
    ...drawLines(spoken, { columns: size.columns, rows: bodyRows(size) }, painter).map((line) =>
      line.trimEnd(),
    ),
    words(talkSpans(state)),
  ].filter((line) => line !== '');
}
