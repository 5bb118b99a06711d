/** A set of small numbers (actions, verbs) as one bit each. Sets that are combined have the same length. */
export type PermissionSet = Uint32Array;

/** The empty set with room for the numbers 0 to `size` - 1. */
export function emptySet(size: number): PermissionSet {
  return new Uint32Array(((size + 127) >>> 7) * 4);
}

/** The set of all the numbers 0 to `size` - 1. */
export function fullSet(size: number): PermissionSet {
  const set = emptySet(size);
  addRange(set, 0, size);
  return set;
}

/** Whether the number is in the set. */
export function has(set: PermissionSet, number: number): boolean {
  return ((set[number >>> 5] ?? 0) & (1 << (number & 31))) !== 0;
}

/** Puts one number in. */
export function add(set: PermissionSet, number: number): void {
  // An index beyond the set would be no element at all: a typed array ignores the write.
  set[number >>> 5] = (set[number >>> 5] ?? 0) | (1 << (number & 31));
}

/** Puts the numbers from `first` to before `end` in. */
export function addRange(set: PermissionSet, first: number, end: number): void {
  for (let number = first; number < end; number += 1) {
    if ((number & 31) === 0 && number + 32 <= end) {
      set[number >>> 5] = 0xffff_ffff;
      number += 31;
    } else add(set, number);
  }
}

/*
 * The loops over whole sets go by fours, which `emptySet` makes room for. Every index is below the length that both
 * sets have, which is why none of the elements is undefined.
 */

/** Puts everything of `other` into `set`. */
export function addAll(set: PermissionSet, other: PermissionSet): void {
  for (let word = 0; word < set.length; word += 4) {
    set[word]! |= other[word]!;
    set[word + 1]! |= other[word + 1]!;
    set[word + 2]! |= other[word + 2]!;
    set[word + 3]! |= other[word + 3]!;
  }
}

/** Takes everything of `other` out of `set`. */
export function removeAll(set: PermissionSet, other: PermissionSet): void {
  for (let word = 0; word < set.length; word += 4) {
    set[word]! &= ~other[word]!;
    set[word + 1]! &= ~other[word + 1]!;
    set[word + 2]! &= ~other[word + 2]!;
    set[word + 3]! &= ~other[word + 3]!;
  }
}

/** Leaves in `set` only what `other` has too. */
export function keepCommon(set: PermissionSet, other: PermissionSet): void {
  for (let word = 0; word < set.length; word += 4) {
    set[word]! &= other[word]!;
    set[word + 1]! &= other[word + 1]!;
    set[word + 2]! &= other[word + 2]!;
    set[word + 3]! &= other[word + 3]!;
  }
}

/** Whether the set holds nothing. */
export function isEmpty(set: PermissionSet): boolean {
  return set.every((word) => word === 0);
}

/** Whether the two sets share a number. */
export function intersects(one: PermissionSet, other: PermissionSet): boolean {
  for (let word = 0; word < one.length; word += 1) {
    if (((one[word] ?? 0) & (other[word] ?? 0)) !== 0) return true;
  }
  return false;
}

/** Whether every number of `part` is in `whole`. */
export function includesAll(whole: PermissionSet, part: PermissionSet): boolean {
  for (let word = 0; word < part.length; word += 1) {
    if (((part[word] ?? 0) & ~(whole[word] ?? 0)) !== 0) return false;
  }
  return true;
}

/** How many numbers the set holds. */
export function count(set: PermissionSet): number {
  let total = 0;
  for (let word = 0; word < set.length; word += 1) {
    let bits = set[word] ?? 0;
    bits -= (bits >>> 1) & 0x5555_5555;
    bits = (bits & 0x3333_3333) + ((bits >>> 2) & 0x3333_3333);
    total += (((bits + (bits >>> 4)) & 0x0f0f_0f0f) * 0x0101_0101) >>> 24;
  }
  return total;
}

/** The numbers of the set, in ascending order. */
export function* members(set: PermissionSet): Generator<number> {
  for (let word = 0; word < set.length; word += 1) {
    let bits = set[word] ?? 0;
    while (bits !== 0) {
      const lowest = bits & -bits;
      yield word * 32 + (31 - Math.clz32(lowest));
      bits ^= lowest;
    }
  }
}
