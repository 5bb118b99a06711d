import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvReport } from '#reports/csv/index.ts';
import { csvTable } from '#reports/csv/table.ts';
import { hostileText, inputNamed, shuffledSmall } from '../hostile.ts';
import { EMPTY, SMALL } from '../sample.ts';
import { parseCsv } from './parse-csv.ts';
import { textOf } from '../text-of.ts';

describe('the csv report', () => {
  it('lists failures and unknown answers, worst first, with their evidence', async () => {
    await expect(textOf(csvReport.render(SMALL))).toMatchFileSnapshot('../../golden/reports/findings.csv');
  });

  it('is a header alone where there is no finding', () => {
    expect(parseCsv(textOf(csvReport.render(EMPTY)))).toHaveLength(1);
  });

  it('does not depend on the order of its input', () => {
    const text = textOf(csvReport.render(SMALL));
    fc.assert(
      fc.property(shuffledSmall, (input) => {
        expect(textOf(csvReport.render(input))).toBe(text);
      }),
    );
  });

  it('keeps every record on one line with as many cells as the header, whatever names contain', () => {
    fc.assert(
      fc.property(hostileText, (name) => {
        const rows = parseCsv(textOf(csvReport.render(inputNamed(name))));
        expect(rows).toHaveLength(1 + SMALL.findings.length + 1);
        expect(new Set(rows.map((row) => row.length))).toEqual(new Set([24]));
      }),
    );
  });
});

describe('a csv table', () => {
  it('gives back to an RFC 4180 reader what was put in, where that is harmless', () => {
    const cells = ['plain', 'a "quoted" word', 'comma, comma', 'ünïcödé 🔑', 'a=b', '12-34'];
    expect(parseCsv(csvTable(['a'], [cells]))).toEqual([['a'], cells]);
  });

  it('writes numbers and truth plainly and null as an empty cell', () => {
    expect(csvTable(['n', 't', 'e'], [[7, true, null]])).toBe('"n","t","e"\r\n"7","true",""\r\n');
  });

  it.each([
    ['=1+1', "'=1+1"],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['＝1', "'＝1"],
    ['"=1', `'"=1`],
    ["'=1", "''=1"],
    ['  =1', "'  =1"],
    ['\t1', "'⟨U+0009⟩1"],
    ['\r1', "'⟨U+000D⟩1"],
    ['a;=1', "a;'=1"],
    ['a;"=1', `a;'"=1`],
  ])('keeps a spreadsheet from running %j as a formula', (text, shown) => {
    expect(parseCsv(csvTable(['x'], [[text]]))[1]).toEqual([shown]);
  });

  it('has no cell that begins as a formula, whether cells end at the quotes, at semicolons or at tabs', () => {
    fc.assert(
      fc.property(fc.array(hostileText, { minLength: 1, maxLength: 4 }), (cells) => {
        const starts = parseCsv(csvTable(['x'], [cells]))
          .flat()
          .flatMap((cell) => cell.split(/[;\t]/u));
        expect(
          starts.filter((start) => /^["'\s]*[=+\-@＝＋－＠]/u.test(start) && !start.startsWith("'")),
        ).toEqual([]);
      }),
    );
  });
});
