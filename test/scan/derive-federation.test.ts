import { describe, expect, it } from 'vitest';
import { federatedSubjectUid } from '#model/uid.ts';
import { deriveFederation } from '#scan/derive-federation.ts';
import { openEstate } from '#test/estates/estate.ts';

const ISSUER = 'oidc.eks.eu-west-1.amazonaws.com/id/ABC';
const ROLE = 'arn:aws:iam::111122223333:role/app';

/** The subjects that the ServiceAccount `pay/api` of a cluster with the issuer is found to be. */
async function joined(
  subjects: readonly string[],
  issuer: string | null = `https://${ISSUER}`,
): Promise<string[]> {
  const staging = await openEstate({
    scopes: [
      {
        uid: 'k8s:prod',
        system: 'kubernetes',
        kind: 'cluster',
        name: 'prod',
        tags: issuer === null ? {} : { 'oidc-issuer': issuer },
      },
    ],
    identities: [
      {
        uid: 'k8s:prod:serviceaccount:pay/api',
        system: 'kubernetes',
        scopeUid: 'k8s:prod',
        kind: 'service-account',
      },
    ],
  });
  await staging.write(
    'edges',
    subjects.map((fromUid) => ({
      fromUid,
      toUid: ROLE,
      via: 'irsa',
      permissions: [],
      certainty: 'certain' as const,
      evidence: [],
    })),
  );
  await deriveFederation(staging);
  const rows = await staging.all<{ to_uid: string }>(
    `SELECT to_uid FROM edges WHERE from_uid = 'k8s:prod:serviceaccount:pay/api' ORDER BY ALL`,
  );
  await staging.discard();
  return rows.map(({ to_uid }) => to_uid);
}

describe('clusters and clouds', () => {
  const own = federatedSubjectUid(ISSUER, 'system:serviceaccount:pay:api');

  it('are joined by the issuer and the subject', async () => {
    expect(await joined([own])).toEqual([own]);
  });

  it('are joined by wildcards too', async () => {
    const namespace = federatedSubjectUid(ISSUER, 'system:serviceaccount:pay:*');
    const all = federatedSubjectUid(ISSUER, '*');
    expect(await joined([own, namespace, all])).toEqual([all, namespace, own].toSorted());
  });

  it('are not joined by another subject, another issuer or a pattern’s dots', async () => {
    expect(
      await joined([
        federatedSubjectUid(ISSUER, 'system:serviceaccount:pay:api2'),
        federatedSubjectUid(ISSUER, 'system.serviceaccount:pay:*'),
        federatedSubjectUid('oidc.example', 'system:serviceaccount:pay:api'),
        federatedSubjectUid('token.actions.githubusercontent.com', 'repo:acme/*'),
      ]),
    ).toEqual([]);
  });

  it('are not joined where the cluster’s issuer is not known', async () => {
    expect(await joined([own], null)).toEqual([]);
  });

  it('are joined by an issuer with a port and a path', async () => {
    const subject = federatedSubjectUid('idp.acme.example:8443/k8s', 'system:serviceaccount:pay:api');
    expect(await joined([subject], 'https://idp.acme.example:8443/k8s')).toEqual([subject]);
  });

  it('are joined to Google Cloud where the cluster claims the account that trusts its ServiceAccount', async () => {
    const google = 'gcp:serviceAccount:app@p.iam.gserviceaccount.com';
    const named = 'gcp:serviceAccount:p.svc.id.goog[pay/api]';
    const trusting = (fromUid: string) => ({
      fromUid,
      toUid: google,
      via: 'x',
      permissions: [],
      certainty: 'certain' as const,
      evidence: [],
    });
    const staging = await openEstate({
      trusts: [
        {
          uid: 'claim',
          identityUid: google,
          trusted: 'k8s:prod:serviceaccount:pay/api',
          certainty: 'claimed',
        },
      ],
    });
    await staging.write('edges', [trusting(named), trusting('gcp:serviceAccount:p.svc.id.goog[pay/other]')]);
    await deriveFederation(staging);
    const rows = await staging.all(`SELECT to_uid, certainty FROM edges WHERE from_uid LIKE 'k8s:%'`);
    await staging.discard();
    expect(rows).toEqual([{ to_uid: named, certainty: 'conditional' }]);
  });

  it.each([
    [
      'gcp:serviceAccount:p.svc.id.goog[pay/api]',
      'https://container.googleapis.com/v1/projects/p/locations/l/clusters/c',
      true,
    ],
    [
      'gcp:principal://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p.svc.id.goog/subject/ns/pay/sa/api',
      'https://container.googleapis.com/v1/projects/p/locations/l/clusters/c',
      true,
    ],
    [
      'gcp:serviceAccount:p.svc.id.goog[pay/api2]',
      'https://container.googleapis.com/v1/projects/p/locations/l/clusters/c',
      false,
    ],
    [
      'gcp:serviceAccount:q.svc.id.goog[pay/api]',
      'https://container.googleapis.com/v1/projects/p/locations/l/clusters/c',
      false,
    ],
    ['gcp:serviceAccount:p.svc.id.goog[pay/api]', 'https://oidc.example/v1/projects/p/', false],
  ])('are joined to the name %s in Google Cloud by the issuer %s: %s', async (name, issuer, isJoined) => {
    expect(await joined([name], issuer)).toEqual(isJoined ? [name] : []);
  });
});
