import {
  ActionError,
  defineAction,
  type Action,
  type ActingContext,
  type Parameters,
} from '#contract/action.ts';
import { textOf } from '../shared/parameter.ts';
import { google, NO_ID } from './google.ts';
import { accountName, at, pathOf } from './names.ts';
import { POLICY_SETTLES } from './settle.ts';
import type { TokenOf } from './token.ts';

const GET = 'iam.serviceAccounts.get';

/**
 * Disables a service account: unlike that of a key, it ends tokens that were issued before as well
 * (https://cloud.google.com/iam/docs/keys-disable-enable#disabling).
 */
export function disableAccount(tokenOf: TokenOf): Action {
  const change = async (verb: 'disable' | 'enable', parameters: Parameters, context: ActingContext) => {
    const path = `v1/${pathOf(textOf(parameters, 'account'))}:${verb}`;
    const permission = `iam.serviceAccounts.${verb}`;
    const reply = await google(context, tokenOf)('iam', { method: 'POST', path, body: {}, permission });
    if (reply === null && verb === 'enable')
      throw new ActionError('failed', 'the service account is gone: it cannot be enabled again');
    return NO_ID;
  };
  return defineAction({
    id: 'gcp/disable-service-account',
    system: 'gcp',
    phase: 'contain',
    closes: 'all-access',
    title: (parameters) => `Disable the service account ${textOf(parameters, 'account')}`,
    parametersFor: (subject) => {
      if (subject.table !== 'identities') return null;
      const account = accountName(subject.row);
      return account === null ? null : { account, uniqueId: subject.row.providerId };
    },
    permissions: ['iam.serviceAccounts.disable', 'iam.serviceAccounts.enable', GET],
    settle: POLICY_SETTLES,
    read: async (parameters, context) => {
      const path = `v1/${pathOf(textOf(parameters, 'account'))}`;
      const reply = await google(context, tokenOf)('iam', { method: 'GET', path, permission: GET });
      if (reply === null || isAnother(at(reply.body, 'uniqueId'), parameters['uniqueId'])) {
        return { present: false, done: true, document: null };
      }
      const disabled = at(reply.body, 'disabled') === true;
      return { present: true, done: disabled, document: { disabled } };
    },
    act: (parameters, _before, context) => change('disable', parameters, context),
    undo: async (parameters, before, context) =>
      before.present && !before.done ? change('enable', parameters, context) : NO_ID,
  });
}

/**
 * An account that was deleted and made again has its address and none of its rights: bindings name accounts by their
 * unique id (https://cloud.google.com/iam/docs/service-accounts-delete-undelete#recreated).
 */
function isAnother(now: unknown, planned: unknown): boolean {
  return typeof now === 'string' && typeof planned === 'string' && now !== planned;
}
