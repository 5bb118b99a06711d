import {
  ActionError,
  defineAction,
  type ActingContext,
  type ObjectState,
  type Parameters,
  type Receipt,
} from '#contract/action.ts';
import { changedSince, orAbsent } from '../shared/action-error.ts';
import { textOf } from '../shared/parameter.ts';
import { inAccountOf, NOTHING_TO_DO, type Account } from './account.ts';
import { isOwn } from './iam-arn.ts';
import { plainText } from './policies.ts';
import { IAM_SETTLES } from './settle.ts';
import { isSamePolicy, withoutParty, withStatements, type TrustedParty } from './trust-policy.ts';

/**
 * Takes one trusted party out of a role's trust policy, wherever it is trusted under the same condition, and with it
 * every action by which it could become the role. Undoing puts the policy back byte for byte, unless somebody changed
 * it since: then only what was taken is added.
 */
export const removeTrustStatement = defineAction({
  id: 'aws/remove-trust-statement',
  system: 'aws',
  phase: 'remove',
  closes: 'subject',
  title: (parameters) =>
    `Take ${textOf(parameters, 'trusted')} out of the trust policy of ${textOf(parameters, 'role')}`,
  parametersFor: (subject) => {
    if (subject.table !== 'trusts' || !isOwn(subject.identity, 'iam-role')) return null;
    const { trusted, mechanism, condition, certainty, raw } = subject.row;
    if (certainty === 'claimed' || !mechanism.startsWith('sts:')) return null;
    return { role: subject.identity.uid, trusted, condition, notPrincipal: notPrincipalIn(raw) };
  },
  permissions: ['iam:GetRole', 'iam:UpdateAssumeRolePolicy'],
  settle: IAM_SETTLES,
  read: (parameters, context): Promise<ObjectState> =>
    onRole(parameters, context, async (account) => {
      const text = await trustPolicy(account);
      if (text === null) return { present: false, done: true, document: null };
      const { taken } = withoutParty(text, partyOf(parameters));
      return { present: true, done: taken.length === 0, document: [...taken], restore: { policy: text } };
    }),
  act: (parameters, before, context) =>
    onRole(parameters, context, async (account) => {
      const text = keptPolicy(before);
      if ((await trustPolicy(account)) !== text) changedSince('the trust policy');
      return update(account, withoutParty(text, partyOf(parameters)).left);
    }),
  undo: (parameters, before, context) =>
    onRole(parameters, context, async (account) => {
      const text = keptPolicy(before);
      const now = await trustPolicy(account);
      if (now === null) throw new ActionError('failed', 'the role is gone: it cannot be made again');
      const party = partyOf(parameters);
      if (now === text || withoutParty(now, party).taken.length > 0) return NOTHING_TO_DO;
      const { left, taken } = withoutParty(text, party);
      return update(account, isSamePolicy(now, left) ? text : withStatements(now, taken));
    }),
});

async function trustPolicy({ ask, principal: { name: RoleName } }: Account): Promise<string | null> {
  const found = await orAbsent(ask((iam, options) => iam.getRole({ RoleName }, options)));
  return plainText(found?.Role?.AssumeRolePolicyDocument);
}

function update(
  { change, principal: { name: RoleName } }: Account,
  PolicyDocument: string,
): Promise<Receipt> {
  return change((iam, options) => iam.updateAssumeRolePolicy({ RoleName, PolicyDocument }, options));
}

function partyOf(parameters: Parameters): TrustedParty {
  return {
    trusted: textOf(parameters, 'trusted'),
    condition: parameters['condition'] ?? null,
    notPrincipal: parameters['notPrincipal'] ?? null,
  };
}

function notPrincipalIn(raw: Parameters[string] | undefined): Parameters[string] {
  const member =
    typeof raw === 'object' && raw !== null && 'NotPrincipal' in raw ? raw.NotPrincipal : undefined;
  return member ?? null;
}

function keptPolicy({ restore }: ObjectState): string {
  const policy =
    typeof restore === 'object' && restore !== null && 'policy' in restore ? restore.policy : null;
  if (typeof policy === 'string') return policy;
  throw new ActionError('failed', 'the trust policy was not kept');
}

function onRole<T>(
  parameters: Parameters,
  context: ActingContext,
  work: (account: Account) => Promise<T>,
): Promise<T> {
  return inAccountOf(textOf(parameters, 'role'), context, work);
}
