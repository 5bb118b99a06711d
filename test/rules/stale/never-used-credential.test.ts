import { describe, expect, it } from 'vitest';
import { ACCOUNT_UID, accessKey, awsUser, consolePassword, keyUsed } from '#test/estates/aws.ts';
import { daysAgo, notRead } from '#test/estates/estate.ts';
import { judge } from '../judge.ts';

const rule = 'never-used-credential';
const never = { lastUsedEvidence: 'never' } as const;

describe('never-used-credential', () => {
  it('fails a credential that was made long ago and never used', async () => {
    const { findings } = await judge(rule, [
      awsUser('app'),
      accessKey('app', 'key', { ...never, createdAt: daysAgo(100) }),
    ]);
    expect(findings).toMatchObject([{ subject: 'key', evidence: { age_days: 100, threshold_days: 30 } }]);
  });

  it('passes one that was used, however long ago', async () => {
    const { found, passed } = await judge(rule, [
      awsUser('app'),
      accessKey('app', 'key', { lastUsedEvidence: 'used', lastUsedAt: daysAgo(900) }),
    ]);
    expect({ found, passed }).toEqual({ found: {}, passed: 1 });
  });

  it('passes at exactly the limit and fails a whole day later', async () => {
    const { found, passed } = await judge(rule, [
      awsUser('app'),
      accessKey('app', 'at-limit', { ...never, createdAt: daysAgo(30.9) }),
      accessKey('app', 'over', { ...never, createdAt: daysAgo(31) }),
    ]);
    expect(found).toEqual({ 'user/app over': 'fail' });
    expect(passed).toBe(1);
  });

  it('takes a window that began before the credential for its whole life', async () => {
    const unseen = { lastUsedEvidence: 'not-in-window', createdAt: daysAgo(100) } as const;
    const { found } = await judge(rule, [
      awsUser('app'),
      accessKey('app', 'whole-life', unseen),
      keyUsed('app', 'whole-life', { windowStart: daysAgo(100), windowEnd: daysAgo(0) }),
      accessKey('app', 'later-window', unseen),
      keyUsed('app', 'later-window', { windowStart: daysAgo(99), windowEnd: daysAgo(0) }),
    ]);
    expect(found).toEqual({ 'user/app whole-life': 'fail', 'user/app later-window': 'unknown' });
  });

  it('does not know without a source, an age, or a source that is recent enough', async () => {
    const { found } = await judge(rule, [
      awsUser('app'),
      accessKey('app', 'no-source', { lastUsedEvidence: 'none' }),
      accessKey('app', 'no-age', { ...never, createdAt: null }),
      accessKey('app', 'stale-source', { ...never, createdAt: daysAgo(40) }),
      keyUsed('app', 'stale-source', { windowEnd: daysAgo(20) }),
    ]);
    expect(found).toEqual({
      'user/app no-source': 'unknown',
      'user/app no-age': 'unknown',
      'user/app stale-source': 'unknown',
    });
  });

  it('leaves alone what cannot be used, is provider-managed, or is a person’s password', async () => {
    const { found, passed } = await judge(rule, [
      awsUser('app'),
      accessKey('app', 'off', { ...never, enabled: false }),
      accessKey('app', 'expired', { ...never, expiresAt: daysAgo(0) }),
      awsUser('alice', { class: 'human' }),
      consolePassword('alice', never),
      awsUser('theirs', { managedBy: 'provider' }),
      accessKey('theirs', 'their-key', never),
    ]);
    expect({ found, passed }).toEqual({ found: {}, passed: 0 });
  });

  it('does not know where credentials or their use were not collected', async () => {
    const key = accessKey('app', 'key', never);
    expect((await judge(rule, [awsUser('app'), key, notRead('usages', ACCOUNT_UID)])).found).toEqual({
      'user/app key': 'unknown',
    });
    expect((await judge(rule, [awsUser('app'), notRead('credentials', ACCOUNT_UID)])).found).toEqual({
      [`scope ${ACCOUNT_UID}`]: 'unknown',
    });
  });

  it('says nothing about an empty estate', async () => {
    expect(await judge(rule, [])).toEqual({ found: {}, findings: [], passed: 0 });
  });
});
