import { describe, expect, it } from 'vitest';
import { waiver } from '#test/estates/waivers.ts';
import { judge } from '../judge.ts';

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

  it('says nothing where there are no waivers', async () => {
    expect(await judge('waiver-too-long', [])).toEqual({ found: {}, findings: [], passed: 0 });
  });
});
