import {
  addAll,
  emptySet,
  has,
  includesAll,
  intersects,
  keepCommon,
  removeAll,
  type PermissionSet,
} from '../../permission-set.ts';

/** A set that is kept: as those of its words that hold something while they are few, else whole. Never changed. */
export type SetPart =
  | { readonly form: 'words'; readonly at: Uint16Array; readonly words: Uint32Array }
  | { readonly form: 'whole'; readonly set: PermissionSet };

export const NOTHING: SetPart = { form: 'words', at: new Uint16Array(), words: new Uint32Array() };

/** Keeps a set. The set itself must not be changed afterwards. */
export function keep(set: PermissionSet): SetPart {
  const filled = set.reduce((sum, word) => (word === 0 ? sum : sum + 1), 0);
  if (filled === 0) return NOTHING;
  // One by one a word costs about three times what it costs in a row.
  if (filled * 3 > set.length) return { form: 'whole', set };
  const at = new Uint16Array(filled);
  const words = new Uint32Array(filled);
  let next = 0;
  for (const [index, word] of set.entries()) {
    if (word === 0) continue;
    at[next] = index;
    words[next] = word;
    next += 1;
  }
  return { form: 'words', at, words };
}

/** Keeps numbers in ascending order, all below `size`. */
export function keepNumbers(numbers: readonly number[], size: number): SetPart {
  if (numbers.length === 0) return NOTHING;
  const at: number[] = [];
  const words: number[] = [];
  for (const number of numbers) {
    const word = number >>> 5;
    const bit = 1 << (number & 31);
    if (at.at(-1) === word) words.push((words.pop() ?? 0) | bit);
    else {
      at.push(word);
      words.push(bit);
    }
  }
  const few: SetPart = { form: 'words', at: Uint16Array.from(at), words: Uint32Array.from(words) };
  const set = emptySet(size);
  if (at.length * 3 <= set.length) return few;
  addPart(set, few);
  return { form: 'whole', set };
}

/*
 * In the loops below `at` and `words` have the same length, and `at` holds indexes of the set's words: no element is
 * undefined.
 */

/** Puts everything of the part into the set. */
export function addPart(set: PermissionSet, part: SetPart): void {
  if (part.form === 'whole') {
    addAll(set, part.set);
    return;
  }
  const { at, words } = part;
  for (let index = 0; index < at.length; index += 1) set[at[index]!]! |= words[index]!;
}

/** Takes everything of the part out of the set. */
export function removePart(set: PermissionSet, part: SetPart): void {
  if (part.form === 'whole') {
    removeAll(set, part.set);
    return;
  }
  const { at, words } = part;
  for (let index = 0; index < at.length; index += 1) set[at[index]!]! &= ~words[index]!;
}

/** Whether the number is in the part. */
export function partHas(part: SetPart, number: number): boolean {
  if (part.form === 'whole') return has(part.set, number);
  const index = part.at.indexOf(number >>> 5);
  return index >= 0 && (part.words[index]! & (1 << (number & 31))) !== 0;
}

/** Whether the part has something in common with the set. */
export function partIntersects(part: SetPart, set: PermissionSet): boolean {
  if (part.form === 'whole') return intersects(part.set, set);
  const { at, words } = part;
  for (let index = 0; index < at.length; index += 1)
    if ((set[at[index]!]! & words[index]!) !== 0) return true;
  return false;
}

/** Whether the set has everything of the part. */
export function partWithin(part: SetPart, set: PermissionSet): boolean {
  if (part.form === 'whole') return includesAll(set, part.set);
  const { at, words } = part;
  for (let index = 0; index < at.length; index += 1)
    if ((words[index]! & ~set[at[index]!]!) !== 0) return false;
  return true;
}

/** Makes `into` hold what the part and the set have in common. */
export function fillCommon(part: SetPart, set: PermissionSet, into: PermissionSet): void {
  into.fill(0);
  addPart(into, part);
  if (part.form === 'whole') keepCommon(into, set);
  else for (const word of part.at) into[word]! &= set[word]!;
}
