import { describe, expect, it } from 'vitest';
import type { PartialRows } from '#audit/example-rows.ts';
import { step } from '#test/estates/access.ts';
import { ACCOUNT_UID, arn, awsRole } from '#test/estates/aws.ts';
import { servicePrincipal } from '#test/estates/azure.ts';
import { notRead } from '#test/estates/estate.ts';
import { CLUSTER_UID, saUid, serviceAccount } from '#test/estates/kubernetes.ts';
import { judge } from '../judge.ts';

const rule = 'trusted-service-account-does-not-claim';
const account = saUid('shop/web');
const APP = '11111111-2222-3333-4444-555555555555';

/** A role that trusts a subject of an issuer which the account is. */
function trusted(subject: string, to: string): PartialRows[] {
  return [step(account, subject, 'service-account-token'), step(subject, to, 'x', { evidence: ['t'] })];
}

function claim(identityUid: string): PartialRows {
  const home = {
    system: 'kubernetes',
    scopeUid: CLUSTER_UID,
    trusted: account,
    trustedKind: 'identity',
  } as const;
  return { trusts: [{ ...home, uid: 'claim', identityUid, mechanism: 'irsa', certainty: 'claimed' }] };
}

const SUBJECT = 'oidc:oidc.example/id/1:system:serviceaccount:shop:web';
const aws = [serviceAccount('shop/web'), awsRole('web'), ...trusted(SUBJECT, arn('role/web'))];
const name = `role/web ${account}`;

describe('trusted-service-account-does-not-claim', () => {
  it('fails a trust by name that the account does not ask for, and says what it asks for instead', async () => {
    const { found, findings } = await judge(rule, [...aws, claim(arn('role/other'))]);
    expect(Object.values(found)).toEqual(['fail']);
    expect(findings).toMatchObject([
      {
        identity: arn('role/web'),
        subject: account,
        severity: 'low',
        evidence: { trusted_by: ['t'], claims_instead: [arn('role/other')] },
      },
    ]);
  });

  it('passes where it asks, on Azure by the client id', async () => {
    expect(await judge(rule, [...aws, claim(arn('role/web'))])).toMatchObject({ found: {}, passed: 1 });
    const azure = [
      serviceAccount('shop/web'),
      servicePrincipal('sp', { raw: { appId: APP } }),
      ...trusted(SUBJECT, 'sp'),
      claim(`entra:tenant:client:${APP}`),
    ];
    expect(await judge(rule, azure)).toMatchObject({ found: {}, passed: 1 });
  });

  it('leaves wildcards and associations of EKS Pod Identity alone', async () => {
    for (const subject of [
      'oidc:oidc.example/id/1:system:*',
      'oidc:pods.eks.amazonaws.com:system:serviceaccount:shop:web',
    ]) {
      const rows = [serviceAccount('shop/web'), awsRole('web'), ...trusted(subject, arn('role/web'))];
      expect(await judge(rule, rows)).toMatchObject({ found: {}, passed: 0 });
    }
  });

  it('does not know where the annotations of the cluster, or the trusts of the cloud, were not read whole', async () => {
    for (const gap of [notRead('trusts', CLUSTER_UID, 'partial'), notRead('trusts', ACCOUNT_UID)]) {
      const { found } = await judge(rule, [...aws, gap]);
      expect(Object.values(found)).toEqual(['unknown']);
      expect(Object.keys(found)).toEqual([name.replace(`k8s:demo:`, '')]);
    }
  });

  it('says nothing about an empty estate', async () => {
    expect(await judge(rule, [])).toEqual({ found: {}, findings: [], passed: 0 });
  });
});
