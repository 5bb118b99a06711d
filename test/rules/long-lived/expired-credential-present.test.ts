import { describe, expect, it } from 'vitest';
import { ACCOUNT_UID, accessKey, awsUser, consolePassword } from '#test/estates/aws.ts';
import { daysAgo, NOW, notRead } from '#test/estates/estate.ts';
import { judge } from '../judge.ts';

const rule = 'expired-credential-present';

describe('expired-credential-present', () => {
  it('fails what has expired, even where it is switched off, and says for how long', async () => {
    const { findings } = await judge(rule, [
      awsUser('app'),
      accessKey('app', 'old', { expiresAt: daysAgo(10), enabled: false }),
    ]);
    expect(findings).toMatchObject([{ subject: 'old', severity: 'low', evidence: { expired_days: 10 } }]);
  });

  it('passes at the moment of the end and fails after it', async () => {
    const { found, passed } = await judge(rule, [
      awsUser('app'),
      accessKey('app', 'ends', { expiresAt: NOW }),
      accessKey('app', 'over', { expiresAt: daysAgo(0.01) }),
    ]);
    expect({ found, passed }).toEqual({ found: { 'user/app over': 'fail' }, passed: 1 });
  });

  it('leaves out what has no end, passwords and provider-managed identities', async () => {
    const { found, passed } = await judge(rule, [
      awsUser('app'),
      accessKey('app', 'endless'),
      consolePassword('app', { expiresAt: daysAgo(1) }),
      awsUser('theirs', { managedBy: 'provider' }),
      accessKey('theirs', 'key', { expiresAt: daysAgo(1) }),
    ]);
    expect({ found, passed }).toEqual({ found: {}, passed: 0 });
  });

  it('does not know where credentials were not collected', async () => {
    const { found } = await judge(rule, [awsUser('app'), notRead('credentials', ACCOUNT_UID, 'skipped')]);
    expect(found).toEqual({ [`scope ${ACCOUNT_UID}`]: 'unknown' });
  });

  it('says nothing about an empty estate', async () => {
    expect(await judge(rule, [])).toEqual({ found: {}, findings: [], passed: 0 });
  });
});
