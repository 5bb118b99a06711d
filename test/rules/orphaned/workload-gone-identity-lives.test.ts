import { describe, expect, it } from 'vitest';
import type { PartialRows } from '#audit/example-rows.ts';
import { ACCOUNT_UID, accessKey, arn, awsRole, awsUser, trust, used } from '#test/estates/aws.ts';
import { servicePrincipal, TENANT_UID } from '#test/estates/azure.ts';
import { daysAgo, notRead } from '#test/estates/estate.ts';
import { googleAccount, gsaUid } from '#test/estates/gcp.ts';
import { CLUSTER_UID, saUid, serviceAccount } from '#test/estates/kubernetes.ts';
import { judge } from '../judge.ts';

const rule = 'workload-gone-identity-lives';

describe('workload-gone-identity-lives', () => {
  it('fails what only workloads use and none runs as, in every system', async () => {
    const { found } = await judge(rule, [
      serviceAccount('shop/old'),
      awsRole('old'),
      by('old', 'lambda.amazonaws.com'),
      servicePrincipal('old', { kind: 'managed-identity' }),
      googleAccount('old', { tags: { Workload: 'shop' } }),
    ]);
    expect(found).toEqual({
      'serviceaccount:shop/old': 'fail',
      'role/old': 'fail',
      old: 'fail',
      [gsaUid('old')]: 'fail',
    });
  });

  it('passes where a workload runs as it; the profile that merely carries a role is none', async () => {
    const { found, passed } = await judge(rule, [
      serviceAccount('shop/web'),
      runs(saUid('shop/web'), 'deployment'),
      awsRole('ec2'),
      by('ec2', 'ec2.amazonaws.com'),
      runs(arn('role/ec2'), 'instance-profile'),
    ]);
    expect({ found, passed }).toEqual({ found: { 'role/ec2': 'fail' }, passed: 1 });
  });

  it('passes at exactly the limit, by age and by use, and fails a whole day later', async () => {
    const { found, passed } = await judge(rule, [
      serviceAccount('shop/young', { createdAt: daysAgo(30.9) }),
      serviceAccount('shop/older', { createdAt: daysAgo(31) }),
      awsRole('used'),
      by('used', 'lambda.amazonaws.com'),
      used('role/used', { lastUsedAt: daysAgo(30.9) }),
      awsRole('unused'),
      by('unused', 'lambda.amazonaws.com'),
      used('role/unused', { lastUsedAt: daysAgo(31) }),
    ]);
    expect({ found, passed }).toEqual({
      found: { 'serviceaccount:shop/older': 'fail', 'role/unused': 'fail' },
      passed: 2,
    });
  });

  it('leaves out what something else may use: a key, another party, a service that runs nothing', async () => {
    const { found, passed } = await judge(rule, [
      serviceAccount('shop/ci'),
      {
        credentials: [{ uid: 't', identityUid: saUid('shop/ci'), kind: 'service-account-token' }],
      },
      awsRole('mixed'),
      by('mixed', 'lambda.amazonaws.com'),
      trust('mixed', 'people', { trusted: '111111111111', trustedKind: 'account' }),
      awsRole('logs'),
      by('logs', 'cloudtrail.amazonaws.com'),
      awsRole('nobody'),
      awsUser('app'),
      accessKey('app', 'key'),
      serviceAccount('shop/default'),
      serviceAccount('shop/theirs', { managedBy: 'provider' }),
      googleAccount('app'),
    ]);
    expect({ found, passed }).toEqual({ found: {}, passed: 0 });
  });

  it('counts neither keys that are off nor what the side that wants access says', async () => {
    const { found } = await judge(rule, [
      serviceAccount('shop/old'),
      {
        credentials: [{ uid: 't', identityUid: saUid('shop/old'), enabled: false }],
        trusts: [{ uid: 'c', identityUid: saUid('shop/old'), trusted: 'x', certainty: 'claimed' }],
      },
    ]);
    expect(found).toEqual({ 'serviceaccount:shop/old': 'fail' });
  });

  it('does not know where workloads were not read whole, one source of several being enough, nor without an age', async () => {
    for (const status of ['denied', 'partial', 'skipped'] as const) {
      const { found, passed } = await judge(rule, [
        serviceAccount('shop/old'),
        serviceAccount('shop/web'),
        runs(saUid('shop/web'), 'deployment'),
        { coverage: [{ system: 'kubernetes', scopeUid: CLUSTER_UID, feed: 'workloads', call: 'pods' }] },
        notRead('workloads', CLUSTER_UID, status),
      ]);
      expect({ found, passed }).toEqual({ found: { 'serviceaccount:shop/old': 'unknown' }, passed: 1 });
    }
    const ageless = await judge(rule, [serviceAccount('shop/old', { createdAt: null })]);
    expect(ageless.found).toEqual({ 'serviceaccount:shop/old': 'unknown' });
  });

  it('keeps a pass that workloads prove where credentials were read in part, and says so beside a fail', async () => {
    const { found, passed, findings } = await judge(rule, [
      serviceAccount('shop/old'),
      serviceAccount('shop/web'),
      runs(saUid('shop/web'), 'deployment'),
      notRead('credentials', CLUSTER_UID, 'partial'),
    ]);
    expect({ found, passed }).toEqual({ found: { 'serviceaccount:shop/old': 'fail' }, passed: 1 });
    expect(findings[0]?.evidence).toHaveProperty('not_collected');
  });

  it('does not know where credentials or trusts were not collected', async () => {
    for (const [feed, scope] of [
      ['credentials', TENANT_UID],
      ['trusts', TENANT_UID],
      ['workloads', ACCOUNT_UID],
    ] as const) {
      const { found } = await judge(rule, [
        servicePrincipal('old', { kind: 'managed-identity' }),
        awsRole('old'),
        by('old', 'lambda.amazonaws.com'),
        notRead(feed, scope),
      ]);
      expect(found).toMatchObject(scope === TENANT_UID ? { old: 'unknown' } : { 'role/old': 'unknown' });
    }
  });

  it('says nothing about an empty estate', async () => {
    expect(await judge(rule, [])).toEqual({ found: {}, findings: [], passed: 0 });
  });
});

function by(role: string, service: string): PartialRows {
  return trust(role, `${role}-${service}`, { trusted: service, trustedKind: 'service' });
}

function runs(identityUid: string, kind: string): PartialRows {
  return { workloads: [{ uid: `${identityUid}/${kind}`, identityUid, kind }] };
}
