import { describe, expect, it } from 'vitest';
import { ACCOUNT_UID, accessKey, awsUser } from '#test/estates/aws.ts';
import { daysAgo, notRead } from '#test/estates/estate.ts';
import { judge } from '../judge.ts';

const rule = 'two-active-keys';

describe('two-active-keys', () => {
  it('fails an identity with two active keys that are both past the overlap', async () => {
    const { findings } = await judge(rule, [
      awsUser('app'),
      accessKey('app', 'one', { createdAt: daysAgo(300) }),
      accessKey('app', 'two', { createdAt: daysAgo(100) }),
    ]);
    expect(findings).toMatchObject([
      {
        subject: null,
        evidence: {
          overlap_days: 14,
          kinds: [{ kind: 'access-key', keys: [{ uid: 'one' }, { uid: 'two' }] }],
        },
      },
    ]);
  });

  it('passes on the last day of the overlap and fails a whole day later', async () => {
    const { found, passed } = await judge(rule, [
      awsUser('rotating'),
      accessKey('rotating', 'r1'),
      accessKey('rotating', 'r2', { createdAt: daysAgo(14.9) }),
      awsUser('stuck'),
      accessKey('stuck', 's1'),
      accessKey('stuck', 's2', { createdAt: daysAgo(15) }),
    ]);
    expect(found).toEqual({ 'user/stuck': 'fail' });
    expect(passed).toBe(1);
  });

  it('passes one active key beside one that is off or expired, or of another kind', async () => {
    const { found, passed } = await judge(rule, [
      awsUser('app'),
      accessKey('app', 'on'),
      accessKey('app', 'off', { enabled: false }),
      accessKey('app', 'expired', { expiresAt: daysAgo(1) }),
      accessKey('app', 'secret', { kind: 'client-secret' }),
      accessKey('app', 'pw', { kind: 'console-password' }),
    ]);
    expect({ found, passed }).toEqual({ found: {}, passed: 1 });
  });

  it('does not know where a second key may be active, or old enough', async () => {
    const { found } = await judge(rule, [
      awsUser('app'),
      accessKey('app', 'a1'),
      accessKey('app', 'a2', { enabled: null }),
      awsUser('web'),
      accessKey('web', 'w1'),
      accessKey('web', 'w2', { createdAt: null }),
    ]);
    expect(found).toEqual({ 'user/app': 'unknown', 'user/web': 'unknown' });
  });

  it('leaves provider-managed identities alone', async () => {
    const { found } = await judge(rule, [
      awsUser('theirs', { managedBy: 'provider' }),
      accessKey('theirs', 'one'),
      accessKey('theirs', 'two'),
    ]);
    expect(found).toEqual({});
  });

  it('does not know where credentials were not collected', async () => {
    const { found } = await judge(rule, [
      awsUser('app'),
      accessKey('app', 'one'),
      notRead('credentials', ACCOUNT_UID),
    ]);
    expect(found).toEqual({ 'user/app': 'unknown' });
  });

  it('says nothing about an empty estate', async () => {
    expect(await judge(rule, [])).toEqual({ found: {}, findings: [], passed: 0 });
  });
});
