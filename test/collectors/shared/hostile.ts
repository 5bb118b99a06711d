import * as fc from 'fast-check';

/** What no reader may take for what it looks for. */
const HOSTILE: readonly unknown[] = [
  null,
  true,
  0,
  -1e308,
  1.5e300,
  '',
  '\u0000',
  '\ud800',
  '../..',
  '__proto__',
  'x'.repeat(5000),
  [],
  [[null]],
  {},
  { id: {} },
  { __proto__: null },
];

/** Any value that may stand in the place of a member. */
export const anyValue: fc.Arbitrary<unknown> = fc.oneof(
  { depthSize: 'small' },
  fc.constantFrom(...HOSTILE),
  fc.anything({ withNullPrototype: true, maxDepth: 3 }),
  fc.json().map((text): unknown => JSON.parse(text)),
);

/** A way down into a value, for `replacedAt`: the number of the member at each level, counted around. */
export const anyPath: fc.Arbitrary<readonly number[]> = fc.array(fc.nat(30), { minLength: 1, maxLength: 8 });

/** A copy of the value with another one in the place that the path leads to. */
export function replacedAt(value: unknown, path: readonly number[], by: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined || typeof value !== 'object' || value === null) return by;
  const entries = Object.entries(value);
  if (entries.length === 0) return by;
  const at = step % entries.length;
  const changed = entries.map(
    ([key, one], index) => [key, index === at ? replacedAt(one, rest, by) : one] as const,
  );
  return Array.isArray(value) ? changed.map(([, one]) => one) : Object.fromEntries(changed);
}

/** A change to a file's bytes. */
interface Damage {
  readonly how: 'cut' | 'byte';
  readonly at: number;
  readonly byte: number;
}

/** A few changes to one file. */
export const damages: fc.Arbitrary<readonly Damage[]> = fc.array(
  fc.record({
    how: fc.constantFrom('cut' as const, 'byte' as const),
    at: fc.nat(5000),
    byte: fc.integer({ min: 0, max: 255 }),
  }),
  { minLength: 1, maxLength: 4 },
);

/** A copy of the bytes that is cut off and has bytes changed. */
export function damaged(content: string, changes: readonly Damage[]): Buffer {
  let bytes = Buffer.from(content);
  for (const { how, at, byte } of changes) {
    if (how === 'cut') bytes = bytes.subarray(0, at % (bytes.length + 1));
    else if (bytes.length > 0) bytes[at % bytes.length] = byte;
  }
  return bytes;
}

/** Numbers from 0 up to 1, the same in every run. */
export function numbers(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648) / 2_147_483_648;
}

/** A copy in which one value in sixteen is a hostile one. */
export function mutated(value: unknown, next: () => number): unknown {
  if (next() < 0.06) return HOSTILE[Math.floor(next() * HOSTILE.length)];
  if (Array.isArray(value)) return value.map((each) => mutated(each, next));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, mutated(each, next)]));
}
