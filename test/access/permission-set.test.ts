import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  add,
  addAll,
  addRange,
  count,
  emptySet,
  fullSet,
  has,
  includesAll,
  intersects,
  isEmpty,
  keepCommon,
  members,
  removeAll,
  type PermissionSet,
} from '#access/permission-set.ts';

const SIZE = 200;
const numbers = fc.uniqueArray(fc.integer({ min: 0, max: SIZE - 1 }), { maxLength: 60 });

function setOf(values: readonly number[]): PermissionSet {
  const set = emptySet(SIZE);
  for (const value of values) add(set, value);
  return set;
}

function sorted(values: Iterable<number>): number[] {
  return [...values].toSorted((a, b) => a - b);
}

describe('a permission set', () => {
  it('holds what was put in and nothing else', () => {
    fc.assert(
      fc.property(numbers, (values) => {
        const set = setOf(values);
        expect([...members(set)]).toEqual(sorted(values));
        expect(count(set)).toBe(values.length);
        expect(isEmpty(set)).toBe(values.length === 0);
        for (let number = 0; number < SIZE; number += 1)
          expect(has(set, number)).toBe(values.includes(number));
      }),
    );
  });

  it('unites, subtracts and intersects like sets do', () => {
    fc.assert(
      fc.property(numbers, numbers, (one, other) => {
        const union = setOf(one);
        addAll(union, setOf(other));
        expect([...members(union)]).toEqual(sorted(new Set([...one, ...other])));
        const rest = setOf(one);
        removeAll(rest, setOf(other));
        expect([...members(rest)]).toEqual(sorted(one.filter((value) => !other.includes(value))));
        const common = setOf(one);
        keepCommon(common, setOf(other));
        expect([...members(common)]).toEqual(sorted(one.filter((value) => other.includes(value))));
        expect(intersects(setOf(one), setOf(other))).toBe(!isEmpty(common));
        expect(includesAll(setOf(one), setOf(other))).toBe(other.every((value) => one.includes(value)));
      }),
    );
  });

  it('fills whole ranges', () => {
    fc.assert(
      fc.property(fc.nat(SIZE), fc.nat(SIZE), (a, b) => {
        const [first, end] = [Math.min(a, b), Math.max(a, b)];
        const set = emptySet(SIZE);
        addRange(set, first, end);
        expect([...members(set)]).toEqual(Array.from({ length: end - first }, (_, index) => first + index));
      }),
    );
    expect(count(fullSet(SIZE))).toBe(SIZE);
  });
});
