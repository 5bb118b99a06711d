import { type Account, REGION } from './account.ts';
import type { Statement } from './spec.ts';

export const GITHUB = 'token.actions.githubusercontent.com';

/** An AWS service may take the role. With an account: only on behalf of resources of that account. */
export function service(name: string, account?: Account): readonly Statement[] {
  return [
    {
      Effect: 'Allow',
      Principal: { Service: name.includes('.') ? name : `${name}.amazonaws.com` },
      Action: 'sts:AssumeRole',
      ...(account === undefined ? {} : { Condition: { StringEquals: { 'aws:SourceAccount': account.id } } }),
    },
  ];
}

/** GitHub Actions may take the role, for runs whose subject claim is one of `subjects`. */
export function github(account: Account, ...subjects: readonly string[]): readonly Statement[] {
  return [
    {
      Effect: 'Allow',
      Principal: { Federated: `arn:aws:iam::${account.id}:oidc-provider/${GITHUB}` },
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition: {
        StringEquals: {
          [`${GITHUB}:aud`]: 'sts.amazonaws.com',
          [`${GITHUB}:sub`]: subjects.length === 1 ? String(subjects[0]) : subjects,
        },
      },
    },
  ];
}

/** One ServiceAccount of the account's EKS cluster may take the role (`namespace`, `name`). */
export function irsa(account: Account, namespace: string, name: string): readonly Statement[] {
  return [
    {
      Effect: 'Allow',
      Principal: { Federated: `arn:aws:iam::${account.id}:oidc-provider/${account.clusterIssuer}` },
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition: {
        StringEquals: {
          [`${account.clusterIssuer}:aud`]: 'sts.amazonaws.com',
          [`${account.clusterIssuer}:sub`]: `system:serviceaccount:${namespace}:${name}`,
        },
      },
    },
  ];
}

/** Other principals may take the role. */
export function principal(
  arn: string | readonly string[],
  condition?: Statement['Condition'],
): readonly Statement[] {
  return [
    {
      Effect: 'Allow',
      Principal: { AWS: arn },
      Action: 'sts:AssumeRole',
      ...(condition === undefined ? {} : { Condition: condition }),
    },
  ];
}

/** A vendor's account may take the role, when it names the id that was agreed with it. */
export function vendor(accountId: string, externalId: string): readonly Statement[] {
  return principal(`arn:aws:iam::${accountId}:root`, { StringEquals: { 'sts:ExternalId': externalId } });
}

/** People may take the role through IAM Identity Center. */
export function identityCenter(account: Account): readonly Statement[] {
  return [
    {
      Effect: 'Allow',
      Principal: {
        Federated: `arn:aws:iam::${account.id}:saml-provider/AWSSSO_7c1d0e9f3a5b2468_DO_NOT_DELETE`,
      },
      Action: ['sts:AssumeRoleWithSAML', 'sts:TagSession'],
      Condition: { StringEquals: { 'SAML:aud': `https://${REGION}.signin.aws.amazon.com/platform/saml` } },
    },
  ];
}
