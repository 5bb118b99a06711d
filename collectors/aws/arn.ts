/** An ARN of the service `iam`, taken apart. */
export interface IamArn {
  readonly arn: string;
  /** `aws`, `aws-cn`, `aws-us-gov`, … */
  readonly partition: string;
  /** Twelve digits; null where the ARN names no customer's account (`aws` for what AWS keeps itself). */
  readonly accountId: string | null;
  /** `user`, `role`, `group`, `policy`, `instance-profile`, `saml-provider`, `oidc-provider`, `root`, … */
  readonly type: string;
  /** With its slashes: `/`, `/service-role/`. */
  readonly path: string;
  readonly name: string;
}

const PATTERN = /^arn:([^:]+):iam::([^:]*):([a-z-]+)(?:\/(.+))?$/su;
const ACCOUNT_ID = /^\d{12}$/u;

/**
 * Takes an IAM ARN apart; null: it is none.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-arns
 */
export function parseIamArn(arn: string): IamArn | null {
  const [, partition, account, type, rest = ''] = PATTERN.exec(arn) ?? [];
  if (partition === undefined || account === undefined || type === undefined) return null;
  const lastSlash = rest.lastIndexOf('/');
  return {
    arn,
    partition,
    accountId: isAccountId(account) ? account : null,
    type,
    path: `/${rest.slice(0, lastSlash + 1)}`,
    name: rest.slice(lastSlash + 1),
  };
}

/** Whether a text is the number of an AWS account. */
export function isAccountId(text: string): boolean {
  return ACCOUNT_ID.test(text);
}

/** Whether a policy is one that AWS writes and keeps. */
export function isAwsManagedPolicy(arn: string): boolean {
  return /^arn:[^:]+:iam::aws:policy\//u.test(arn);
}
