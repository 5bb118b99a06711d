import type { ObjectState, Receipt } from '#contract/action.ts';
import { orAbsent } from '../shared/action-error.ts';
import type { Account } from './account.ts';
import { allPages } from './pages.ts';

/** The policies of one user or role. Documents are texts, byte for byte. Every method throws `CallError`. */
export interface Policies {
  /** null: there is none of this name. */
  readonly inline: (name: string) => Promise<string | null>;
  readonly inlineNames: () => Promise<string[]>;
  readonly putInline: (name: string, text: string) => Promise<Receipt>;
  readonly removeInline: (name: string) => Promise<Receipt>;
  readonly attached: () => Promise<string[]>;
  readonly attach: (arn: string) => Promise<Receipt>;
  readonly detach: (arn: string) => Promise<Receipt>;
}

/** The rights that reading, adding and removing inline policies take. */
export const INLINE_RIGHTS = ['Delete', 'Get', 'Put'].flatMap((verb) => [
  `iam:${verb}RolePolicy`,
  `iam:${verb}UserPolicy`,
]);

/** The rights that reading, adding and removing attached policies take. */
export const ATTACHED_RIGHTS = [
  'iam:AttachRolePolicy',
  'iam:AttachUserPolicy',
  'iam:DetachRolePolicy',
  'iam:DetachUserPolicy',
  'iam:ListAttachedRolePolicies',
  'iam:ListAttachedUserPolicies',
];

/** The policies of the user or role that is acted on. */
export function policiesOf(account: Account): Policies {
  return account.principal.type === 'user' ? ofUser(account) : ofRole(account);
}

function ofUser({ ask, change, principal: { name: UserName } }: Account): Policies {
  return {
    inline: async (PolicyName) => {
      const found = await orAbsent(
        ask((iam, options) => iam.getUserPolicy({ UserName, PolicyName }, options)),
      );
      return plainText(found?.PolicyDocument);
    },
    inlineNames: () =>
      allPages(
        (marker) => ask((iam, options) => iam.listUserPolicies({ UserName, ...marker }, options)),
        ({ PolicyNames }) => PolicyNames,
      ),
    putInline: (PolicyName, PolicyDocument) =>
      change((iam, options) => iam.putUserPolicy({ UserName, PolicyName, PolicyDocument }, options)),
    removeInline: (PolicyName) =>
      change((iam, options) => iam.deleteUserPolicy({ UserName, PolicyName }, options)),
    attached: () =>
      allPages(
        (marker) => ask((iam, options) => iam.listAttachedUserPolicies({ UserName, ...marker }, options)),
        ({ AttachedPolicies = [] }) => AttachedPolicies.flatMap(({ PolicyArn }) => PolicyArn ?? []),
      ),
    attach: (PolicyArn) => change((iam, options) => iam.attachUserPolicy({ UserName, PolicyArn }, options)),
    detach: (PolicyArn) => change((iam, options) => iam.detachUserPolicy({ UserName, PolicyArn }, options)),
  };
}

function ofRole({ ask, change, principal: { name: RoleName } }: Account): Policies {
  return {
    inline: async (PolicyName) => {
      const found = await orAbsent(
        ask((iam, options) => iam.getRolePolicy({ RoleName, PolicyName }, options)),
      );
      return plainText(found?.PolicyDocument);
    },
    inlineNames: () =>
      allPages(
        (marker) => ask((iam, options) => iam.listRolePolicies({ RoleName, ...marker }, options)),
        ({ PolicyNames }) => PolicyNames,
      ),
    putInline: (PolicyName, PolicyDocument) =>
      change((iam, options) => iam.putRolePolicy({ RoleName, PolicyName, PolicyDocument }, options)),
    removeInline: (PolicyName) =>
      change((iam, options) => iam.deleteRolePolicy({ RoleName, PolicyName }, options)),
    attached: () =>
      allPages(
        (marker) => ask((iam, options) => iam.listAttachedRolePolicies({ RoleName, ...marker }, options)),
        ({ AttachedPolicies = [] }) => AttachedPolicies.flatMap(({ PolicyArn }) => PolicyArn ?? []),
      ),
    attach: (PolicyArn) => change((iam, options) => iam.attachRolePolicy({ RoleName, PolicyArn }, options)),
    detach: (PolicyArn) => change((iam, options) => iam.detachRolePolicy({ RoleName, PolicyArn }, options)),
  };
}

/** IAM gives documents as URLs write them (https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRolePolicy.html). */
export function plainText(document: string | undefined): string | null {
  if (document === undefined) return null;
  return /^\s*\{/u.test(document) ? document : decodeURIComponent(document);
}

/** The text of a policy in a state's document, `{policy}`; null: there was none. */
export function policyIn({ document }: ObjectState): string | null {
  const policy =
    typeof document === 'object' && document !== null && 'policy' in document ? document.policy : null;
  return typeof policy === 'string' ? policy : null;
}
