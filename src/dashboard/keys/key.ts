/** A key: the character that it types, or its name: `enter`, `esc`, `up`, `ctrl-d`, `shift-left`. */
export type KeyName = string;

/** What Ink says of one piece of input. */
export interface InkKey {
  readonly upArrow: boolean;
  readonly downArrow: boolean;
  readonly leftArrow: boolean;
  readonly rightArrow: boolean;
  readonly pageUp: boolean;
  readonly pageDown: boolean;
  readonly home: boolean;
  readonly end: boolean;
  readonly return: boolean;
  readonly escape: boolean;
  readonly tab: boolean;
  readonly backspace: boolean;
  readonly delete: boolean;
  readonly ctrl: boolean;
  readonly shift: boolean;
  readonly meta: boolean;
}

const NAMED: readonly (readonly [keyof InkKey, string])[] = [
  ['upArrow', 'up'],
  ['downArrow', 'down'],
  ['leftArrow', 'left'],
  ['rightArrow', 'right'],
  ['pageUp', 'pgup'],
  ['pageDown', 'pgdn'],
  ['home', 'home'],
  ['end', 'end'],
  ['return', 'enter'],
  ['escape', 'esc'],
  ['tab', 'tab'],
  ['backspace', 'backspace'],
  // Most terminals send DEL for the backspace key, and Ink calls both delete.
  ['delete', 'backspace'],
];

/** What is left of a sequence that Ink does not know: a mouse, a change of focus, a strange key. */
const SEQUENCE = /^(?:\[[\d;<>?]*[A-Za-z~]|O[A-Za-z])$/u;

/** The keys of one piece of input: a held key, a paste and a fast typist send several at once. */
export function keysOf(input: string, key: InkKey): KeyName[] {
  const named = NAMED.find(([field]) => key[field]);
  if (named !== undefined) return [key.shift ? `shift-${named[1]}` : named[1]];
  if (key.ctrl) return input === '' ? [] : [`ctrl-${input}`];
  if (key.meta) return input === '' ? [] : [`alt-${input}`];
  return SEQUENCE.test(input) ? [] : Array.from(input, characterKey);
}

function characterKey(character: string): KeyName {
  if (character === '\r' || character === '\n') return 'enter';
  if (character === '\t') return 'tab';
  if (character === '\u007f' || character === '\b') return 'backspace';
  const code = character.codePointAt(0) ?? 0;
  return code > 0 && code < 27 ? `ctrl-${String.fromCodePoint(code + 96)}` : character;
}

/** Whether a key types a character. */
export function types(key: KeyName): boolean {
  return Array.from(key).length === 1 && !/\p{Cc}/u.test(key);
}
