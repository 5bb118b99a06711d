import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvIdentitiesReport } from '#reports/csv-identities/index.ts';
import { parseCsv } from '../csv/parse-csv.ts';
import { hostileText, inputNamed, shuffledSmall } from '../hostile.ts';
import { EMPTY, SMALL } from '../sample.ts';
import { textOf } from '../text-of.ts';

describe('the csv-identities report', () => {
  it('lists the population with its findings counted and how use and grants were measured', async () => {
    await expect(textOf(csvIdentitiesReport.render(SMALL))).toMatchFileSnapshot(
      '../../golden/reports/identities.csv',
    );
  });

  it('says of an identity where nothing was recorded that nothing was recorded', () => {
    const rows = parseCsv(textOf(csvIdentitiesReport.render({ ...SMALL, coverage: [] })));
    const column = rows[0]?.indexOf('usage_coverage') ?? -1;
    expect(rows.slice(1).map((row) => row[column])).toEqual(['unrecorded', 'unrecorded']);
  });

  it('is a header alone where there is no identity', () => {
    expect(parseCsv(textOf(csvIdentitiesReport.render(EMPTY)))).toHaveLength(1);
  });

  it('does not depend on the order of its input', () => {
    const text = textOf(csvIdentitiesReport.render(SMALL));
    fc.assert(
      fc.property(shuffledSmall, (input) => {
        expect(textOf(csvIdentitiesReport.render(input))).toBe(text);
      }),
    );
  });

  it('keeps every identity on one line, whatever names contain', () => {
    fc.assert(
      fc.property(hostileText, (name) => {
        const rows = parseCsv(textOf(csvIdentitiesReport.render(inputNamed(name))));
        expect(rows).toHaveLength(1 + SMALL.identities.length + 1);
        expect(new Set(rows.map((row) => row.length)).size).toBe(1);
      }),
    );
  });
});
