import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Identity } from '#model/identity.ts';
import type { Json } from '#model/system.ts';
import { canonicalJson } from '#store/write/canonical-json.ts';
import { contentHash } from '#store/write/content-hash.ts';
import { identity } from './records.ts';
import { dataFolder, publish, reading } from './snapshots.ts';

describe('canonicalJson', () => {
  it('is JSON of the same value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
      { seed: 20260301 },
    );
  });

  it.each<[string, Json, string]>([
    ['at every depth', { b: [{ d: 1, c: 2 }], a: null }, '{"a":null,"b":[{"c":2,"d":1}]}'],
    [
      'also of a prototype',
      JSON.parse('{"b":1,"__proto__":{"d":1,"c":2}}'),
      '{"__proto__":{"c":2,"d":1},"b":1}',
    ],
    ['and lists left as they are', [3, 1, 2], '[3,1,2]'],
  ])('has its keys sorted, %s', (_, value, text) => {
    expect(canonicalJson(value)).toBe(text);
  });

  it.each([5, 20, 21, 300])('sorts %d keys', (count) => {
    const keys = Array.from({ length: count }, (_, index) => `k${(index * 7919) % 1009}`);
    const text = canonicalJson(Object.fromEntries(keys.map((key) => [key, 0])));
    expect(Object.keys(JSON.parse(text))).toEqual([...new Set(keys)].toSorted());
  });

  it('has U+FFFD for halves of surrogate pairs, and for nothing that only looks like one', () => {
    expect(JSON.parse(canonicalJson({ '\uDC00': ['\uD83D', '💥', '\\ud83d', '\\\\ud83d'] }))).toEqual({
      '\uFFFD': ['\uFFFD', '💥', '\\ud83d', '\\\\ud83d'],
    });
  });
});

describe('a content hash', () => {
  async function hashes(...rows: readonly Identity[]): Promise<unknown[]> {
    const dataDir = await dataFolder();
    await publish(dataDir, { identities: rows.map((row, index) => ({ ...row, uid: `u${index}` })) });
    const found = await reading(dataDir, ({ all }) => all('FROM identities ORDER BY uid'));
    return found.map((row) => row['content_hash']);
  }

  it('stands with every row that has a uid, and is another one for another row', async () => {
    const found = await hashes(identity('a'), identity('a'), identity('a', { enabled: null }));
    expect(new Set(found).size).toBe(3);
  });

  it('is the same on every machine and in every version', async () => {
    const row = identity('a', { raw: { n: 1.5, list: [true, null] } });
    expect(await hashes(row)).toEqual(['9708772387654633534']);
  });

  it('is the same whatever the order of keys', async () => {
    const one = identity('a', { tags: { x: '1', y: '2' }, raw: { b: [{ d: 1, c: 2 }], a: null } });
    const two = identity('a', { tags: { y: '2', x: '1' }, raw: { a: null, b: [{ c: 2, d: 1 }] } });
    expect(await hashes(one)).toEqual(await hashes(two));
  });

  it.each<[string, string[], string[]]>([
    ['where one text ends and the next begins', ['ab', 'c'], ['a', 'bc']],
    ['a text and the same with its mark', ['1:a'], ['a']],
  ])('tells apart %s', (_, one, two) => {
    expect(contentHash(one)).not.toBe(contentHash(two));
  });

  it('tells NULL from every text, and one list from two texts', () => {
    const all = [
      [null],
      ['~'],
      [''],
      [{ items: ['a', 'b'] }],
      ['a', 'b'],
      [{ items: ['ab'] }],
      [true],
      ['true'],
    ];
    expect(new Set(all.map((values) => contentHash(values as never))).size).toBe(all.length);
  });
});
