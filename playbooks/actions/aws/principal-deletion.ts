import { ActionError, defineAction, type Action, type Receipt } from '#contract/action.ts';
import { orAbsent } from '../shared/action-error.ts';
import { textOf } from '../shared/parameter.ts';
import { inAccountOf, NOTHING_TO_DO, type Account } from './account.ts';
import { isOwn } from './iam-arn.ts';
import { OWN_POLICY_NAMES } from './own-policy.ts';
import { policiesOf } from './policies.ts';
import { IAM_SETTLES } from './settle.ts';

/** How a user or role is deleted. */
export interface PrincipalDeletion {
  readonly id: string;
  readonly kind: 'iam-user' | 'iam-role';
  readonly permissions: readonly string[];
  /** Takes away what IAM wants gone first, policies aside; what is gone already is left out. */
  readonly strip: (account: Account) => Promise<void>;
  readonly remove: (account: Account) => Promise<Receipt>;
}

/**
 * Deletes a user or role with all that it has. One of the same name that is made again has another id: trusts and
 * policies that name the old one stay broken, which is why it comes last.
 */
export function principalDeletion({ id, kind, permissions, strip, remove }: PrincipalDeletion): Action {
  return defineAction({
    id,
    system: 'aws',
    phase: 'delete',
    closes: 'all-access',
    title: (parameters) => `Delete ${textOf(parameters, 'identity')}`,
    parametersFor: ({ table, row }) =>
      table === 'identities' && isOwn(row, kind) ? { identity: row.uid } : null,
    permissions: permissions.toSorted(),
    settle: IAM_SETTLES,
    read: (parameters, context) =>
      inAccountOf(textOf(parameters, 'identity'), context, async (account) => {
        const found = await account.id();
        return found === null
          ? { present: false, done: true, document: null }
          : { present: true, done: false, document: { id: found } };
      }),
    act: (parameters, before, context) =>
      inAccountOf(textOf(parameters, 'identity'), context, async (account) => {
        if ((await account.id()) !== idIn(before.document)) {
          throw new ActionError('conflict', `another one of the name ${account.principal.name} was made`);
        }
        await strip(account);
        await dropPolicies(account);
        return remove(account);
      }),
  });
}

/** What denies goes last: at no time can it do more than before. */
async function dropPolicies(account: Account): Promise<void> {
  const policies = policiesOf(account);
  const own: readonly string[] = Object.values(OWN_POLICY_NAMES);
  for (const arn of await policies.attached()) await orAbsent(policies.detach(arn));
  const names = await policies.inlineNames();
  const inOrder = [
    ...names.filter((name) => !own.includes(name)),
    ...names.filter((name) => own.includes(name)),
  ];
  for (const name of inOrder) await orAbsent(policies.removeInline(name));
}

/** What a change gave, or nothing where its object is gone already. */
export async function unlessGone(change: Promise<Receipt>): Promise<Receipt> {
  return (await orAbsent(change)) ?? NOTHING_TO_DO;
}

function idIn(document: unknown): unknown {
  return typeof document === 'object' && document !== null && 'id' in document ? document.id : null;
}
