import { describe, expect, it } from 'vitest';
import { awsAccess } from '#access/aws/index.ts';
import type { Json } from '#model/system.ts';
import { federatedSubjectUid } from '#model/uid.ts';
import { arnOf, becomingRecords, HOME, waysIn } from './estate.ts';

const CLUSTER = `arn:aws:eks:eu-west-1:${HOME}:cluster/prod`;
const POD = federatedSubjectUid(
  'oidc.eks.eu-west-1.amazonaws.com/id/5A1C',
  'system:serviceaccount:shop:cart',
);
const SERVICE = { Service: 'pods.eks.amazonaws.com' };

function statement(more: object = {}): Json {
  return { Effect: 'Allow', Action: ['sts:AssumeRole', 'sts:TagSession'], Principal: SERVICE, ...more };
}

/** How the associated ServiceAccount becomes the role that has this trust policy. */
function ways(trust: Json): string[] {
  const role = arnOf('role/cart');
  const records = {
    ...becomingRecords({ identities: { 'role/cart': { trust: [trust] } } }),
    trusts: [
      {
        uid: `${role}<-association`,
        system: 'aws' as const,
        scopeUid: `aws:${HOME}`,
        identityUid: role,
        trusted: POD,
        trustedKind: 'federated-subject' as const,
        mechanism: 'eks-auth:AssumeRoleForPodIdentity',
        condition: {
          StringEquals: {
            'aws:RequestTag/eks-cluster-arn': CLUSTER,
            'aws:RequestTag/kubernetes-namespace': 'shop',
            'aws:RequestTag/kubernetes-service-account': 'cart',
          },
        },
        external: false,
        certainty: 'certain' as const,
      },
    ],
  };
  return waysIn([...awsAccess(records).edges()], POD, role);
}

describe('an association of EKS Pod Identity', () => {
  it('makes its ServiceAccount the role that trusts EKS', () => {
    expect(ways(statement())).toEqual(['pod-identity']);
  });

  it('is in vain where the role trusts somebody else, or denies', () => {
    expect(ways(statement({ Principal: { Service: 'ec2.amazonaws.com' } }))).toEqual([]);
    expect(ways(statement({ Effect: 'Deny' }))).toEqual([]);
  });

  it('is held to the cluster and the tags that the trust policy names', () => {
    const only = (key: string, value: string): Json =>
      statement({ Condition: { StringEquals: { [key]: value } } });
    expect(ways(only('aws:RequestTag/kubernetes-namespace', 'shop'))).toEqual(['pod-identity']);
    expect(ways(only('aws:RequestTag/kubernetes-namespace', 'pay'))).toEqual([]);
    expect(ways(only('aws:SourceArn', CLUSTER))).toEqual(['pod-identity']);
    expect(ways(only('aws:SourceArn', `${CLUSTER}-2`))).toEqual([]);
  });

  it('is conditional where the trust policy lets EKS set no tags', () => {
    expect(ways(statement({ Action: 'sts:AssumeRole' }))).toEqual(['pod-identity (conditional)']);
  });
});
