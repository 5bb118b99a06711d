import { describe, expect, it } from 'vitest';
import type { PartialRows } from '#audit/example-rows.ts';
import { step } from '#test/estates/access.ts';
import { ACCOUNT_UID, arn, awsRole } from '#test/estates/aws.ts';
import { servicePrincipal, TENANT_UID } from '#test/estates/azure.ts';
import { notRead } from '#test/estates/estate.ts';
import { googleAccount, gsaUid } from '#test/estates/gcp.ts';
import { CLUSTER_UID, saUid, serviceAccount } from '#test/estates/kubernetes.ts';
import { judge } from '../judge.ts';

const rule = 'claimed-identity-does-not-trust';
const account = saUid('shop/web');
const subject = 'oidc:oidc.example/id/1:system:serviceaccount:shop:web';
const APP = '11111111-2222-3333-4444-555555555555';

function claim(identityUid: string, mechanism: string): PartialRows {
  const home = {
    system: 'kubernetes',
    scopeUid: CLUSTER_UID,
    trusted: account,
    trustedKind: 'identity',
  } as const;
  return { trusts: [{ ...home, uid: 'claim', identityUid, mechanism, certainty: 'claimed' }] };
}

function cluster(
  tags: Readonly<Record<string, string>> = { 'oidc-issuer': 'https://oidc.example/id/1' },
): PartialRows {
  return { scopes: [{ uid: CLUSTER_UID, system: 'kubernetes', kind: 'cluster', tags }] };
}

const base = [cluster(), serviceAccount('shop/web')];
const aws = [...base, awsRole('web'), claim(arn('role/web'), 'irsa')];
const google = [...base, googleAccount('web'), claim(gsaUid('web'), 'gke-workload-identity')];
const azure = [
  ...base,
  servicePrincipal('entra:tenant:serviceprincipal:1', { raw: { appId: APP.toUpperCase() } }),
  claim(`entra:tenant:client:${APP}`, 'azure-workload-identity'),
];
const failed = { 'serviceaccount:shop/web claim': 'fail' };
const unknown = { 'serviceaccount:shop/web claim': 'unknown' };

describe('claimed-identity-does-not-trust', () => {
  it('fails a claim that the identity of each cloud does not answer', async () => {
    for (const rows of [aws, google, azure]) expect((await judge(rule, rows)).found).toEqual(failed);
    const [finding] = (await judge(rule, aws)).findings;
    expect(finding).toMatchObject({
      severity: 'low',
      evidence: { claimed: arn('role/web'), claimed_identity_exists: true },
    });
  });

  it('passes where the identity lets the account in, by its name or through a wildcard', async () => {
    const worlds = [
      [...aws, step(account, subject, 'x'), step(subject, arn('role/web'), 'x')],
      [
        ...aws,
        step(account, 'oidc:oidc.example/id/1:system:*', 'x'),
        step('oidc:oidc.example/id/1:system:*', arn('role/web'), 'x'),
      ],
      [
        ...google,
        step(account, 'gcp:serviceAccount:p.svc.id.goog[shop/web]', 'x'),
        step('gcp:serviceAccount:p.svc.id.goog[shop/web]', gsaUid('web'), 'x'),
      ],
      [...azure, step(account, subject, 'x'), step(subject, 'entra:tenant:serviceprincipal:1', 'x')],
    ];
    for (const rows of worlds) expect(await judge(rule, rows)).toMatchObject({ found: {}, passed: 1 });
  });

  it('fails a claim of an identity that does not exist in an account that was read whole', async () => {
    const rows = [...base, awsRole('other'), claim(arn('role/gone'), 'irsa')];
    const { found, findings } = await judge(rule, rows);
    expect(found).toEqual(failed);
    expect(findings).toMatchObject([
      { evidence: { claimed_identity_exists: false, cloud_scope: ACCOUNT_UID } },
    ]);
  });

  it('does not know where the cloud was not collected, or not whole', async () => {
    expect((await judge(rule, [...base, claim(arn('role/web'), 'irsa')])).found).toEqual(unknown);
    expect((await judge(rule, [...aws, notRead('trusts', ACCOUNT_UID)])).found).toEqual(unknown);
    expect((await judge(rule, [...azure, notRead('trusts', TENANT_UID, 'partial')])).found).toEqual(unknown);
  });

  it('does not know where the token issuer of the cluster is not on record', async () => {
    const rows = [cluster({}), serviceAccount('shop/web'), awsRole('web'), claim(arn('role/web'), 'irsa')];
    expect((await judge(rule, rows)).found).toEqual(unknown);
  });

  it('does not know where trusts of the cluster were not read', async () => {
    expect((await judge(rule, [...aws, notRead('trusts', CLUSTER_UID)])).found).toEqual(unknown);
  });

  it('says nothing about an empty estate', async () => {
    expect(await judge(rule, [])).toEqual({ found: {}, findings: [], passed: 0 });
  });
});
