import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '#model/system.ts';
import { canonical, contentHash } from '#store/write/content-hash.ts';
import { identity } from './records.ts';
import { dataFolder, publish, reading } from './snapshots.ts';

describe('contentHash', () => {
  const fields = Object.keys(identity('a'));

  it('is the same whatever the order of keys, at every depth', () => {
    const one = identity('a', { tags: { x: '1', y: '2' }, raw: { b: [{ d: 1, c: 2 }], a: null } });
    const two = identity('a', { tags: { y: '2', x: '1' }, raw: { a: null, b: [{ c: 2, d: 1 }] } });
    expect(contentHash(one, fields)).toBe(contentHash(two, fields));
  });

  it('is the same on every machine and in every version', () => {
    expect(contentHash(identity('a', { raw: { n: 1.5, list: [true, null] } }), fields)).toBe(
      2148752937130353502n,
    );
  });

  it.each<[string, Json, Json]>([
    ['the order of a list', [1, 2], [2, 1]],
    ['a number and its digits', 1, '1'],
    ['null and no member', { a: null }, {}],
    ['where one text ends and the next begins', ['ab', 'c'], ['a', 'bc']],
    ['a list and the object with its indices', ['x'], { 0: 'x' }],
    ['an object with more than twenty keys', wide(30, 1), wide(30, 2)],
  ])('tells apart %s', (_, one, two) => {
    expect(contentHash(identity('a', { raw: one }), fields)).not.toBe(
      contentHash(identity('a', { raw: two }), fields),
    );
  });

  it('writes two JSON values alike only where they are equal', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (one, two) => {
        const equal = JSON.stringify(sortKeys(one)) === JSON.stringify(sortKeys(two));
        return (canonical(one) === canonical(two)) === equal;
      }),
      { seed: 20260301 },
    );
  });

  it('is stored with every row that has a uid, and differs where content does', async () => {
    const dataDir = await dataFolder();
    await publish(dataDir, { identities: [identity('a'), identity('b'), identity('c', { enabled: false })] });
    const [row] = await reading(dataDir, ({ all }) =>
      all('SELECT count(DISTINCT content_hash) AS hashes, count(*) AS rows FROM identities'),
    );
    expect(row).toEqual({ hashes: 3, rows: 3 });
  });
});

function wide(keys: number, last: number): Json {
  return Object.fromEntries(
    Array.from({ length: keys }, (_, index) => [`k${index}`, index === 7 ? last : index]),
  );
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).map(([key, member]) => [key, sortKeys(member)] as const);
  return members.toSorted(([a], [b]) => (a < b ? -1 : 1));
}
