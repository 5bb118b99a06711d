import { add, addAll, emptySet, intersects, removeAll, type PermissionSet } from '#access/permission-set.ts';

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

/** Keeps a few numbers below `size`. */
export function keepNumbers(numbers: readonly number[], size: number): SetPart {
  const set = emptySet(size);
  for (const number of numbers) add(set, number);
  return keep(set);
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

/** Whether the part has something in common with the set. */
export function partIntersects(part: SetPart, set: PermissionSet): boolean {
  if (part.form === 'whole') return intersects(part.set, set);
  const { at, words } = part;
  for (let index = 0; index < at.length; index += 1)
    if ((set[at[index]!]! & words[index]!) !== 0) return true;
  return false;
}
