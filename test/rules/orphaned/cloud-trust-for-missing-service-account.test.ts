import { describe, expect, it } from 'vitest';
import type { PartialRows } from '#audit/example-rows.ts';
import type { Json } from '#model/system.ts';
import type { Trust } from '#model/trust.ts';
import { ACCOUNT_UID, arn, awsRole, trust } from '#test/estates/aws.ts';
import { notRead } from '#test/estates/estate.ts';
import { CLUSTER_UID, serviceAccount } from '#test/estates/kubernetes.ts';
import { judge } from '../judge.ts';

const rule = 'cloud-trust-for-missing-service-account';
const ISSUER = 'oidc.eks.eu-west-1.amazonaws.com/id/ABC';
const cluster: PartialRows = {
  scopes: [
    {
      uid: CLUSTER_UID,
      system: 'kubernetes',
      kind: 'cluster',
      tags: { 'oidc-issuer': `https://${ISSUER}` },
    },
  ],
};

describe('cloud-trust-for-missing-service-account', () => {
  it('fails a role that trusts a ServiceAccount that is not there, and names it', async () => {
    const { findings } = await judge(rule, [cluster, ...trusting('app', 'system:serviceaccount:shop:gone')]);
    expect(findings).toMatchObject([
      {
        identity: arn('role/app'),
        subject: 'app-trust',
        scope: ACCOUNT_UID,
        severity: 'medium',
        evidence: { clusters: [CLUSTER_UID], missing: ['system:serviceaccount:shop:gone'] },
      },
    ]);
  });

  it('passes one that is there, and fails where one of several is not', async () => {
    const { found, passed } = await judge(rule, [
      cluster,
      serviceAccount('shop/web'),
      ...trusting('app', 'system:serviceaccount:shop:web'),
      ...trusting('both', ['system:serviceaccount:shop:web', 'system:serviceaccount:shop:gone']),
    ]);
    expect({ found, passed }).toEqual({ found: { 'role/both both-trust': 'fail' }, passed: 1 });
  });

  it('leaves out wildcards, other clusters, claims, provider-managed roles and odd conditions', async () => {
    const { found, passed } = await judge(rule, [
      cluster,
      ...trusting('wild', 'system:serviceaccount:shop:*'),
      ...trusting('elsewhere', 'system:serviceaccount:shop:gone', {
        trusted: arn('oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/XYZ'),
      }),
      ...trusting('claimed', 'system:serviceaccount:shop:gone', { certainty: 'claimed' }),
      ...trusting('odd', { deep: true }),
      ...trusting('text', 'x', { condition: 'nonsense' }),
      ...trusting('none', 'x', { condition: null }),
      awsRole('theirs', { managedBy: 'provider' }),
    ]);
    expect({ found, passed }).toEqual({ found: {}, passed: 0 });
  });

  it('does not know where the ServiceAccounts of the cluster were not all read', async () => {
    for (const status of ['partial', 'denied'] as const) {
      const { found } = await judge(rule, [
        cluster,
        ...trusting('app', 'system:serviceaccount:shop:gone'),
        notRead('identities', CLUSTER_UID, status),
      ]);
      expect(found).toEqual({ 'role/app app-trust': 'unknown' });
    }
  });

  it('does not know where trusts were not collected', async () => {
    const { found } = await judge(rule, [awsRole('app'), notRead('trusts', ACCOUNT_UID)]);
    expect(found).toEqual({ [`scope ${ACCOUNT_UID}`]: 'unknown' });
  });

  it('says nothing about an empty estate', async () => {
    expect(await judge(rule, [])).toEqual({ found: {}, findings: [], passed: 0 });
  });
});

function trusting(role: string, subject: Json, fields: Partial<Trust> = {}): readonly PartialRows[] {
  const federation = {
    trusted: arn(`oidc-provider/${ISSUER}`),
    trustedKind: 'federation-provider',
    mechanism: 'sts:AssumeRoleWithWebIdentity',
    condition: { StringLike: { [`${ISSUER}:sub`]: subject } },
  } as const;
  return [awsRole(role), trust(role, `${role}-trust`, { ...federation, ...fields })];
}
