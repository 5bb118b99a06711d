import { describe, expect, it } from 'vitest';
import type { PartialRows } from '#audit/example-rows.ts';
import type { WaiverRecord } from '#model/waiver.ts';
import { daysAgo } from '#test/estates/estate.ts';
import { judge } from '../judge.ts';

function waiver(id: string, fields: Partial<WaiverRecord>): PartialRows {
  return { waivers: [{ id, ruleId: 'key-too-old', ...fields }] };
}

describe('waiver-expired', () => {
  it('fails the day after the last one, and passes the last one itself', async () => {
    const { found, findings, passed } = await judge('waiver-expired', [
      waiver('over', { expiresAt: '2026-11-19T00:00:00.000Z', covers: 2 }),
      waiver('today', { expiresAt: '2026-11-20T00:00:00.000Z' }),
      waiver('running', { expiresAt: daysAgo(-10) }),
    ]);
    expect({ found, passed }).toEqual({ found: { over: 'fail' }, passed: 2 });
    expect(findings).toMatchObject([
      {
        identity: null,
        scope: null,
        severity: 'medium',
        evidence: { rule: 'key-too-old', expires: '2026-11-19', days_over: 1, covers: 2 },
      },
    ]);
  });
});

describe('waiver-too-long', () => {
  it('fails above the limit, passes exactly it, and does not know without one', async () => {
    const { found, findings, passed } = await judge('waiver-too-long', [
      waiver('above', { days: 31, maxDays: 30 }),
      waiver('at', { days: 30, maxDays: 30 }),
      waiver('unlimited', { days: 1, maxDays: null }),
    ]);
    expect({ found, passed }).toEqual({ found: { above: 'fail', unlimited: 'unknown' }, passed: 1 });
    expect(findings[0]?.evidence).toMatchObject({ days: 31, threshold_days: 30 });
  });
});

describe('waiver-self-approved', () => {
  it('fails where owner and approver are the same but for case and blanks', async () => {
    const { found, passed } = await judge('waiver-self-approved', [
      waiver('same', { owner: 'platform', approver: ' Platform ' }),
      waiver('two', { owner: 'platform', approver: 'security' }),
    ]);
    expect({ found, passed }).toEqual({ found: { same: 'fail' }, passed: 1 });
  });
});

describe('waiver-unused', () => {
  it('fails one that covers nothing, and does not know where its rule judged nothing', async () => {
    const { found, passed } = await judge('waiver-unused', [
      waiver('idle', { covers: 0, ruleJudged: true }),
      waiver('unseen', { covers: 0, ruleJudged: false }),
      waiver('used', { covers: 1 }),
    ]);
    expect({ found, passed }).toEqual({ found: { idle: 'fail', unseen: 'unknown' }, passed: 1 });
  });
});

describe('the rules about waivers', () => {
  it.each(['waiver-expired', 'waiver-too-long', 'waiver-self-approved', 'waiver-unused'])(
    'say nothing where there are none: %s',
    async (rule) => {
      expect(await judge(rule, [])).toEqual({ found: {}, findings: [], passed: 0 });
    },
  );
});
