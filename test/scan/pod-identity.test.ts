import { describe, expect, it } from 'vitest';
import { federatedSubjectUid } from '#model/uid.ts';
import { deriveAccess } from '#scan/derive-access.ts';
import { deriveFederation } from '#scan/derive-federation.ts';
import { NOW, openEstate } from '#test/estates/estate.ts';

const CLUSTER = 'arn:aws:eks:eu-west-1:111122223333:cluster/prod';
const ISSUER = 'oidc.eks.eu-west-1.amazonaws.com/id/5A1C';
const ROLE = 'arn:aws:iam::111122223333:role/api';
const POD = federatedSubjectUid(ISSUER, 'system:serviceaccount:pay:api');

/** Who the associated ServiceAccount is and that it becomes the role, each how surely, in an estate with these clusters beside the account of the association. */
async function whoBecomes(
  clusters: readonly { readonly name: string; readonly issuer?: string }[],
): Promise<string[]> {
  const staging = await openEstate({
    scopes: [
      { uid: 'aws:111122223333', system: 'aws', kind: 'account', name: '111122223333' },
      ...clusters.map(({ name, issuer }) => ({
        uid: `k8s:${name}`,
        system: 'kubernetes' as const,
        kind: 'cluster',
        name,
        tags: issuer === undefined ? {} : { 'oidc-issuer': issuer },
      })),
    ],
    identities: [
      { uid: ROLE, system: 'aws', scopeUid: 'aws:111122223333', kind: 'iam-role', name: 'api' },
      ...clusters.flatMap(({ name }) =>
        ['api', 'web'].map((account) => ({
          uid: `k8s:${name}:serviceaccount:pay/${account}`,
          system: 'kubernetes' as const,
          scopeUid: `k8s:${name}`,
          kind: 'service-account',
          name: account,
        })),
      ),
    ],
    resourcePolicies: [
      {
        uid: `${ROLE}/trust`,
        resourceUid: ROLE,
        scopeUid: 'aws:111122223333',
        kind: 'trust',
        document: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Principal: { Service: 'pods.eks.amazonaws.com' },
              Action: ['sts:AssumeRole', 'sts:TagSession'],
            },
          ],
        },
      },
    ],
    trusts: [
      {
        uid: `${ROLE}<-association`,
        scopeUid: 'aws:111122223333',
        identityUid: ROLE,
        trusted: POD,
        trustedKind: 'federated-subject',
        mechanism: 'eks-auth:AssumeRoleForPodIdentity',
        condition: { StringEquals: { 'aws:RequestTag/eks-cluster-arn': CLUSTER } },
      },
    ],
  });
  await deriveAccess(staging, NOW, new AbortController().signal);
  await deriveFederation(staging);
  const rows = await staging.all<{ chain: string }>(
    `SELECT from_uid || ' ' || certainty AS chain FROM edges
     WHERE to_uid = '${POD}' OR (from_uid = '${POD}' AND to_uid = '${ROLE}') ORDER BY ALL`,
  );
  await staging.discard();
  return rows.map(({ chain }) => chain);
}

describe('an association of EKS Pod Identity in a snapshot', () => {
  it('names a ServiceAccount that becomes the role, where the cluster was not read', async () => {
    expect(await whoBecomes([])).toEqual([`${POD} certain`]);
  });

  it('is joined with the ServiceAccount of a cluster that is called by its ARN', async () => {
    expect(await whoBecomes([{ name: CLUSTER }])).toEqual([
      `k8s:${CLUSTER}:serviceaccount:pay/api certain`,
      `${POD} certain`,
    ]);
  });

  it('is joined by the issuer, whatever the cluster is called', async () => {
    expect(await whoBecomes([{ name: 'blue', issuer: `https://${ISSUER}` }])).toEqual([
      'k8s:blue:serviceaccount:pay/api certain',
      `${POD} certain`,
    ]);
  });

  it('is joined conditionally with a cluster that only has the same name', async () => {
    expect(await whoBecomes([{ name: 'prod' }])).toEqual([
      'k8s:prod:serviceaccount:pay/api conditional',
      `${POD} certain`,
    ]);
  });

  it('is not joined with a cluster of another name, or of the same name and another issuer', async () => {
    const others = [{ name: 'other' }, { name: 'prod', issuer: 'https://oidc.example/2' }];
    expect(await whoBecomes(others)).toEqual([`${POD} certain`]);
  });
});
