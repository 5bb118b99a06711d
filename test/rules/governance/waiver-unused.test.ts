import { describe, expect, it } from 'vitest';
import { waiver } from '#test/estates/waivers.ts';
import { judge } from '../judge.ts';

describe('waiver-unused', () => {
  it('fails one that covers nothing, and does not know where its rule judged nothing', async () => {
    const { found, passed } = await judge('waiver-unused', [
      waiver('idle', { covers: 0, ruleJudged: true }),
      waiver('unseen', { covers: 0, ruleJudged: false }),
      waiver('used', { covers: 1 }),
    ]);
    expect({ found, passed }).toEqual({ found: { idle: 'fail', unseen: 'unknown' }, passed: 1 });
  });

  it('says nothing where there are no waivers', async () => {
    expect(await judge('waiver-unused', [])).toEqual({ found: {}, findings: [], passed: 0 });
  });
});
