import { describe, expect, it } from 'vitest';
import { htmlReport } from '#reports/html/index.ts';
import { kpiTable, valueText } from '#reports/kpi-words.ts';
import { markdownReport } from '#reports/markdown/index.ts';
import { EMPTY, kpi, SMALL } from './sample.ts';

describe('metrics in reports', () => {
  it.each([
    [0, '0.0 %'],
    [0.01, '< 0.1 %'],
    [2.96, '3.0 %'],
    [99.96, '> 99.9 %'],
    [100, '100.0 %'],
    [null, 'unknown'],
  ])('of %s are %s: never rounded to nought or to a whole that they are not', (value, text) => {
    expect(valueText({ value, unit: 'percent' })).toBe(text);
  });

  it('stand in one line each, with a cell for every system and what is not known', () => {
    expect(kpiTable(SMALL.kpis)).toEqual({
      systems: ['AWS', 'Kubernetes'],
      lines: [
        {
          id: 'K2',
          title: 'Identities with an owner who is there',
          value: '50.0 %',
          basis: '1 of 2, 1 not known',
          bySystem: ['50.0 %', 'unknown'],
        },
        {
          id: 'K10a',
          title: 'Median age of credentials',
          value: '118 days',
          basis: 'of 2, 1 scope not read',
          bySystem: ['unknown', 'unknown'],
        },
      ],
    });
  });

  it('say why there is no value', () => {
    const reason = 'there is nothing to measure';
    const nothing = kpi({ value: null, numerator: 0, denominator: 0, reason });
    expect(kpiTable([nothing])?.lines[0]).toMatchObject({ value: 'unknown', basis: reason });
  });

  it('are in the page and in the summary, and leave no trace where nobody measured them', () => {
    for (const { render } of [htmlReport, markdownReport]) {
      expect(render(SMALL)).toContain('Identities with an owner who is there');
      expect(render(EMPTY)).not.toContain('>Metrics<');
      expect(render(EMPTY)).not.toContain('### Metrics');
    }
  });
});
