import { describe, expect, it } from 'vitest';
import type { PartialRows } from '#audit/example-rows.ts';
import { able } from '#test/estates/access.ts';
import { ACCOUNT_UID, arn, awsRole, used } from '#test/estates/aws.ts';
import { servicePrincipal } from '#test/estates/azure.ts';
import { daysAgo, notRead } from '#test/estates/estate.ts';
import { googleAccount, gsaUid } from '#test/estates/gcp.ts';
import { saUid, serviceAccount } from '#test/estates/kubernetes.ts';
import { judge } from '../judge.ts';

const rule = 'privileged-access-unused';

describe('privileged-access-unused', () => {
  it('fails an administrator that nothing used, in every system', async () => {
    const uids = [arn('role/app'), 'principal', gsaUid('app'), saUid('shop/app')];
    const homes = [
      awsRole('app'),
      servicePrincipal('principal'),
      googleAccount('app'),
      serviceAccount('shop/app'),
    ];
    const { found, findings } = await judge(rule, [
      ...homes,
      ...uids.map((identityUid) => able(identityUid, 'admin')),
      { usages: uids.map((identityUid) => ({ identityUid, lastUsedAt: daysAgo(120) })) },
    ]);
    expect(Object.values(found)).toEqual(['fail', 'fail', 'fail', 'fail']);
    expect(findings[0]?.evidence).toMatchObject({ threshold_days: 90, identity_unused_days: 120 });
  });

  it('fails one that is used for everything but administration', async () => {
    const { findings } = await judge(rule, [
      awsRole('app'),
      able(arn('role/app'), 'admin'),
      used('role/app', { lastUsedAt: daysAgo(1) }),
      service('app', 's3', 1),
      service('app', 'iam', 91),
    ]);
    expect(findings).toMatchObject([
      { severity: 'critical', evidence: { administration_unused_days: 91, services: ['iam'] } },
    ]);
  });

  it('passes at exactly the limit, and one that is younger', async () => {
    const { found, passed } = await judge(rule, [
      awsRole('at-limit'),
      able(arn('role/at-limit'), 'admin'),
      service('at-limit', 'iam:CreateRole', 90.9),
      awsRole('young', { createdAt: daysAgo(90) }),
      able(arn('role/young'), 'admin'),
    ]);
    expect({ found, passed }).toEqual({ found: {}, passed: 2 });
  });

  it('does not know what a used one was used for, nor of a short window or an uncertain administrator', async () => {
    const { found } = await judge(rule, [
      awsRole('busy'),
      able(arn('role/busy'), 'admin'),
      used('role/busy', { lastUsedAt: daysAgo(1) }),
      awsRole('short'),
      able(arn('role/short'), 'admin'),
      used('role/short', { windowStart: daysAgo(60), windowEnd: daysAgo(0) }),
      awsRole('perhaps'),
      able(arn('role/perhaps'), 'admin', { certainty: 'conditional' }),
      used('role/perhaps', { lastUsedAt: daysAgo(120) }),
      awsRole('unmeasured'),
      able(arn('role/unmeasured'), 'admin'),
    ]);
    expect(found).toEqual({
      'role/busy': 'unknown',
      'role/short': 'unknown',
      'role/perhaps': 'unknown',
      'role/unmeasured': 'unknown',
    });
  });

  it('leaves out who is no administrator, people, and what is disabled or the provider’s', async () => {
    const { found, passed } = await judge(rule, [
      awsRole('reader'),
      able(arn('role/reader'), 'data-read'),
      awsRole('off', { enabled: false }),
      able(arn('role/off'), 'admin'),
      awsRole('ann', { class: 'human' }),
      able(arn('role/ann'), 'admin'),
      awsRole('linked', { managedBy: 'provider' }),
      able(arn('role/linked'), 'admin'),
    ]);
    expect({ found, passed }).toEqual({ found: {}, passed: 0 });
  });

  it('does not know where use was not collected', async () => {
    const { found } = await judge(rule, [
      awsRole('app'),
      able(arn('role/app'), 'admin'),
      notRead('usages', ACCOUNT_UID),
    ]);
    expect(found).toEqual({ 'role/app': 'unknown' });
  });

  it('says nothing about an empty estate', async () => {
    expect(await judge(rule, [])).toEqual({ found: {}, findings: [], passed: 0 });
  });
});

function service(role: string, permission: string, daysOld: number): PartialRows {
  const source = { subject: 'permission', source: 'aws:service-last-accessed' } as const;
  const lastUsedAt = daysAgo(daysOld);
  return { usages: [{ identityUid: arn(`role/${role}`), permission, lastUsedAt, ...source }] };
}
