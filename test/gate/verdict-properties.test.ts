import fc from 'fast-check';
import { describe, it } from 'vitest';
import { baselineOf } from '#gate/baseline.ts';
import { decide, type GateInput } from '#gate/decide.ts';
import type { GatePolicy } from '#gate/policy.ts';
import { failOnAll } from '#gate/policy.ts';
import { DEFAULT_MAX_DAYS } from '#gate/waivers/waiver.ts';
import { SEVERITIES } from '#model/finding.ts';
import { aFinding, aWaiver, TODAY } from './a-finding.ts';

const RULES = ['key-too-old', 'unused-identity'];
const rule = fc.constantFrom(...RULES);
const identity = fc.constantFrom('a', 'b', 'c');
const severity = fc.constantFrom(...SEVERITIES);

const finding = fc
  .record({
    id: fc.constantFrom('1', '2', '3', '4'),
    ruleId: rule,
    severity,
    status: fc.constantFrom('fail' as const, 'unknown' as const),
    identityUid: fc.option(identity, { nil: null }),
    firstSeenAt: fc.constantFrom('2026-11-01T00:00:00.000Z', '2026-11-19T00:00:00.000Z'),
    useMeasured: fc.boolean(),
  })
  .map(aFinding);

const waiver = fc
  .record({
    rule: fc.constantFrom(...RULES, '*'),
    selector: fc.record({ identity: fc.option(fc.constantFrom('a', 'b', '*'), { nil: undefined }) }),
    approver: fc.constantFrom('security', 'platform'),
    created: fc.constantFrom('2026-06-01', '2026-11-10', '2026-11-21'),
    expires: fc.constantFrom('2026-11-21', '2026-12-05'),
    conditions: fc.subarray(['until-fixed', 'until-used'] as const),
  })
  .map(aWaiver);

const policy: fc.Arbitrary<GatePolicy> = fc
  .record({
    threshold: fc.constantFrom(...SEVERITIES, 'none' as const),
    mode: fc.constantFrom('fail' as const, 'warn' as const, 'ignore' as const),
    minCoverage: fc.option(fc.integer({ min: 0, max: 100 }), { nil: null }),
  })
  .map(({ threshold, mode, minCoverage }) => ({
    failOn: failOnAll(threshold),
    minCoverage,
    unknowns: { critical: mode, high: mode, medium: mode, low: mode, info: mode },
    newOnly: null,
    baseline: null,
    expiredWaivers: 'fail',
    maxDays: DEFAULT_MAX_DAYS,
    kpis: [],
    unknownKpis: 'warn',
  }));

const input: fc.Arbitrary<GateInput> = fc.record({
  policy,
  findings: fc.array(finding, { maxLength: 6 }),
  ruleResults: fc.nat({ max: 2 }),
  scopes: fc.array(
    fc.record({ scopeUid: identity, complete: fc.nat({ max: 3 }), total: fc.constantFrom(3, 4) }),
    { maxLength: 2 },
  ),
  waivers: fc.array(waiver, { maxLength: 4 }),
  baseline: fc.option(fc.array(finding, { maxLength: 4 }).map(baselineOf), { nil: null }),
  on: fc.constant(TODAY),
});

describe('the verdict, whatever it rests on,', () => {
  it('never becomes a pass by one more finding', () => {
    fc.assert(
      fc.property(input, finding, (given, more) => {
        const before = decide(given);
        const after = decide({ ...given, findings: [...given.findings, more] });
        return before.passed || !after.passed;
      }),
    );
  });

  it('never becomes a fail by one more waiver that has not expired', () => {
    fc.assert(
      fc.property(input, waiver, (given, more) => {
        const before = decide(given);
        const after = decide({ ...given, waivers: [...given.waivers, more] });
        return after.passed || !before.passed;
      }),
    );
  });

  it('never becomes a fail by a baseline', () => {
    fc.assert(
      fc.property(input, (given) => decide(given).passed || !decide({ ...given, baseline: null }).passed),
    );
  });

  it('never becomes a pass by a policy that demands more', () => {
    fc.assert(
      fc.property(input, severity, (given, threshold) => {
        const strict = { ...given.policy, failOn: failOnAll('info'), minCoverage: 100 };
        const mild = { ...given.policy, failOn: failOnAll(threshold) };
        return decide({ ...given, policy: mild }).passed || !decide({ ...given, policy: strict }).passed;
      }),
    );
  });

  it('keeps every finding, in its order', () => {
    fc.assert(
      fc.property(input, (given) => {
        const ids = decide(given).findings.map(({ id }) => id);
        return JSON.stringify(ids) === JSON.stringify(given.findings.map(({ id }) => id));
      }),
    );
  });
});
