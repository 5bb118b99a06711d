import {
  array,
  assert,
  asyncProperty,
  constant,
  constantFrom,
  integer,
  jsonValue,
  nat,
  oneof,
  record,
} from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitJson, type JsonPart, type SplitOptions } from '#collectors/shared/split-json.ts';

const CHARACTERS = '{}[]",:\\ 1a\0\n"items"'.split('');
const ITEMS: SplitOptions = { lists: ['items'] };

describe('splitJson', () => {
  it('yields the elements of a wanted list with their index and their byte position', async () => {
    expect(await split('{"kind":"List", "items": [{"a":1}, "two", 3 ] }', ITEMS)).toEqual([
      'list items @25',
      'items[0] @26 {"a":1}',
      'items[1] @35 "two"',
      'items[2] @42 3',
    ]);
  });

  it('finds a list under other members and yields the members asked for', async () => {
    const options = { lists: ['data.items'], members: ['data.more', 'status'] };
    expect(
      await split('{"status":200,"data":{"x":{"items":[9]},"items":[1],"more":{"y":[]}}}', options),
    ).toEqual(['status @10 200', 'list data.items @48', 'data.items[0] @49 1', 'data.more @59 {"y":[]}']);
  });

  it('reads a document that is itself the list', async () => {
    expect(await split('[{"a":[1]},{}]', { lists: [''] })).toEqual([
      'list  @0',
      '[0] @1 {"a":[1]}',
      '[1] @11 {}',
    ]);
  });

  it('reads several documents, one after the other or in one array, as if each stood alone', async () => {
    const elements = ['list items @9', 'items[0] @10 1', 'list items @22', 'items[0] @23 2'];
    expect(await split('{"items":[1]}{"items":[2]}', ITEMS)).toEqual(elements);
    const inArray = await split('[{"items":[1]},{"items":[2]}]', ITEMS);
    expect(inArray.map((part) => part.replace(/@\d+/, ''))).toEqual(
      elements.map((part) => part.replace(/@\d+/, '')),
    );
  });

  it('is not misled by brackets, quotes and escapes within strings', async () => {
    const text = String.raw`{"a\"]}":"[{","items":["}]\\",{"k]":"\\\"]"},"é\u00e9"]}`;
    const parts = await split(text, ITEMS);
    expect(parts.map((part) => part.replace(/.*@\d+ ?/, ''))).toEqual([
      '',
      '"}]\\\\"',
      '{"k]":"\\\\\\"]"}',
      '"é\\u00e9"',
    ]);
  });

  it('understands a member name that is written with escapes', async () => {
    expect(await split(String.raw`{"it\u0065ms":[1]}`, ITEMS)).toEqual(['list items @14', 'items[0] @15 1']);
  });

  it('reads on where commas are missing or doubled', async () => {
    expect(await split('{"items":[{} {},,{}],}', ITEMS)).toHaveLength(4);
  });

  it('refuses an element that is too large and reads the rest', async () => {
    const parts = await split(`{"items":["${'x'.repeat(100)}",{"ok":true}]}`, { ...ITEMS, maxBytes: 50 });
    expect(parts).toEqual([
      'list items @9',
      'items[0] @10 refused: larger than 50 bytes',
      'items[1] @113 {"ok":true}',
    ]);
  });

  it('refuses an element that nests too deep and reads the rest', async () => {
    const parts = await split(`{"items":[${'['.repeat(9)}${']'.repeat(9)},1]}`, { ...ITEMS, maxDepth: 8 });
    expect(parts).toEqual([
      'list items @9',
      'items[0] @10 refused: nested deeper than 8 levels',
      'items[1] @29 1',
    ]);
  });

  it('passes over deep nesting outside the wanted lists', async () => {
    const parts = await split(`{"x":${'['.repeat(200_000)}${']'.repeat(200_000)},"items":[1]}`, ITEMS);
    expect(parts.at(-1)).toBe('items[0] @400015 1');
  });

  it.each([
    ['', 'broken @0: the text is empty'],
    ['{"items":[{"a":', 'broken @15: the text ends inside items[0] that starts at byte 10'],
    ['{"items":[1', 'broken @11: the text ends inside items[0] that starts at byte 10'],
    ['{"items":[1,', 'broken @12: the text ends inside items'],
    ['{"items":[1],"x', 'broken @15: the text ends inside the document'],
    ['{"items":[1}', 'broken @11: expected no "}" here'],
    ['{items:[1]}', 'broken @1: expected a member name in double quotes'],
    ['{"items"[1]}', 'broken @8: expected a colon after the member name'],
    ['hello', 'broken @0: expected a JSON object or array'],
  ])('says where %j cannot be read any further', async (text, expected) => {
    expect((await split(text, ITEMS)).at(-1)).toBe(expected);
  });

  it('gives the same parts however the bytes are cut into chunks', async () => {
    const document = record({ x: jsonValue(), items: array(jsonValue()), y: jsonValue() });
    await assert(
      asyncProperty(document, nat(4), integer({ min: 1, max: 9 }), async (value, indent, size) => {
        const text = JSON.stringify(value, null, indent);
        const whole = await split(text, ITEMS);
        expect(await split(text, ITEMS, size)).toEqual(whole);
        const elements = whole
          .slice(1)
          .map((part): unknown => JSON.parse(part.replace(/^items\[\d+\] @\d+ /, '')));
        expect(elements).toEqual(JSON.parse(JSON.stringify(value.items)));
      }),
    );
  });

  it('parses elements to the same values, whatever separates them and however they nest', async () => {
    // First members alike, at every depth: where an element ends cannot be told from them alone.
    const inner = oneof(jsonValue(), array(record({ k: jsonValue() })), constant('},{"k":'));
    const element = oneof(
      { weight: 5, arbitrary: record({ k: inner, l: inner }) },
      { weight: 1, arbitrary: jsonValue() },
    );
    const lists = array(element, { maxLength: 30 });
    await assert(
      asyncProperty(
        lists,
        lists,
        nat(2),
        integer({ min: 20, max: 400 }),
        async (items, more, indent, size) => {
          const text = JSON.stringify({ items, other: { items }, more }, null, indent);
          const values: unknown[] = [];
          const bytes: unknown[] = [];
          const options = { lists: ['items', 'more'], parse: true };
          for await (const parts of splitJson(chunksOf(Buffer.from(text), size), options)) {
            for (const part of parts) {
              if (part.kind !== 'element') continue;
              values.push(part.value);
              bytes.push(JSON.parse(part.bytes.toString('utf8')));
            }
          }
          expect(values).toEqual(JSON.parse(JSON.stringify([...items, ...more])));
          expect(bytes).toEqual(values);
        },
      ),
    );
  });

  it('refuses what does not parse where it is asked to parse, and reads the rest', async () => {
    const options = { ...ITEMS, parse: true };
    const good = '{"k":1}, {"k":2}, {"k":3}';
    const expected = ['list', 'element', 'element', 'element', 'refused', 'element', 'element', 'element'];
    const kinds: string[] = [];
    for await (const parts of splitJson(
      chunksOf(Buffer.from(`{"items":[${good}, {"k":x}, ${good}]}`), 999),
      options,
    )) {
      kinds.push(...parts.map(({ kind }) => kind));
    }
    expect(kinds).toEqual(expected);
  });

  it('gives positions that hold whether or not it parses', async () => {
    const text = JSON.stringify({
      items: Array.from({ length: 50 }, (_, n) => ({ k: n, l: [{ k: n }, { k: 0 }] })),
    });
    const places = async (parse: boolean): Promise<unknown[]> => {
      const found: unknown[] = [];
      for await (const parts of splitJson(chunksOf(Buffer.from(text), 150), { ...ITEMS, parse })) {
        for (const part of parts)
          if (part.kind === 'element') found.push([part.index, part.position, part.bytes.length]);
      }
      return found;
    };
    expect(await places(true)).toEqual(await places(false));
  });

  it('never throws, whatever the bytes', async () => {
    const bytes = array(constantFrom(...CHARACTERS), { maxLength: 60 });
    await assert(
      asyncProperty(bytes, integer({ min: 1, max: 9 }), async (chars, size) => {
        const text = chars.join('');
        expect(await split(text, ITEMS, size)).toEqual(await split(text, ITEMS));
      }),
    );
  });
});

/** The parts in a readable form. */
async function split(text: string, options: SplitOptions, chunkSize = text.length || 1): Promise<string[]> {
  const parts: string[] = [];
  for await (const chunk of splitJson(chunksOf(Buffer.from(text), chunkSize), options))
    parts.push(...chunk.map(show));
  return parts;
}

async function* chunksOf(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  // One buffer for all chunks, as a reader of files has it: nothing may hold on to it.
  const shared = Buffer.alloc(size);
  for (let at = 0; at < bytes.length; at += size) {
    yield await Promise.resolve(shared.subarray(0, bytes.copy(shared, 0, at, at + size)));
  }
}

function show(part: JsonPart): string {
  if (part.kind === 'broken') return `broken @${part.position}: ${part.reason}`;
  const place = 'index' in part && part.index !== null ? `${part.path}[${part.index}]` : part.path;
  const start = part.kind === 'list' ? 'list ' : '';
  const rest =
    part.kind === 'refused'
      ? ` refused: ${part.reason}`
      : 'bytes' in part
        ? ` ${part.bytes.toString('utf8')}`
        : '';
  return `${start}${place} @${part.position}${rest}`;
}
