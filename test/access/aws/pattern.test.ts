import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fits, parsePattern } from '#access/aws/pattern.ts';
import { parseResourcePattern } from '#access/aws/resource-pattern.ts';

const glob = { wildcards: true, variables: false };
const letters = fc.string({ unit: fc.constantFrom('a', 'b', ':', '/', '*', '?'), maxLength: 12 });
const texts = fc.string({ unit: fc.constantFrom('a', 'b', ':', '/'), maxLength: 14 });

/** What the pattern means, said in another language. */
function expression(pattern: string): RegExp {
  const escaped = pattern.replaceAll(/[.+^${}()|[\]\\/]/gu, String.raw`\$&`);
  return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`, 'su');
}

describe('a pattern with wildcards', () => {
  it('fits what a regular expression of the same meaning fits', () => {
    fc.assert(
      fc.property(letters, texts, (pattern, text) => {
        expect(fits(parsePattern(pattern, glob), text)).toBe(expression(pattern).test(text));
      }),
      { numRuns: 3000 },
    );
  });

  it('with many asterisks takes no longer for a text that almost fits', () => {
    const pattern = parsePattern('a*'.repeat(200) + 'b', glob);
    const steps = fits(pattern, 'a'.repeat(2000));
    expect(steps).toBe(false);
  });
});

describe('a resource pattern', () => {
  const colons = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?', '-'), maxLength: 4 });
  const values = fc.string({ unit: fc.constantFrom('a', 'b', '-'), maxLength: 4 });

  it('is compared segment by segment where no wildcard ends a segment', () => {
    fc.assert(
      fc.property(
        fc.array(colons, { minLength: 5, maxLength: 5 }),
        fc.array(values, { minLength: 5, maxLength: 5 }),
        (pattern, text) => {
          const fields = pattern.map((field) => `${field}.`);
          const asked = text.map((field) => `${field}.`);
          const expected = fields.every((field, index) => expression(field).test(asked[index] ?? ''));
          const arn = parseResourcePattern(`arn:${fields.join(':')}`, true);
          expect(fits(arn, `arn:${asked.join(':')}`)).toBe(expected);
        },
      ),
      { numRuns: 1000 },
    );
  });
});
