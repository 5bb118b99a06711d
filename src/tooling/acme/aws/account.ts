/** One of Acme's AWS accounts. Their numbers are those that AWS uses in its own documentation. */
export interface Account {
  readonly id: string;
  /** As folders, buckets and clusters call it. */
  readonly short: 'prod' | 'dev';
  readonly environment: 'production' | 'development';
  /** The identity provider of the account's EKS cluster, without `https://`. */
  readonly clusterIssuer: string;
}

export const REGION = 'eu-west-1';

export const PROD: Account = {
  id: '111122223333',
  short: 'prod',
  environment: 'production',
  clusterIssuer: 'oidc.eks.eu-west-1.amazonaws.com/id/5A1C0FFEE0DDBA11D15EA5E0FAC71CA1',
};

export const DEV: Account = {
  id: '444455556666',
  short: 'dev',
  environment: 'development',
  clusterIssuer: 'oidc.eks.eu-west-1.amazonaws.com/id/0DEFACED0C0FFEE5CA1AB1E0B0BB1E50',
};

/** The ARN of a role; `path` with its slashes. */
export function roleArn(account: Account, name: string, path = '/'): string {
  return `arn:aws:iam::${account.id}:role${path}${name}`;
}

/** The ARN of a user; `path` with its slashes. */
export function userArn(account: Account, name: string, path = '/'): string {
  return `arn:aws:iam::${account.id}:user${path}${name}`;
}
