import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { decide } from '#gate/decide.ts';
import { judgeKpi, type KpiCondition } from '#gate/kpi-conditions.ts';
import { readPolicy, type GatePolicy } from '#gate/policy.ts';
import type { Kpi } from '#model/kpi.ts';
import { tempDir } from '../temp-dir.ts';

const OWNED: Kpi = {
  id: 'K2',
  name: 'owned',
  system: null,
  unit: 'percent',
  value: 95,
  numerator: 95,
  denominator: 100,
  unknown: 0,
  gaps: 0,
  reason: null,
};
const AT_LEAST_95: KpiCondition = { written: 'owned >= 95', name: 'owned', operator: '>=', limit: 95 };

async function policyOf(text: string): Promise<GatePolicy> {
  const file = join(await tempDir(), 'gate.yaml');
  await writeFile(file, text);
  return readPolicy(file);
}

describe('a condition on a metric', () => {
  it('is read by name or by id', async () => {
    const { kpis } = await policyOf('kpis: ["owned >= 95", "k5<3%", "credential-age <= 90"]\n');
    expect(kpis.map(({ name, operator, limit }) => `${name} ${operator} ${limit}`)).toEqual([
      'owned >= 95',
      'stale < 3',
      'credential-age <= 90',
    ]);
  });

  it.each([
    [
      'an unknown metric',
      'kpis:\n  - owned >= 95\n  - ownd >= 95\n',
      /gate\.yaml:3: .*ownd: no such metric; there are visibility, /u,
    ],
    ['no number', 'kpis: ["owned >= many"]\n', /gate\.yaml:1: .*expected a metric/u],
    ['no list', 'kpis: owned >= 95\n', /gate\.yaml:1: kpis: .*expected array/u],
  ])('names file and line for %s', async (_, text, message) => {
    await expect(policyOf(text)).rejects.toThrow(message);
  });

  it.each<[string, Partial<Kpi>, string]>([
    ['is met at its limit', {}, 'met'],
    ['is missed below it', { numerator: 94, value: 94 }, 'missed'],
    [
      'is not known where what is missing could break it',
      { numerator: 95, denominator: 96, unknown: 5, value: 98.96 },
      'unknown',
    ],
    [
      'is met where nothing that is missing could break it',
      { numerator: 199, denominator: 200, unknown: 2 },
      'met',
    ],
    [
      'is missed where nothing that is missing could mend it',
      { numerator: 10, denominator: 100, unknown: 5 },
      'missed',
    ],
    ['is not known where a scope was not read', { gaps: 1 }, 'unknown'],
    ['is missed all the same where a scope was not read', { numerator: 94, value: 94, gaps: 1 }, 'missed'],
    ['is not known where there is no value', { value: null, reason: 'nothing' }, 'unknown'],
  ])('%s', (_, more, verdict) => {
    expect(judgeKpi(AT_LEAST_95, [{ ...OWNED, ...more }], 'warn').verdict).toBe(verdict);
  });

  it('is about all systems together', () => {
    expect(judgeKpi(AT_LEAST_95, [{ ...OWNED, system: 'aws' }], 'fail')).toMatchObject({
      measured: null,
      verdict: 'unknown',
      outcome: 'fails',
    });
  });
});

describe('the gate', () => {
  const verdictOf = async (text: string, kpi: Kpi) =>
    decide({
      policy: await policyOf(text),
      findings: [],
      ruleResults: 1,
      scopes: [],
      waivers: [],
      kpis: [kpi],
      baseline: null,
      on: '2026-11-20',
    });

  it('fails where a metric is missed', async () => {
    const verdict = await verdictOf('kpis: ["owned > 95"]\n', OWNED);
    expect(verdict).toMatchObject({ passed: false, causes: ['kpis'] });
  });

  it('fails for a metric that is not known only where the policy says that unknowns fail', async () => {
    const unknown = { ...OWNED, value: null, reason: 'not read' };
    expect((await verdictOf('kpis: ["owned >= 5"]\n', unknown)).passed).toBe(true);
    expect((await verdictOf('unknowns: fail\nkpis: ["owned >= 5"]\n', unknown)).causes).toEqual(['kpis']);
    expect((await verdictOf('unknowns: { default: fail }\nkpis: ["owned >= 5"]\n', unknown)).causes).toEqual([
      'kpis',
    ]);
  });
});
