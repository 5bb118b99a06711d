import { describe, expect, it } from 'vitest';
import { waiver } from '#test/estates/waivers.ts';
import { judge } from '../judge.ts';

describe('waiver-self-approved', () => {
  it('fails where owner and approver are the same but for case and blanks', async () => {
    const { found, passed } = await judge('waiver-self-approved', [
      waiver('same', { owner: 'platform', approver: ' Platform ' }),
      waiver('two', { owner: 'platform', approver: 'security' }),
    ]);
    expect({ found, passed }).toEqual({ found: { same: 'fail' }, passed: 1 });
  });

  it('says nothing where there are no waivers', async () => {
    expect(await judge('waiver-self-approved', [])).toEqual({ found: {}, findings: [], passed: 0 });
  });
});
