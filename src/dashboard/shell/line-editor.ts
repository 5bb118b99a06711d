import { charactersOf } from '../text/cells.ts';
import { types, type KeyName } from '../keys/key.ts';

/** A line that is being typed; `at` counts characters before the cursor. */
export interface TypedLine {
  readonly text: string;
  readonly at: number;
}

/** A line with the cursor at its end. */
export function typed(text: string): TypedLine {
  return { text, at: charactersOf(text).length };
}

/** The line after a key, as a shell's line editor does it; null where the key is none of an editor's. */
export function edit({ text, at }: TypedLine, key: KeyName): TypedLine | null {
  const characters = charactersOf(text);
  const before = characters.slice(0, at);
  const after = characters.slice(at);
  const line = (left: readonly string[], right: readonly string[]): TypedLine => ({
    text: [...left, ...right].join(''),
    at: left.length,
  });
  if (types(key)) return line([...before, key], after);
  switch (key) {
    case 'backspace':
      return line(before.slice(0, -1), after);
    case 'ctrl-d':
      return line(before, after.slice(1));
    case 'ctrl-u':
      return line([], after);
    case 'ctrl-k':
      return line(before, []);
    case 'ctrl-w':
      return line(charactersOf(before.join('').replace(/\S*\s*$/u, '')), after);
    case 'left':
    case 'ctrl-b':
      return { text, at: Math.max(0, at - 1) };
    case 'right':
    case 'ctrl-f':
      return { text, at: Math.min(characters.length, at + 1) };
    case 'home':
    case 'ctrl-a':
      return { text, at: 0 };
    case 'end':
    case 'ctrl-e':
      return typed(text);
    default:
      return null;
  }
}
