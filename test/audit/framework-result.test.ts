import { describe, expect, it } from 'vitest';
import { frameworkResult } from '#audit/framework-result.ts';
import type { Control, Framework } from '#contract/framework.ts';
import type { RuleResult } from '#model/finding.ts';
import type { Coverage } from '#model/scope.ts';

describe('the answers by the controls of a framework', () => {
  it('are the sum of what the rules answered in every scope', () => {
    const results = [
      answered('a', { passed: 1, scopeUid: 'aws:1' }),
      answered('a', { failed: 2, scopeUid: 'aws:2' }),
      answered('b', { unknown: 3 }),
      answered('other', { failed: 9 }),
    ];
    expect(judge(['a', 'b'], results)).toMatchObject({
      status: 'fail',
      passed: 1,
      failed: 2,
      unknown: 3,
      rules: [
        { ruleId: 'a', status: 'fail', passed: 1, failed: 2, unknown: 0, rationale: 'why a' },
        { ruleId: 'b', status: 'unknown', passed: 0, failed: 0, unknown: 3, rationale: 'why b' },
      ],
    });
  });

  it.each([
    ['no rule speaks to it', [], [], 'not-measured'],
    ['its rule was not run', ['a'], [], 'not-measured'],
    ['its rule had nothing to judge', ['a'], [answered('a', {})], 'not-measured'],
    ['its rule passed something', ['a'], [answered('a', { passed: 1 })], 'pass'],
    ['one rule passed and one had nothing to judge', ['a', 'b'], [answered('a', { passed: 1 })], 'pass'],
    ['a rule could not decide', ['a'], [answered('a', { passed: 5, unknown: 1 })], 'unknown'],
    [
      'one rule failed and one could not decide',
      ['a', 'b'],
      [answered('a', { failed: 1 }), answered('b', { unknown: 1 })],
      'fail',
    ],
  ])('say of a control where %s: %s', (_, rules, results, status) => {
    expect(judge(rules, results).status).toBe(status);
  });

  it('count what is waived beside the failures, and stay failed', () => {
    const results = [
      answered('a', { failed: 2 }),
      answered('a', { failed: 1, scopeUid: 'aws:2' }),
      answered('b', { failed: 1 }),
    ];
    expect(judge(['a', 'b'], results, [], new Map([['a', 3]]))).toMatchObject({
      status: 'fail',
      failed: 4,
      waived: 3,
      rules: [
        { ruleId: 'a', failed: 3, waived: 3 },
        { ruleId: 'b', failed: 1, waived: 0 },
      ],
    });
  });

  it('are unknown where a rule broke off, whatever it had passed', () => {
    const broken: Coverage = {
      system: null,
      scopeUid: null,
      feed: null,
      call: 'rule a',
      status: 'failed',
      missingPermission: null,
      detail: 'the query failed',
    };
    expect(judge(['a'], [], [broken]).status).toBe('unknown');
    expect(judge(['a'], [answered('a', { passed: 1 })], [broken]).status).toBe('unknown');
    expect(judge(['a'], [answered('a', { failed: 1 })], [broken]).status).toBe('fail');
    expect(judge(['b'], [answered('b', { passed: 1 })], [broken]).status).toBe('pass');
  });
});

function judge(
  rules: readonly string[],
  results: readonly RuleResult[],
  coverage: readonly Coverage[] = [],
  waived?: ReadonlyMap<string, number>,
) {
  const control: Control = {
    id: '1',
    title: 'a control',
    rules: rules.map((ruleId) => ({ ruleId, relation: 'subset', rationale: `why ${ruleId}` })),
  };
  const framework: Framework = {
    id: 'own-1',
    title: 'Own',
    version: '1',
    source: 'https://own.example',
    controls: [control],
  };
  const [result] = frameworkResult(framework, results, coverage, waived).controls;
  if (result === undefined) throw new Error('a framework has a result for each of its controls');
  return result;
}

function answered(ruleId: string, counts: Partial<RuleResult>): RuleResult {
  return { ruleId, system: 'aws', scopeUid: 'aws:1', passed: 0, failed: 0, unknown: 0, ...counts };
}
