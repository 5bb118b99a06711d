import { beforeAll, describe, expect, it } from 'vitest';
import { baselineOf } from '#gate/baseline.ts';
import { decide, type GateInput } from '#gate/decide.ts';
import { failOnAll, readPolicy, type GatePolicy } from '#gate/policy.ts';
import type { Outcome } from '#gate/verdict.ts';
import type { WaivableFinding } from '#gate/waivers/waiver.ts';
import { aFinding, aWaiver, TODAY } from './a-finding.ts';

const SCOPES = [{ scopeUid: 'aws:111122223333', complete: 9, total: 10 }];
const UNKNOWN = { status: 'unknown' } as const;
let defaults: GatePolicy;

beforeAll(async () => {
  defaults = await readPolicy(null);
});

interface Case extends Partial<Omit<GateInput, 'policy'>> {
  readonly policy?: Partial<GatePolicy>;
}

function verdictOf({ policy, ...rest }: Case) {
  return decide({
    policy: { ...defaults, ...policy },
    findings: [],
    ruleResults: 5,
    scopes: SCOPES,
    waivers: [],
    baseline: null,
    on: TODAY,
    ...rest,
  });
}

function outcomeOf(finding: Partial<WaivableFinding>, rest: Case = {}): Outcome | undefined {
  return verdictOf({ ...rest, findings: [aFinding(finding)] }).findings[0]?.outcome;
}

describe('the verdict', () => {
  it.each<[string, Case, readonly string[]]>([
    ['nothing is found', {}, []],
    ['something critical is found', { findings: [aFinding()] }, ['findings']],
    ['something milder than the threshold is found', { findings: [aFinding({ severity: 'medium' })] }, []],
    ['no rule has a result', { ruleResults: 0 }, ['no-rule-results']],
    ['an answer is unknown', { findings: [aFinding(UNKNOWN)] }, []],
    ['coverage is just enough', { policy: { minCoverage: 90 } }, []],
    ['coverage is too small', { policy: { minCoverage: 90.1 } }, ['coverage']],
    [
      'coverage is asked for and nothing is recorded',
      { policy: { minCoverage: 1 }, scopes: [] },
      ['coverage'],
    ],
    [
      'coverage is asked for and a scope has no record',
      { policy: { minCoverage: 1 }, scopes: [{ scopeUid: 's', complete: 0, total: 0 }] },
      ['coverage'],
    ],
    ['coverage of nought is asked for', { policy: { minCoverage: 0 }, scopes: [] }, []],
    ['a waiver covers what is found', { findings: [aFinding()], waivers: [aWaiver()] }, []],
    [
      'the waiver of what is found has expired',
      { findings: [aFinding()], waivers: [aWaiver({ expires: '2026-11-19' })] },
      ['findings', 'expired-waivers'],
    ],
    [
      'a waiver has expired and the policy only warns',
      { waivers: [aWaiver({ expires: '2026-11-19' })], policy: { expiredWaivers: 'warn' } },
      [],
    ],
  ])('where %s', (_, input, causes) => {
    const verdict = verdictOf(input);
    expect(verdict.causes).toEqual(causes);
    expect(verdict.passed).toBe(causes.length === 0);
  });

  it('names every cause at once', () => {
    const policy: Partial<GatePolicy> = { minCoverage: 100, unknowns: { ...defaults.unknowns, low: 'fail' } };
    const findings = [aFinding(), aFinding({ ...UNKNOWN, id: '2', severity: 'low' })];
    const waivers = [aWaiver({ expires: '2026-11-19' })];
    expect(verdictOf({ policy, findings, waivers, ruleResults: 0 }).causes).toEqual([
      'no-rule-results',
      'findings',
      'unknowns',
      'coverage',
      'expired-waivers',
    ]);
  });

  it('names the scopes that are read too little and the waivers that have expired', () => {
    const thin = { scopeUid: 'k8s:shop', complete: 1, total: 2 };
    const verdict = verdictOf({
      scopes: [...SCOPES, thin],
      policy: { minCoverage: 75 },
      waivers: [aWaiver({ id: 'old', expires: '2026-11-19' }), aWaiver()],
    });
    expect(verdict).toMatchObject({ thinScopes: [thin], expiredWaivers: ['old'] });
  });
});

describe('a finding', () => {
  it.each([
    ['critical', 'fails'],
    ['high', 'fails'],
    ['medium', 'tolerated'],
    ['info', 'tolerated'],
  ] as const)('that is %s %s where high is the threshold', (severity, outcome) => {
    expect(outcomeOf({ severity })).toBe(outcome);
  });

  it('is held to the threshold of its category', () => {
    const failOn = { ...failOnAll('none'), trust: 'low' } as const;
    expect(outcomeOf({ category: 'trust', severity: 'low' }, { policy: { failOn } })).toBe('fails');
    expect(outcomeOf({ category: 'stale' }, { policy: { failOn } })).toBe('tolerated');
  });

  it.each([
    ['fail', 'fails'],
    ['warn', 'warns'],
    ['ignore', 'tolerated'],
  ] as const)('that is unknown does what the policy says of its severity: %s', (mode, outcome) => {
    const policy = { unknowns: { ...defaults.unknowns, critical: mode } };
    expect(outcomeOf(UNKNOWN, { policy })).toBe(outcome);
  });

  it.each<[string, Partial<WaivableFinding>, Outcome]>([
    ['as it was', {}, 'known'],
    ['that became milder', { severity: 'high' }, 'known'],
    ['that can no longer be judged', UNKNOWN, 'known'],
    ['of another id', { id: 'other' }, 'fails'],
  ])('%s is held against a critical one in the baseline', (_, finding, outcome) => {
    const policy: Partial<GatePolicy> = { unknowns: { ...defaults.unknowns, critical: 'fail' } };
    expect(outcomeOf(finding, { policy, baseline: baselineOf([aFinding()]) })).toBe(outcome);
  });

  it('that became worse than in the baseline is new', () => {
    expect(outcomeOf({}, { baseline: baselineOf([aFinding({ severity: 'high' })]) })).toBe('fails');
    expect(outcomeOf({}, { baseline: baselineOf([aFinding(UNKNOWN)]) })).toBe('fails');
  });

  it('is waived rather than known', () => {
    expect(outcomeOf({}, { waivers: [aWaiver()], baseline: baselineOf([aFinding()]) })).toBe('waived');
  });
});
