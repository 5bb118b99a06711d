import { ActionError } from '#contract/action.ts';
import type { Identity } from '#model/identity.ts';

/** The ARN of an IAM user or role, taken apart. */
export interface PrincipalArn {
  readonly arn: string;
  readonly partition: string;
  readonly accountId: string;
  readonly type: 'user' | 'role';
  /** Between the type and the name, with a slash on both ends. */
  readonly path: string;
  readonly name: string;
}

const PRINCIPAL = /^arn:(aws[a-z-]*):iam::(\d{12}):(user|role)(\/(?:[!-~]+\/)?)([\w+=,.@-]{1,64})$/u;

/** Takes the ARN of a user or role apart; null: it is of something else. */
export function principalArn(arn: string): PrincipalArn | null {
  const [, partition, accountId, type, path, name] = PRINCIPAL.exec(arn) ?? [];
  if (partition === undefined || accountId === undefined || path === undefined || name === undefined)
    return null;
  return { arn, partition, accountId, type: type === 'user' ? 'user' : 'role', path, name };
}

/** The ARN in a step's parameters. Throws ActionError `refused` for what nobody may change. */
export function actedOn(arn: string): PrincipalArn {
  const principal = principalArn(arn);
  if (principal === null) throw new ActionError('refused', `${arn} is no IAM user or role`);
  if (isProviders(principal)) {
    throw new ActionError('refused', `${arn} belongs to AWS: it is changed where it was set up`);
  }
  return principal;
}

/** Whether an identity is a user or role of the customer's own, of one of these kinds. */
export function isOwn(identity: Identity, ...kinds: readonly ('iam-user' | 'iam-role')[]): boolean {
  const principal = principalArn(identity.uid);
  const isOfKind = kinds.some((kind) => kind === identity.kind);
  return isOfKind && identity.managedBy === 'customer' && principal !== null && !isProviders(principal);
}

/**
 * Service-linked roles and those of IAM Identity Center: their paths are reserved, their names are not.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create-service-linked-role.html,
 * https://docs.aws.amazon.com/singlesignon/latest/userguide/using-service-linked-roles.html
 */
function isProviders({ type, path }: PrincipalArn): boolean {
  return type === 'role' && (path.startsWith('/aws-service-role/') || path.startsWith('/aws-reserved/'));
}
