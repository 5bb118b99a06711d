import { describe, expect, it } from 'vitest';
import { ACCOUNT_UID, accessKey, arn, awsRole, awsUser, used } from '#test/estates/aws.ts';
import { daysAgo, notRead } from '#test/estates/estate.ts';
import { CLUSTER_UID, serviceAccount } from '#test/estates/kubernetes.ts';
import { judge } from '../judge.ts';

const rule = 'unused-identity';
const WINDOW = { windowStart: daysAgo(400), windowEnd: daysAgo(0) };

describe('unused-identity', () => {
  it('fails an identity whose last use is too long ago', async () => {
    const { findings } = await judge(rule, [
      awsRole('old'),
      used('role/old', { lastUsedAt: daysAgo(200), ...WINDOW }),
    ]);
    expect(findings).toMatchObject([
      {
        identity: arn('role/old'),
        subject: null,
        severity: 'medium',
        title: 'Identity has not been used for more than 90 days',
        evidence: {
          unused_days: 200,
          threshold_days: 90,
          last_used_at: daysAgo(200).replace('.000', ''),
          sources: ['example'],
        },
      },
    ]);
  });

  it('fails an identity that no use of was seen in a window longer than the limit', async () => {
    const { found } = await judge(rule, [awsRole('idle'), used('role/idle', WINDOW)]);
    expect(found).toEqual({ 'role/idle': 'fail' });
  });

  it('passes at exactly the limit, by the second, and fails a whole day later', async () => {
    const { found, passed } = await judge(rule, [
      awsRole('at-limit'),
      used('role/at-limit', { lastUsedAt: daysAgo(90.99999) }),
      awsRole('over'),
      used('role/over', { lastUsedAt: daysAgo(91) }),
    ]);
    expect(found).toEqual({ 'role/over': 'fail' });
    expect(passed).toBe(1);
  });

  it('passes an identity younger than the limit, seen or not', async () => {
    const { found, passed } = await judge(rule, [
      awsRole('new', { createdAt: daysAgo(90) }),
      used('role/new', WINDOW),
      awsRole('new-unmeasured', { createdAt: daysAgo(1) }),
      awsRole('grown-up', { createdAt: daysAgo(91) }),
      used('role/grown-up', WINDOW),
    ]);
    expect(found).toEqual({ 'role/grown-up': 'fail' });
    expect(passed).toBe(2);
  });

  it('does not know about an identity that no source measured, or only in part', async () => {
    const { found } = await judge(rule, [
      awsRole('unmeasured'),
      awsRole('short-window'),
      used('role/short-window', { windowStart: daysAgo(90), windowEnd: daysAgo(0) }),
      awsRole('no-window'),
      used('role/no-window', {}),
      awsRole('of-unknown-age', { createdAt: null }),
      used('role/of-unknown-age', WINDOW),
      awsRole('stale-source'),
      used('role/stale-source', { lastUsedAt: daysAgo(100), windowEnd: daysAgo(10) }),
    ]);
    expect(new Set(Object.values(found))).toEqual(new Set(['unknown']));
    expect(Object.keys(found)).toHaveLength(5);
  });

  it('does not take credentials that were idle for an idle identity, but one that was used for a used one', async () => {
    const { found } = await judge(rule, [
      awsUser('idle'),
      accessKey('idle', 'idle-key', { lastUsedEvidence: 'used', lastUsedAt: daysAgo(300) }),
      awsUser('never'),
      accessKey('never', 'never-key', { lastUsedEvidence: 'never', createdAt: daysAgo(200) }),
      awsUser('busy'),
      accessKey('busy', 'busy-key', { lastUsedEvidence: 'used', lastUsedAt: daysAgo(3) }),
    ]);
    expect(found).toEqual({ 'user/idle': 'unknown', 'user/never': 'unknown' });
  });

  it('leaves alone what is no concern of it', async () => {
    const { found, passed } = await judge(rule, [
      awsRole('aws-service-role/x', { managedBy: 'provider' }),
      awsUser('alice', { class: 'human' }),
      awsRole('root', { kind: 'root-user', class: 'unknown' }),
      awsRole('off', { enabled: false }),
      serviceAccount('shop/default'),
    ]);
    expect({ found, passed }).toEqual({ found: {}, passed: 0 });
  });

  it('does not know where usage was not collected, and says which call and permission are missing', async () => {
    const { found, findings } = await judge(rule, [
      awsRole('old'),
      used('role/old', { lastUsedAt: daysAgo(200) }),
      notRead('usages', ACCOUNT_UID),
      serviceAccount('shop/web'),
      notRead('usages', CLUSTER_UID, 'skipped'),
    ]);
    expect(found).toEqual({ 'role/old': 'unknown', 'serviceaccount:shop/web': 'unknown' });
    expect(findings[0]?.evidence['not_collected']).toEqual([
      {
        feed: 'usages',
        call: 'list usages',
        status: 'denied',
        missing_permission: 'read:usages',
        detail: null,
      },
    ]);
  });

  it('keeps a pass where usage was read in part, since a use that was seen was a use', async () => {
    const { found, passed } = await judge(rule, [
      awsRole('busy'),
      used('role/busy', { lastUsedAt: daysAgo(1) }),
      notRead('usages', ACCOUNT_UID, 'partial'),
    ]);
    expect({ found, passed }).toEqual({ found: {}, passed: 1 });
  });

  it('says nothing about an empty estate', async () => {
    expect(await judge(rule, [])).toEqual({ found: {}, findings: [], passed: 0 });
  });
});
