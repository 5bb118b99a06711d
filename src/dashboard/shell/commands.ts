import type { Screen, ScreenSet } from '../screen.ts';

/** What a typed command asks for. */
export type Command =
  | { readonly kind: 'quit' }
  | { readonly kind: 'help' }
  | { readonly kind: 'reload' }
  | { readonly kind: 'tab'; readonly index: number; readonly filter: string }
  /** An identity by its uid or name, or a part of it. */
  | { readonly kind: 'identity'; readonly name: string };

const OWN = { quit: ['quit', 'q'], help: ['help'], reload: ['reload'] } as const;

/** Every word that `:` takes, sorted. */
export function commandWords({ tabs, aliases }: ScreenSet): string[] {
  const screens = tabs.flatMap(({ id }) => [id, ...(aliases[id] ?? [])]);
  return [...new Set([...screens, 'identity', ...Object.values(OWN).flat()])].toSorted();
}

/** Reads what was typed after `:`. Words after a screen's are a filter for it; any other word is an identity's name. */
export function parseCommand(text: string, screens: ScreenSet): Command | null {
  const match = /^\s*(?<word>\S+)\s*(?<rest>.*?)\s*$/su.exec(text);
  const { word = '', rest = '' } = match?.groups ?? {};
  if (word === '') return null;
  for (const kind of ['quit', 'help', 'reload'] as const) {
    if (OWN[kind].some((each) => each === word)) return { kind };
  }
  const index = screens.tabs.findIndex((screen) => namesOf(screen, screens).includes(word));
  if (index >= 0) return { kind: 'tab', index, filter: rest };
  if (word === 'identity') return rest === '' ? null : { kind: 'identity', name: rest };
  return { kind: 'identity', name: text.trim() };
}

/** The words that a beginning can become, the shortest first. */
export function completions(text: string, words: readonly string[]): string[] {
  if (text === '') return [];
  return words.filter((word) => word.startsWith(text)).toSorted((a, b) => a.length - b.length);
}

/** The longest beginning that all the words share. */
export function sharedBeginning(words: readonly string[]): string {
  const [first = '', ...others] = words;
  let length = first.length;
  for (const word of others) while (!word.startsWith(first.slice(0, length))) length -= 1;
  return first.slice(0, length);
}

function namesOf({ id }: Screen, { aliases }: ScreenSet): readonly string[] {
  return [id, ...(aliases[id] ?? [])];
}
