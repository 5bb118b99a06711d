import { KEYMAP } from '../keys/keymap.ts';
import { parseFilter } from '../filter/parse-filter.ts';
import type { Span } from '../screen.ts';
import { cellsOf, charactersOf } from '../text/cells.ts';
import type { TypedLine } from './line-editor.ts';
import type { Prompt, State } from './state.ts';

/** What is being typed, else what there is to say. */
export function talkSpans({ prompt, notice, host }: State): Span[] {
  if (prompt !== null) {
    const sign = prompt.kind === 'filter' ? '/' : ':';
    return [{ text: sign, tone: 'strong' }, ...typedSpans(prompt.line, host.theme === 'none')];
  }
  return notice === null ? [] : [{ text: notice.text, tone: notice.tone }];
}

/** The typed text with its cursor: underlined, or as `_` before the character where nothing can be. */
function typedSpans({ text, at }: TypedLine, bare: boolean): Span[] {
  const characters = charactersOf(text);
  const before = characters.slice(0, at).join('');
  const under = characters[at];
  const after = characters.slice(at + 1).join('');
  if (bare || under === undefined) return [{ text: `${before}_${under ?? ''}${after}` }];
  return [{ text: before }, { text: under, tone: 'link' }, { text: after }];
}

/** Help for what is typed, else the most used keys, as many as fit. */
export function keySpans(state: State): Span[] {
  const { prompt, places } = state;
  if (prompt !== null) return [{ text: hint(state, prompt), tone: 'muted' }];
  if (places === null) return [{ text: 'r try again  q quit', tone: 'muted' }];
  const { kind } = places.view().pane;
  let room = state.size.columns;
  return KEYMAP.flatMap(({ keys, short, on }): Span[] => {
    if (short === undefined || (on !== 'everywhere' && on !== kind)) return [];
    const gap = room === state.size.columns ? '' : '  ';
    room -= cellsOf(`${gap}${keys} ${short}`);
    return room < 0
      ? []
      : [
          { text: gap + keys, tone: 'strong' },
          { text: ` ${short}`, tone: 'muted' },
        ];
  });
}

function hint(state: State, { kind, line, names }: Prompt): string {
  if (names.length > 0) return names.join('  ');
  if (kind === 'command') return 'tab completes  enter goes there  esc leaves  up earlier ones';
  const screen = state.places?.view().screen;
  const { problem } = parseFilter(line.text, screen?.kind === 'list' ? screen.columns : []);
  return problem ?? 'word  !word  column:word  "two words"  enter keeps  esc leaves';
}
