import { describe, expect, it } from 'vitest';
import type { PartialRows } from '#audit/example-rows.ts';
import { identitiesOfWorkload, twinsOf } from '#revocation/twins.ts';
import { step } from '../estates/access.ts';
import { arn, awsRole } from '../estates/aws.ts';
import { openEstate } from '../estates/estate.ts';

const SA = 'k8s:prod:serviceaccount:shop/web';
const SUBJECT = 'oidc:oidc.example.org/id/1:system:serviceaccount:shop:web';
const account = { identities: [{ uid: SA, kind: 'service-account', name: 'web' }] };
const irsa = [
  account,
  awsRole('web'),
  step(SA, SUBJECT, 'service-account-token'),
  step(SUBJECT, arn('role/web'), 'web-identity'),
];

const GSA = 'gcp:serviceAccount:web@p.iam.gserviceaccount.com';
const googleAccount = {
  identities: [
    { uid: GSA, system: 'gcp' as const, scopeUid: 'gcp:projects/p', kind: 'service-account', name: 'web' },
  ],
};

const twins = async (start: string, ...rows: readonly PartialRows[]) =>
  (await twinsOf(await openEstate(...rows), start)).map(({ uid }) => uid);

describe('twins of an identity', () => {
  it('are found across systems by the subject that both sides name, from either side', async () => {
    expect(await twins(SA, ...irsa)).toEqual([arn('role/web')]);
    expect(await twins(arn('role/web'), ...irsa)).toEqual([SA]);
  });

  it('are found over more than one system', async () => {
    const google = [googleAccount, step(SUBJECT, GSA, 'workload-identity')];
    expect(await twins(arn('role/web'), ...irsa, ...google)).toEqual([GSA, SA]);
  });

  it.each([
    'gcp:principal://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/k8s/subject/web',
    'gcp:serviceAccount:p.svc.id.goog[shop/web]',
  ])('are found through a workload as Google names it: %s', async (workload) => {
    const google = [
      googleAccount,
      step(SUBJECT, workload, 'gcp-workload-identity-federation'),
      step(workload, GSA, 'gcp-access-token'),
    ];
    expect(await twins(arn('role/web'), ...irsa, ...google)).toEqual([GSA, SA]);
  });

  it('are found where another system takes the identity itself', async () => {
    const user = 'k8s:prod:user:web';
    const rows = [
      awsRole('web'),
      { identities: [{ uid: user, kind: 'user', name: 'web' }] },
      step(arn('role/web'), user, 'aws-auth'),
    ];
    expect(await twins(user, ...rows)).toEqual([arn('role/web')]);
  });

  it.each([
    'aws:111122223333:admin',
    'saml:arn:aws:iam::111122223333:saml-provider/staff',
    'aws:444455556666',
  ])('are not made by what many share: %s', async (shared) => {
    const both = [awsRole('next'), step(arn('role/web'), shared, 'x'), step(arn('role/next'), shared, 'x')];
    expect(await twins(SA, ...irsa, ...both)).toEqual([arn('role/web')]);
    const from = [awsRole('next'), step(shared, arn('role/web'), 'x'), step(shared, arn('role/next'), 'x')];
    expect(await twins(SA, ...irsa, ...from)).toEqual([arn('role/web')]);
  });

  it('are not made by a person who may become several service accounts', async () => {
    const person = 'gcp:principal://iam.googleapis.com/locations/global/workforcePools/staff/subject/eve';
    const rows = [googleAccount, step(person, GSA, 'gcp-access-token'), step(person, arn('role/web'), 'x')];
    expect(await twins(GSA, ...irsa, ...rows)).toEqual([]);
  });

  it('are not made by a grant inside one system', async () => {
    const rows = [...irsa, awsRole('next'), step(arn('role/web'), arn('role/next'), 'assume-role')];
    expect(await twins(SA, ...rows)).toEqual([arn('role/web')]);
  });

  it('are not made by a pattern that many subjects fit', async () => {
    const other = 'k8s:prod:serviceaccount:shop/jobs';
    const wild = 'oidc:oidc.example.org/id/1:system:serviceaccount:*:*';
    const rows = [
      account,
      awsRole('web'),
      step(SA, wild, 'service-account-token'),
      step(wild, arn('role/web'), 'web-identity'),
      { identities: [{ uid: other, kind: 'service-account', name: 'jobs' }] },
      step(other, wild, 'service-account-token'),
    ];
    expect(await twins(SA, ...rows)).toEqual([]);
    expect(await twins(arn('role/web'), ...rows)).toEqual([]);
  });

  it('are not made by a place through which many can be become', async () => {
    const waypoint = 'waypoint:k8s:prod:namespace:shop:serviceaccounts';
    const other = 'k8s:prod:serviceaccount:shop/jobs';
    const rows = [
      ...irsa,
      { identities: [{ uid: other, kind: 'service-account', name: 'jobs' }] },
      step(waypoint, SA, 'any-of'),
      step(waypoint, other, 'any-of'),
    ];
    expect(await twins(SA, ...rows)).toEqual([arn('role/web')]);
  });

  it('of another workload that the same role trusts are twins too: revoking the role touches both', async () => {
    const other = 'k8s:prod:serviceaccount:shop/jobs';
    const subject = 'oidc:oidc.example.org/id/1:system:serviceaccount:shop:jobs';
    const rows = [
      ...irsa,
      { identities: [{ uid: other, kind: 'service-account', name: 'jobs' }] },
      step(other, subject, 'service-account-token'),
      step(subject, arn('role/web'), 'web-identity'),
    ];
    expect(await twins(SA, ...rows)).toEqual([arn('role/web'), other]);
  });
});

describe('identities of a workload', () => {
  it('are those that run it, by its name', async () => {
    const rows = [
      account,
      {
        workloads: [
          {
            uid: 'w1',
            identityUid: SA,
            kind: 'deployment',
            name: 'web',
            system: 'kubernetes' as const,
            scopeUid: 'k8s:prod',
          },
        ],
      },
    ];
    const found = await identitiesOfWorkload(await openEstate(...rows), 'web');
    expect(found).toEqual([{ uid: SA, system: 'kubernetes', why: 'it runs deployment web' }]);
    expect(await identitiesOfWorkload(await openEstate(...rows), 'api')).toEqual([]);
  });
});
