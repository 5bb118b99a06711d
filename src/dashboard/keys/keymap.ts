/** What a key does, as the help and the last line say it. */
export interface KeyHelp {
  readonly keys: string;
  readonly does: string;
  /** A word for the last line; keys without one stand in the help only. */
  readonly short?: string;
  readonly on: 'everywhere' | 'list' | 'page';
}

/** Every key of the dashboard, the most used first. */
export const KEYMAP: readonly KeyHelp[] = [
  { keys: '?', does: 'this help', short: 'help', on: 'everywhere' },
  { keys: 'q', does: 'quit; ctrl-c does the same', short: 'quit', on: 'everywhere' },
  { keys: 'enter', does: 'open what the cursor is on', short: 'open', on: 'everywhere' },
  { keys: 'esc', does: 'take the filter away; without one, go back', short: 'back', on: 'everywhere' },
  { keys: '/', does: 'filter: word, !word, column:word, "two words"', short: 'filter', on: 'everywhere' },
  {
    keys: ':',
    does: 'go to a screen or an identity by name; tab completes',
    short: 'go to',
    on: 'everywhere',
  },
  {
    keys: 's S',
    does: 'sort by the chosen column, up or down; again: turn round',
    short: 'sort',
    on: 'list',
  },
  { keys: 'space', does: 'mark the row', short: 'mark', on: 'list' },
  {
    keys: 'x',
    does: 'plan a revocation and see what would remain; nothing is done',
    short: 'plan',
    on: 'everywhere',
  },
  { keys: 'i', does: 'open the identity of the row', on: 'everywhere' },
  {
    keys: 'c',
    does: 'copy the key, or the keys of the marked rows (OSC 52)',
    short: 'copy',
    on: 'everywhere',
  },
  { keys: 'o', does: 'write the rows, or the marked ones, to a CSV file', short: 'write', on: 'list' },
  { keys: 'o', does: 'write the page to a text file', short: 'write', on: 'page' },
  { keys: 'e', does: 'open the row or page in $VISUAL or $EDITOR', short: 'edit', on: 'everywhere' },
  { keys: 'r', does: 'read the newest snapshot again', on: 'everywhere' },
  { keys: 'j k ↑ ↓', does: 'one row', on: 'everywhere' },
  { keys: 'g G home end', does: 'first, last row', on: 'everywhere' },
  { keys: 'ctrl-d ctrl-u', does: 'half a screen', on: 'everywhere' },
  { keys: 'pgdn pgup', does: 'a screen', on: 'everywhere' },
  { keys: '1 … 9 0', does: 'a screen by its number', on: 'everywhere' },
  { keys: '[ ] h l ← → tab', does: 'the screen before, after', on: 'everywhere' },
  { keys: 'shift-← shift-→', does: 'choose the column to sort by', on: 'list' },
  { keys: 'shift-letter', does: 'sort by the column whose title begins with it', on: 'list' },
];
