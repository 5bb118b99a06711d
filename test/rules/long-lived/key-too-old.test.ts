import { describe, expect, it } from 'vitest';
import { ACCOUNT_UID, accessKey, awsUser, consolePassword } from '#test/estates/aws.ts';
import { daysAgo, notRead } from '#test/estates/estate.ts';
import { judge } from '../judge.ts';

const rule = 'key-too-old';

describe('key-too-old', () => {
  it('fails an active key that is older than the limit', async () => {
    const { findings } = await judge(rule, [
      awsUser('app'),
      accessKey('app', 'old', { createdAt: daysAgo(400) }),
    ]);
    expect(findings).toMatchObject([
      { subject: 'old', title: 'Key is older than 90 days', evidence: { age_days: 400, threshold_days: 90 } },
    ]);
  });

  it('passes at exactly the limit and fails a whole day later', async () => {
    const { found, passed } = await judge(rule, [
      awsUser('app'),
      accessKey('app', 'at-limit', { createdAt: daysAgo(90.9) }),
      accessKey('app', 'over', { createdAt: daysAgo(91) }),
    ]);
    expect(found).toEqual({ 'user/app over': 'fail' });
    expect(passed).toBe(1);
  });

  it('takes its limit from its parameter', async () => {
    const key = accessKey('app', 'key', { createdAt: daysAgo(91) });
    expect((await judge(rule, [awsUser('app'), key], { days: 365 })).found).toEqual({});
    expect((await judge(rule, [awsUser('app'), key], { days: 30 })).findings).toMatchObject([
      { title: 'Key is older than 30 days' },
    ]);
  });

  it('does not know about a key of unknown age', async () => {
    const { found } = await judge(rule, [awsUser('app'), accessKey('app', 'key', { createdAt: null })]);
    expect(found).toEqual({ 'user/app key': 'unknown' });
  });

  it('leaves alone what is off, expired, provider-managed or of a kind that it excepts', async () => {
    const { found, passed } = await judge(rule, [
      awsUser('app'),
      accessKey('app', 'off', { enabled: false }),
      accessKey('app', 'expired', { expiresAt: daysAgo(1) }),
      accessKey('app', 'tls', { createdAt: daysAgo(300), kind: 'server-certificate' }),
      consolePassword('app'),
      awsUser('theirs', { managedBy: 'provider' }),
      accessKey('theirs', 'rotated-by-them'),
    ]);
    expect({ found, passed }).toEqual({ found: {}, passed: 0 });
  });

  it('judges a key of which it is not known whether it is active', async () => {
    const { found } = await judge(rule, [awsUser('app'), accessKey('app', 'key', { enabled: null })]);
    expect(found).toEqual({ 'user/app key': 'fail' });
  });

  it('does not know where credentials were not collected', async () => {
    const { found } = await judge(rule, [awsUser('app'), notRead('credentials', ACCOUNT_UID, 'skipped')]);
    expect(found).toEqual({ [`scope ${ACCOUNT_UID}`]: 'unknown' });
  });

  it('says nothing about an empty estate', async () => {
    expect(await judge(rule, [])).toEqual({ found: {}, findings: [], passed: 0 });
  });
});
