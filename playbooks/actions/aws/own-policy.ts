import {
  defineAction,
  type Action,
  type ActingContext,
  type ObjectState,
  type Parameters,
} from '#contract/action.ts';
import { textOf } from '../shared/parameter.ts';
import { inAccountOf, NOTHING_TO_DO } from './account.ts';
import { isOwn } from './iam-arn.ts';
import { INLINE_RIGHTS, policiesOf, policyIn } from './policies.ts';
import { IAM_SETTLES } from './settle.ts';

/** A policy that denies, which an action puts into a user or role under a name that is kept for it. */
export interface OwnPolicy {
  readonly id: string;
  readonly closes: Action['closes'];
  readonly title: (identity: string) => string;
  readonly policyName: string;
  readonly text: (context: ActingContext) => string;
  /** Whether a text found under the name does already what the step is for. */
  readonly does: (text: string, parameters: Parameters) => boolean;
}

/** The names that are kept: no other action takes such a policy away. */
export const OWN_POLICY_NAMES = {
  quarantine: 'NhiAuditorQuarantine',
  sessions: 'NhiAuditorRevokedSessions',
} as const;

/** Puts a denying policy into a user or role; undoing takes it out, or puts back what was under its name. */
export function ownPolicy(own: OwnPolicy): Action {
  const { policyName } = own;
  const read = async (parameters: Parameters, context: ActingContext): Promise<ObjectState> =>
    inAccountOf(textOf(parameters, 'identity'), context, async (account) => {
      const text = await policiesOf(account).inline(policyName);
      // A user or role that is gone can do nothing: there is nothing to deny any more.
      if (text === null && (await account.id()) === null)
        return { present: false, done: true, document: null };
      return { present: true, done: text !== null && own.does(text, parameters), document: { policy: text } };
    });
  return defineAction({
    id: own.id,
    system: 'aws',
    phase: 'contain',
    closes: own.closes,
    title: (parameters) => own.title(textOf(parameters, 'identity')),
    parametersFor: ({ table, row }) =>
      table === 'identities' && isOwn(row, 'iam-user', 'iam-role') ? { identity: row.uid } : null,
    permissions: [...INLINE_RIGHTS, 'iam:GetRole', 'iam:GetUser'].toSorted(),
    settle: IAM_SETTLES,
    read,
    act: (parameters, _before, context) =>
      inAccountOf(textOf(parameters, 'identity'), context, (account) =>
        policiesOf(account).putInline(policyName, own.text(context)),
      ),
    undo: (parameters, before, context) =>
      inAccountOf(textOf(parameters, 'identity'), context, async (account) => {
        const policies = policiesOf(account);
        const former = policyIn(before);
        const now = await policies.inline(policyName);
        if (now === former) return NOTHING_TO_DO;
        return former === null ? policies.removeInline(policyName) : policies.putInline(policyName, former);
      }),
  });
}
