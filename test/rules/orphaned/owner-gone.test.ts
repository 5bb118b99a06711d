import { describe, expect, it } from 'vitest';
import type { PartialRows } from '#audit/example-rows.ts';
import type { Owner } from '#model/owner.ts';
import { ACCOUNT_UID, arn, awsRole } from '#test/estates/aws.ts';
import { notRead } from '#test/estates/estate.ts';
import { judge } from '../judge.ts';

const rule = 'owner-gone';

describe('owner-gone', () => {
  it('fails an owner who has left or is known to nobody, and passes one who stands beside', async () => {
    const { found, passed } = await judge(rule, [
      awsRole('left'),
      owned('left', 'owner-left'),
      awsRole('stranger'),
      owned('stranger', 'orphaned'),
      awsRole('shared'),
      owned('shared', 'owner-left'),
      owned('shared', 'declared'),
    ]);
    expect({ found, passed }).toEqual({ found: { 'role/left': 'fail', 'role/stranger': 'fail' }, passed: 1 });
  });

  it('does not know where no people were looked up, or where sources contradict each other', async () => {
    const declared = await judge(rule, [awsRole('app'), owned('app', 'declared')]);
    expect(declared.found).toEqual({ 'role/app': 'unknown' });
    const conflicting = await judge(rule, [awsRole('app'), owned('app', 'conflicting')]);
    expect(conflicting.found).toEqual({ 'role/app': 'unknown' });
  });

  it('leaves identities without any owner to no-owner', async () => {
    const { found, passed } = await judge(rule, [awsRole('app')]);
    expect({ found, passed }).toEqual({ found: {}, passed: 0 });
  });

  it('does not know where owners were not collected', async () => {
    const { found } = await judge(rule, [awsRole('app'), notRead('owners', ACCOUNT_UID)]);
    expect(found).toEqual({ [`scope ${ACCOUNT_UID}`]: 'unknown' });
  });

  it('says nothing about an empty estate', async () => {
    expect(await judge(rule, [])).toEqual({ found: {}, findings: [], passed: 0 });
  });
});

function owned(role: string, state: Owner['state']): PartialRows {
  return { owners: [{ identityUid: arn(`role/${role}`), owner: `${role}-${state}`, state }] };
}
