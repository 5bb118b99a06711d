import { defineAction, type ActingContext, type ObjectState, type Parameters } from '#contract/action.ts';
import { orAbsent } from '../shared/action-error.ts';
import { textOf } from '../shared/parameter.ts';
import { inAccountOf, NOTHING_TO_DO, type Account } from './account.ts';
import { isOwn } from './iam-arn.ts';
import { ATTACHED_RIGHTS, policiesOf } from './policies.ts';
import { IAM_SETTLES } from './settle.ts';

/** Detaches a managed policy from a user or role; the policy itself stays. */
export const detachManagedPolicy = defineAction({
  id: 'aws/detach-managed-policy',
  system: 'aws',
  phase: 'remove',
  closes: 'subject',
  title: (parameters) => `Detach ${textOf(parameters, 'policy')} from ${textOf(parameters, 'identity')}`,
  parametersFor: (subject) => {
    if (subject.table !== 'grants' || subject.row.kind !== 'attached-policy') return null;
    const { row, identity } = subject;
    if (row.principalUid !== identity.uid || !isOwn(identity, 'iam-user', 'iam-role')) return null;
    return { identity: identity.uid, policy: row.roleUid };
  },
  permissions: ATTACHED_RIGHTS,
  settle: IAM_SETTLES,
  read,
  act: (parameters, _before, context) =>
    on(parameters, context, async (account) => {
      const detached = policiesOf(account).detach(textOf(parameters, 'policy'));
      return (await orAbsent(detached)) ?? NOTHING_TO_DO;
    }),
  undo: async (parameters, before, context) => {
    if (before.done || !(await read(parameters, context)).done) return NOTHING_TO_DO;
    return on(parameters, context, (account) => policiesOf(account).attach(textOf(parameters, 'policy')));
  },
});

async function read(parameters: Parameters, context: ActingContext): Promise<ObjectState> {
  const policy = textOf(parameters, 'policy');
  const attached = await on(parameters, context, (account) => orAbsent(policiesOf(account).attached()));
  const isAttached = attached?.includes(policy) ?? false;
  return { present: isAttached, done: !isAttached, document: isAttached ? { policy } : null };
}

function on<T>(
  parameters: Parameters,
  context: ActingContext,
  work: (account: Account) => Promise<T>,
): Promise<T> {
  return inAccountOf(textOf(parameters, 'identity'), context, work);
}
