import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { code, prose } from '#reports/markdown/escape.ts';
import { markdownReport } from '#reports/markdown/index.ts';
import { hostileText, inputNamed, largeInput, shuffledSmall } from '../hostile.ts';
import { EMPTY, SMALL, coverage, result } from '../sample.ts';

describe('the markdown report', () => {
  it('shows the summary, the table by system, the worst findings, what is unknown and what was not read', async () => {
    await expect(markdownReport.render(SMALL)).toMatchFileSnapshot('../../golden/reports/summary.md');
  });

  it('does not depend on the order of its input', () => {
    const text = markdownReport.render(SMALL);
    fc.assert(
      fc.property(shuffledSmall, (input) => {
        expect(markdownReport.render(input)).toBe(text);
      }),
    );
  });

  it('says that all is clear only where rules passed and everything was read', () => {
    const clear = {
      ...SMALL,
      scopes: SMALL.scopes.slice(0, 1),
      identities: SMALL.identities.slice(0, 1),
      findings: [],
      coverage: [coverage({})],
    };
    const passed = markdownReport.render({
      ...clear,
      ruleResults: [result({ ruleId: 'unused-identity', passed: 4 })],
    });
    expect(passed).toContain('✓ **No findings: 4 checks by 1 rule passed on 1 identity.**');
    expect(passed).not.toContain('Not everything was measured');
  });

  it.each([
    ['nothing was collected', EMPTY],
    ['no rule was run', { ...SMALL, findings: [], ruleResults: [], coverage: [coverage({})] }],
    [
      'no coverage was recorded',
      { ...SMALL, findings: [], ruleResults: [result({ ruleId: 'r', passed: 1 })], coverage: [] },
    ],
    ['a feed was denied', { ...SMALL, findings: [], ruleResults: [result({ ruleId: 'r', passed: 1 })] }],
    [
      'a rule could not decide',
      {
        ...SMALL,
        findings: [],
        ruleResults: [result({ ruleId: 'r', passed: 1, unknown: 1 })],
        coverage: [coverage({})],
      },
    ],
  ])('does not look like all clear when %s', (_, input) => {
    const text = markdownReport.render(input);
    expect(text).toContain('**? Not everything was measured:');
    expect(text).not.toContain('✓ **');
  });

  it('fits a comment of 65,536 characters and counts what it leaves out', () => {
    const text = markdownReport.render(largeInput(5000));
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(60_000);
    expect(text).toMatch(/[\d,]+ more findings left out for length\./u);
  });

  it('stays within its length where names are long', () => {
    const input = largeInput(500);
    const long = {
      ...input,
      identities: input.identities.map((each) => ({ ...each, name: '|'.repeat(5000) })),
    };
    expect(Buffer.byteLength(markdownReport.render(long))).toBeLessThanOrEqual(60_000);
  });

  it('keeps every table row whole, whatever names contain', () => {
    fc.assert(
      fc.property(hostileText, (name) => {
        const expected = widths(markdownReport.render(inputNamed('plain')));
        expect(widths(markdownReport.render(inputNamed(name)))).toEqual(expected);
      }),
    );
  });
});

describe('text in markdown', () => {
  it('is free of markup, mentions, links and references', () => {
    expect(prose('<b>*x*</b> @me #1 [a](b) https://x www.x a|b `c`')).toBe(
      '&#60;b&#62;\\*x\\*&#60;/b&#62; `@`me `#`1 \\[a\\](b) https\\://x www\\.x a\\|b \\`c\\`',
    );
  });

  it('is code where it is a name', () => {
    expect(code('arn:aws:iam::1:user/a@b')).toBe('`arn:aws:iam::1:user/a@b`');
  });

  it('is entities in code where it could end the code or the cell', () => {
    expect(code('a`b|c\\')).toBe('<code>a&#96;b&#124;c&#92;</code>');
  });

  it('says of a name that is empty that there is none', () => {
    expect(code('  ')).toBe('*(no name)*');
  });

  it('never contains markup or a line break from outside', () => {
    fc.assert(
      fc.property(hostileText, (name) => {
        const inCode = code(name);
        expect(
          inCode.startsWith('`') ? inCode.slice(1, -1) : inCode.replace(/^<code>|<\/code>$/gu, ''),
        ).not.toMatch(/[`|\n\r]/u);
        // Signs of mentions and references stand in code, where they mean nothing.
        expect(prose(name).replaceAll(/`[@#]+`/gu, '')).not.toMatch(/[<>\n\r@]|(?<!\\)[|[]/u);
      }),
    );
  });
});

/** Cells of a table row: pipes that are not escaped. */
function cellsOf(line: string): number {
  return line.replace(/\\[\\|]/gu, '').split('|').length;
}

function widths(text: string): number[] {
  return text
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map(cellsOf);
}
