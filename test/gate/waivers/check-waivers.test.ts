import { describe, expect, it } from 'vitest';
import { checkWaivers, type WaiverCheck } from '#gate/waivers/check-waivers.ts';
import { DEFAULT_MAX_DAYS, type Waiver } from '#gate/waivers/waiver.ts';
import { aFinding, aWaiver, TODAY } from '../a-finding.ts';

const CHECK: WaiverCheck = {
  on: TODAY,
  maxDays: DEFAULT_MAX_DAYS,
  rules: new Map([
    ['wildcard-administrator-policy', 'high'],
    ['key-too-old', 'medium'],
  ]),
  findings: [aFinding(), aFinding({ id: '2', identityUid: 'arn:aws:iam::111122223333:role/build' })],
};

function problems(waiver: Partial<Waiver>, check: Partial<WaiverCheck> = {}): string[] {
  return checkWaivers([aWaiver({ created: '2026-11-25', expires: '2026-12-08', ...waiver })], {
    ...CHECK,
    ...check,
  }).map(({ kind, level }) => `${level} ${kind}`);
}

describe('the check of a waiver', () => {
  it('has nothing to say about one that is in order', () => {
    expect(problems({})).toEqual([]);
  });

  it.each([
    ['2026-11-19', ['error expired']],
    ['2026-11-20', ['warning expiring']],
    ['2026-12-04', ['warning expiring']],
    ['2026-12-05', []],
  ])('warns 14 days before the last day, and says when it is over: %s', (expires, found) => {
    expect(problems({ created: expires, expires })).toEqual(found);
  });

  it('measures its length against the worst that it covers, else against its rule', () => {
    const lasting = { created: '2026-11-25', expires: '2026-12-25' };
    expect(problems(lasting)).toEqual(['error too-long']);
    expect(problems(lasting, { findings: null })).toEqual([]);
    expect(problems({ ...lasting, expires: '2026-12-26' }, { findings: null })).toEqual(['error too-long']);
    expect(problems(lasting, { maxDays: { ...DEFAULT_MAX_DAYS, critical: 30 } })).toEqual([]);
  });

  it('finds one that its owner approved', () => {
    expect(problems({ approver: 'PLATFORM' })).toEqual(['error self-approved']);
  });

  it.each<[Partial<Waiver>, string[]]>([
    [{ rule: '*' }, ['error too-wide']],
    [{ selector: {} }, ['error too-wide']],
    [{ selector: { scope: 'aws:111122223333' } }, ['warning too-wide']],
    [{ selector: { identity: '*role/b*' } }, []],
  ])('finds one that is as wide as a rule: %j', (waiver, found) => {
    expect(problems(waiver)).toEqual(found);
  });

  it('does not call one too wide that names the one identity which a rule found', () => {
    expect(problems({}, { findings: [aFinding()] })).toEqual([]);
  });

  it('finds one of a rule that does not exist, and one that covers nothing', () => {
    expect(problems({ rule: 'no-such' })).toEqual(['error unknown-rule', 'warning unused']);
    expect(problems({ rule: 'key-too-old' })).toEqual(['warning unused']);
    expect(problems({ rule: 'key-too-old' }, { findings: null })).toEqual([]);
  });

  it('finds one whose condition has ended for all that it covers', () => {
    const used = [aFinding({ lastUsedAt: '2026-11-26T00:00:00.000Z' })];
    expect(problems({ conditions: ['until-used'] }, { findings: used })).toEqual(['warning ended']);
  });
});
