import { describe, expect, it } from 'vitest';
import type { Json } from '#model/system.ts';
import { federatedSubjectUid, samlSubjectUid } from '#model/uid.ts';
import { HOME, trust, waysOf } from './estate.ts';

const EKS = 'oidc.eks.eu-west-1.amazonaws.com/id/5A1C';
const GITHUB = 'token.actions.githubusercontent.com';

/** How the holder of a token with this subject becomes the role. */
function ways(issuer: string, subject: string, statement: Json): string[] {
  return waysOf(
    { identities: { 'role/app': { trust: [statement] } } },
    federatedSubjectUid(issuer, subject),
    'role/app',
  );
}

function webIdentity(issuer: string, condition: Json, effect = 'Allow'): Json {
  const Federated =
    issuer.includes('/') || issuer === GITHUB ? `arn:aws:iam::${HOME}:oidc-provider/${issuer}` : issuer;
  return {
    Effect: effect,
    Action: 'sts:AssumeRoleWithWebIdentity',
    Principal: { Federated },
    Condition: condition,
  };
}

describe('a token of an identity provider', () => {
  const pod = 'system:serviceaccount:shop:cart';

  it('makes a pod the role that trusts its ServiceAccount', () => {
    const both = { [`${EKS}:sub`]: pod, [`${EKS}:aud`]: 'sts.amazonaws.com' };
    expect(ways(EKS, pod, webIdentity(EKS, { StringEquals: both }))).toEqual(['web-identity']);
    expect(ways(EKS, 'system:serviceaccount:shop:other', webIdentity(EKS, { StringEquals: both }))).toEqual(
      [],
    );
    expect(ways(`https://${EKS}`, pod, webIdentity(EKS, { StringEquals: both }))).toEqual(['web-identity']);
  });

  it('stands for a pattern where the trust policy has one, and for each of several subjects', () => {
    const pattern = 'system:serviceaccount:shop:*';
    expect(ways(EKS, pattern, webIdentity(EKS, { StringLike: { [`${EKS}:sub`]: pattern } }))).toEqual([
      'web-identity',
    ]);
    const repositories = ['repo:acme/a:*', 'repo:acme/b:*'];
    for (const subject of repositories) {
      const condition = { StringLike: { [`${GITHUB}:sub`]: repositories } };
      expect(ways(GITHUB, subject, webIdentity(GITHUB, condition))).toEqual(['web-identity']);
    }
  });

  it('is anybody of the provider where the trust policy names no subject', () => {
    const audience = { StringEquals: { [`${GITHUB}:aud`]: 'sts.amazonaws.com' } };
    expect(ways(GITHUB, '*', webIdentity(GITHUB, audience))).toEqual(['web-identity']);
    const negated = { StringNotLike: { [`${GITHUB}:sub`]: 'repo:acme/*' } };
    expect(ways(GITHUB, '*', webIdentity(GITHUB, negated))).not.toEqual([]);
  });

  it('is conditional where the trust policy asks for more than subject and audience', () => {
    const condition = {
      StringEquals: { [`${GITHUB}:sub`]: 'repo:acme/a:ref:main' },
      IpAddress: { 'aws:SourceIp': '203.0.113.0/24' },
    };
    expect(ways(GITHUB, 'repo:acme/a:ref:main', webIdentity(GITHUB, condition))).toEqual([
      'web-identity (conditional)',
    ]);
  });

  it('is in vain where the trust policy does not name the provider, the action or allows nothing', () => {
    expect(
      ways(EKS, '*', {
        Effect: 'Allow',
        Action: 'sts:AssumeRole',
        Principal: { Federated: `arn:aws:iam::${HOME}:oidc-provider/${EKS}` },
      }),
    ).toEqual([]);
    expect(ways(EKS, '*', webIdentity(EKS, {}, 'Deny'))).toEqual([]);
    expect(ways(GITHUB, '*', webIdentity(EKS, {}))).toEqual([]);
  });

  it('may be of a provider that every account knows', () => {
    const condition = { StringEquals: { 'accounts.google.com:sub': '1234' } };
    expect(ways('accounts.google.com', '1234', webIdentity('accounts.google.com', condition))).toEqual([
      'web-identity',
    ]);
  });

  it('may be a SAML assertion', () => {
    const provider = `arn:aws:iam::${HOME}:saml-provider/okta`;
    const statement = {
      Effect: 'Allow',
      Action: 'sts:AssumeRoleWithSAML',
      Principal: { Federated: provider },
      Condition: { StringEquals: { 'SAML:aud': 'https://signin.aws.amazon.com/saml' } },
    };
    const world = { identities: { 'role/app': { trust: [statement] } } };
    expect(waysOf(world, samlSubjectUid(provider), 'role/app')).toEqual(['saml']);
  });
});

describe('EKS Pod Identity', () => {
  const service = 'pods.eks.amazonaws.com';

  it('makes some pod the role, conditionally, as only EKS says which', () => {
    const world = { identities: { 'role/app': { trust: trust(service) } } };
    const anyPod = federatedSubjectUid(service, 'system:serviceaccount:*:*');
    expect(waysOf(world, anyPod, 'role/app')).toEqual(['pod-identity (conditional)']);
  });

  it('makes those pods the role that session tags in its trust policy name', () => {
    const tags = {
      'aws:RequestTag/kubernetes-namespace': 'shop',
      'aws:RequestTag/kubernetes-service-account': 'cart',
    };
    const statement = {
      Effect: 'Allow',
      Action: ['sts:AssumeRole', 'sts:TagSession'],
      Principal: { Service: service },
      Condition: { StringEquals: tags },
    };
    const world = { identities: { 'role/app': { trust: [statement] } } };
    const pod = federatedSubjectUid(service, 'system:serviceaccount:shop:cart');
    expect(waysOf(world, pod, 'role/app')).toEqual(['pod-identity (conditional)']);
  });
});
