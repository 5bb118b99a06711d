import {
  add,
  addAll,
  count,
  emptySet,
  has,
  intersects,
  members,
  removeAll,
  type PermissionSet,
} from '#access/permission-set.ts';

/** A set that is kept: as a list of numbers while that is the smaller form, else as bits. Never changed. */
export type SetPart =
  | { readonly form: 'list'; readonly numbers: Uint16Array }
  | { readonly form: 'bits'; readonly set: PermissionSet };

export const NOTHING: SetPart = { form: 'list', numbers: new Uint16Array() };

/** Keeps a set. The set itself must not be changed afterwards. */
export function keep(set: PermissionSet): SetPart {
  const size = count(set);
  if (size === 0) return NOTHING;
  if (size * 2 > set.length) return { form: 'bits', set };
  return { form: 'list', numbers: Uint16Array.from(members(set)) };
}

/** Puts everything of the part into the set. */
export function addPart(set: PermissionSet, part: SetPart): void {
  if (part.form === 'bits') addAll(set, part.set);
  else for (const number of part.numbers) add(set, number);
}

/** Takes everything of the part out of the set. */
export function removePart(set: PermissionSet, part: SetPart): void {
  if (part.form === 'bits') {
    removeAll(set, part.set);
    return;
  }
  for (const number of part.numbers) {
    const word = number >>> 5;
    set[word] = (set[word] ?? 0) & ~(1 << (number & 31));
  }
}

/** Whether the part has something in common with the set. */
export function partIntersects(part: SetPart, set: PermissionSet): boolean {
  return part.form === 'bits' ? intersects(part.set, set) : part.numbers.some((number) => has(set, number));
}

/** Everything of both. */
export function joinParts(one: SetPart, other: SetPart, size: number): SetPart {
  if (one === NOTHING) return other;
  if (other === NOTHING || one === other) return one;
  const set = emptySet(size);
  addPart(set, one);
  addPart(set, other);
  return keep(set);
}
