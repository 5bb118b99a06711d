import { describe, expect, it } from 'vitest';
import { ACCOUNT_UID, accessKey, awsUser, consolePassword, keyUsed } from '#test/estates/aws.ts';
import { daysAgo, notRead } from '#test/estates/estate.ts';
import { judge } from '../judge.ts';

const rule = 'unused-credential';

describe('unused-credential', () => {
  it('fails an active credential whose last use is too long ago', async () => {
    const { findings } = await judge(rule, [
      awsUser('app'),
      accessKey('app', 'old', { lastUsedEvidence: 'used', lastUsedAt: daysAgo(120) }),
    ]);
    expect(findings).toMatchObject([
      { subject: 'old', scope: ACCOUNT_UID, evidence: { kind: 'access-key', unused_days: 120 } },
    ]);
  });

  it('passes at exactly the limit and fails a whole day later', async () => {
    const { found, passed } = await judge(rule, [
      awsUser('app'),
      accessKey('app', 'at-limit', { lastUsedEvidence: 'used', lastUsedAt: daysAgo(90.9) }),
      accessKey('app', 'over', { lastUsedEvidence: 'used', lastUsedAt: daysAgo(91) }),
    ]);
    expect(found).toEqual({ 'user/app over': 'fail' });
    expect(passed).toBe(1);
  });

  it('passes a credential younger than the limit', async () => {
    const { found, passed } = await judge(rule, [
      awsUser('app'),
      accessKey('app', 'new', { createdAt: daysAgo(90), lastUsedEvidence: 'none' }),
    ]);
    expect({ found, passed }).toEqual({ found: {}, passed: 1 });
  });

  it('judges by the window of a source that saw no use in it', async () => {
    const unseen = { lastUsedEvidence: 'not-in-window' } as const;
    const { found } = await judge(rule, [
      awsUser('app'),
      accessKey('app', 'long', unseen),
      keyUsed('app', 'long', { windowStart: daysAgo(200), windowEnd: daysAgo(0) }),
      accessKey('app', 'short', unseen),
      keyUsed('app', 'short', { windowStart: daysAgo(60), windowEnd: daysAgo(0) }),
      accessKey('app', 'no-window', unseen),
      accessKey('app', 'of-unknown-age', { ...unseen, createdAt: null }),
      keyUsed('app', 'of-unknown-age', { windowStart: daysAgo(200), windowEnd: daysAgo(0) }),
    ]);
    expect(found).toEqual({
      'user/app long': 'fail',
      'user/app short': 'unknown',
      'user/app no-window': 'unknown',
      'user/app of-unknown-age': 'unknown',
    });
  });

  it('does not know about a credential that no source measured', async () => {
    const { found } = await judge(rule, [
      awsUser('app'),
      accessKey('app', 'key', { lastUsedEvidence: 'none' }),
    ]);
    expect(found).toEqual({ 'user/app key': 'unknown' });
  });

  it('leaves alone what cannot be used, was never used, or is a person’s password', async () => {
    const old = { lastUsedEvidence: 'used', lastUsedAt: daysAgo(300) } as const;
    const { found, passed } = await judge(rule, [
      awsUser('app'),
      accessKey('app', 'off', { ...old, enabled: false }),
      accessKey('app', 'expired', { ...old, expiresAt: daysAgo(1) }),
      accessKey('app', 'never', { lastUsedEvidence: 'never' }),
      awsUser('alice', { class: 'human' }),
      consolePassword('alice', old),
      awsUser('service-linked', { managedBy: 'provider' }),
      accessKey('service-linked', 'theirs', old),
    ]);
    expect({ found, passed }).toEqual({ found: {}, passed: 0 });
  });

  it('judges keys of people and credentials whose identity is missing', async () => {
    const old = { lastUsedEvidence: 'used', lastUsedAt: daysAgo(300) } as const;
    const { findings } = await judge(rule, [
      awsUser('alice', { class: 'human' }),
      accessKey('alice', 'hers', old),
      accessKey('nobody', 'stray', old),
    ]);
    expect(findings).toMatchObject([
      { subject: 'hers', scope: ACCOUNT_UID },
      { subject: 'stray', scope: ACCOUNT_UID },
    ]);
  });

  it('does not know where credentials were not collected, seen or unseen', async () => {
    const key = accessKey('app', 'key', { lastUsedEvidence: 'used', lastUsedAt: daysAgo(1) });
    const gap = notRead('credentials', ACCOUNT_UID);
    expect((await judge(rule, [awsUser('app'), key, gap])).found).toEqual({ 'user/app key': 'unknown' });
    expect((await judge(rule, [awsUser('app'), gap])).found).toEqual({ [`scope ${ACCOUNT_UID}`]: 'unknown' });
  });

  it('says nothing about an empty estate', async () => {
    expect(await judge(rule, [])).toEqual({ found: {}, findings: [], passed: 0 });
  });
});
