import { defineAction } from '#contract/action.ts';
import { orAbsent } from '../shared/action-error.ts';
import { receiptOf } from './cluster.ts';
import { metadataOf, onlyIfSame, uidIn } from './metadata.ts';
import { accountName, accountParameters, onAccount } from './service-account.ts';
import { TOKENS_SETTLE } from './settle.ts';

/**
 * Deletes a ServiceAccount, and with it every token that it has. Bindings are by name: one that is left gives its
 * rights to whoever makes a ServiceAccount of this name again, so they go before.
 */
export const deleteServiceAccount = defineAction({
  id: 'kubernetes/delete-service-account',
  system: 'kubernetes',
  phase: 'delete',
  closes: 'all-access',
  title: (parameters) => `Delete the ServiceAccount ${accountName(parameters)}`,
  parametersFor: accountParameters,
  permissions: ['delete serviceaccounts', 'get serviceaccounts'],
  settle: TOKENS_SETTLE,
  read: (parameters, context) =>
    onAccount(parameters, 'get', context, async (http, path) => {
      const found = await metadataOf(http, path);
      return found === null
        ? { present: false, done: true, document: null }
        : { present: true, done: false, document: { uid: found.uid } };
    }),
  act: (parameters, before, context) =>
    onAccount(parameters, 'delete', context, async (http, path) => {
      const reply = await orAbsent(
        http({ method: 'DELETE', path, body: onlyIfSame(uidIn(before.document)) }),
      );
      return reply === null ? { requestId: null } : receiptOf(reply);
    }),
});
