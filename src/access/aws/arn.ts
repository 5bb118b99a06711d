/** The six fields of an ARN. */
export interface Arn {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly account: string;
  readonly resource: string;
}

/**
 * Takes an ARN apart; null where the text is none.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
 */
export function parseArn(text: string): Arn | null {
  const fields = text.split(':');
  const [start, partition, service, region, account] = fields;
  if (start !== 'arn' || partition === undefined || service === undefined) return null;
  if (region === undefined || account === undefined || fields.length < 6) return null;
  return { partition, service, region, account, resource: fields.slice(5).join(':') };
}

/** Whether the text is an account's 12-digit number. */
export function isAccountId(text: string): boolean {
  return /^\d{12}$/u.test(text);
}

/** Whether a role's ARN is one of a service-linked role: its path says so, its name may be anybody's choice. */
export function isServiceLinkedRole(roleArn: string): boolean {
  return /^arn:[^:]*:iam::[^:]*:role\/aws-service-role\//u.test(roleArn);
}
