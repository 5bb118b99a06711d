import {
  ActionError,
  defineAction,
  type ActingContext,
  type ObjectState,
  type Parameters,
} from '#contract/action.ts';
import { changedSince, orAbsent } from '../shared/action-error.ts';
import { textOf } from '../shared/parameter.ts';
import { inAccountOf, NOTHING_TO_DO } from './account.ts';
import { isOwn } from './iam-arn.ts';
import { OWN_POLICY_NAMES } from './own-policy.ts';
import { INLINE_RIGHTS, policiesOf, policyIn } from './policies.ts';
import { IAM_SETTLES } from './settle.ts';

const OWN: readonly string[] = Object.values(OWN_POLICY_NAMES);

/** Deletes an inline policy of a user or role; undoing puts it back byte for byte. */
export const deleteInlinePolicy = defineAction({
  id: 'aws/delete-inline-policy',
  system: 'aws',
  phase: 'remove',
  closes: 'subject',
  title: (parameters) =>
    `Delete the inline policy ${textOf(parameters, 'policy')} of ${textOf(parameters, 'identity')}`,
  parametersFor: (subject) => {
    if (subject.table !== 'grants' || subject.row.kind !== 'inline-policy') return null;
    const { row, identity } = subject;
    const before = `${identity.uid}/inline/`;
    if (!row.roleUid.startsWith(before) || !isOwn(identity, 'iam-user', 'iam-role')) return null;
    const policy = row.roleUid.slice(before.length);
    // What contains the identity stays until the identity itself is deleted.
    return OWN.includes(policy) ? null : { identity: identity.uid, policy };
  },
  permissions: INLINE_RIGHTS,
  settle: IAM_SETTLES,
  read,
  act: (parameters, before, context) =>
    inAccountOf(textOf(parameters, 'identity'), context, async (account) => {
      const policy = textOf(parameters, 'policy');
      const policies = policiesOf(account);
      if ((await policies.inline(policy)) !== policyIn(before)) changedSince(`the inline policy ${policy}`);
      return (await orAbsent(policies.removeInline(policy))) ?? NOTHING_TO_DO;
    }),
  undo: async (parameters, before, context) => {
    const text = policyIn(before);
    const now = await read(parameters, context);
    if (text === null || policyIn(now) === text) return NOTHING_TO_DO;
    const policy = textOf(parameters, 'policy');
    if (now.present) throw new ActionError('conflict', `somebody made ${policy} again with another content`);
    return inAccountOf(textOf(parameters, 'identity'), context, (account) =>
      policiesOf(account).putInline(policy, text),
    );
  },
});

async function read(parameters: Parameters, context: ActingContext): Promise<ObjectState> {
  const text = await inAccountOf(textOf(parameters, 'identity'), context, (account) =>
    policiesOf(account).inline(textOf(parameters, 'policy')),
  );
  return { present: text !== null, done: text === null, document: text === null ? null : { policy: text } };
}
