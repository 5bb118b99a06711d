import { describe, expect, it } from 'vitest';
import { ACCOUNT_UID, accessKey, awsUser } from '#test/estates/aws.ts';
import { daysAgo, notRead } from '#test/estates/estate.ts';
import { judge } from '../judge.ts';

const rule = 'credential-expires-too-late';

describe('credential-expires-too-late', () => {
  it('passes a lifetime of exactly the limit and fails one of a whole day more', async () => {
    const { found, passed, findings } = await judge(rule, [
      awsUser('app'),
      accessKey('app', 'at-limit', { createdAt: daysAgo(10), expiresAt: daysAgo(-355) }),
      accessKey('app', 'over', { createdAt: daysAgo(10), expiresAt: daysAgo(-356) }),
    ]);
    expect({ found, passed }).toEqual({ found: { 'user/app over': 'fail' }, passed: 1 });
    expect(findings).toMatchObject([
      { evidence: { lifetime_days: 366, threshold_days: 365, left_days: 356 } },
    ]);
  });

  it('takes its limit from its parameter', async () => {
    const key = accessKey('app', 'key', { createdAt: daysAgo(10), expiresAt: daysAgo(-100) });
    expect((await judge(rule, [awsUser('app'), key], { days: 90 })).found).toEqual({
      'user/app key': 'fail',
    });
  });

  it('does not know of one of unknown age, unless what is left is already too long', async () => {
    const { found } = await judge(rule, [
      awsUser('app'),
      accessKey('app', 'soon', { createdAt: null, expiresAt: daysAgo(-5) }),
      accessKey('app', 'late', { createdAt: null, expiresAt: daysAgo(-400) }),
    ]);
    expect(found).toEqual({ 'user/app soon': 'unknown', 'user/app late': 'fail' });
  });

  it('leaves out what is off, expired or without an end', async () => {
    const { found, passed } = await judge(rule, [
      awsUser('app'),
      accessKey('app', 'off', { enabled: false, expiresAt: daysAgo(-900) }),
      accessKey('app', 'expired', { expiresAt: daysAgo(1) }),
      accessKey('app', 'endless'),
    ]);
    expect({ found, passed }).toEqual({ found: {}, passed: 0 });
  });

  it('does not know where credentials were not collected', async () => {
    const { found } = await judge(rule, [awsUser('app'), notRead('credentials', ACCOUNT_UID)]);
    expect(found).toEqual({ [`scope ${ACCOUNT_UID}`]: 'unknown' });
  });

  it('says nothing about an empty estate', async () => {
    expect(await judge(rule, [])).toEqual({ found: {}, findings: [], passed: 0 });
  });
});
