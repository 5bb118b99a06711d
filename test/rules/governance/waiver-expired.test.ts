import { describe, expect, it } from 'vitest';
import { daysAgo } from '#test/estates/estate.ts';
import { waiver } from '#test/estates/waivers.ts';
import { judge } from '../judge.ts';

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

  it('says nothing where there are no waivers', async () => {
    expect(await judge('waiver-expired', [])).toEqual({ found: {}, findings: [], passed: 0 });
  });
});
