import {
  ActionError,
  defineAction,
  type Action,
  type ActingContext,
  type Parameters,
} from '#contract/action.ts';
import { textOf } from '../shared/parameter.ts';
import { azure, NOTHING_TO_DO, receiptOf } from './azure.ts';
import { at, servicePrincipal } from './names.ts';
import { TOKENS_SETTLE } from './settle.ts';
import type { TokenOf } from './token.ts';

const PERMISSION = 'Application.ReadWrite.All';

/**
 * Disables a service principal: it gets no tokens any more. A managed identity signs in by its resource and cannot be
 * disabled: its assignments and federated credentials are what can be taken away.
 */
export function disableServicePrincipal(tokenOf: TokenOf): Action {
  const set = async (accountEnabled: boolean, parameters: Parameters, context: ActingContext) => {
    const reply = await azure(parameters, context, tokenOf).call('graph', {
      method: 'PATCH',
      path: pathFor(parameters),
      body: { accountEnabled },
      permission: PERMISSION,
    });
    if (reply === null && accountEnabled)
      throw new ActionError('failed', 'the service principal is gone: it cannot be enabled again');
    return receiptOf(reply);
  };
  return defineAction({
    id: 'azure/disable-service-principal',
    system: 'azure',
    phase: 'contain',
    closes: 'all-access',
    title: (parameters) => `Disable the service principal ${textOf(parameters, 'id')}`,
    parametersFor: (subject) => {
      if (subject.table !== 'identities' || subject.row.kind === 'managed-identity') return null;
      const object = servicePrincipal(subject.row);
      return object === null || subject.row.managedBy !== 'customer'
        ? null
        : { tenant: object.tenant, id: object.id };
    },
    permissions: [PERMISSION],
    settle: TOKENS_SETTLE,
    read: async (parameters, context) => {
      const path = `${pathFor(parameters)}?$select=id,accountEnabled,servicePrincipalType`;
      const request = { method: 'GET', path, permission: PERMISSION } as const;
      const reply = await azure(parameters, context, tokenOf).call('graph', request);
      if (reply === null) return { present: false, done: true, document: null };
      if (at(reply.body, 'servicePrincipalType') === 'ManagedIdentity') {
        throw new ActionError(
          'refused',
          'a managed identity cannot be disabled: remove its assignments and federated credentials',
        );
      }
      const accountEnabled = at(reply.body, 'accountEnabled') !== false;
      return { present: true, done: !accountEnabled, document: { accountEnabled } };
    },
    act: (parameters, _before, context) => set(false, parameters, context),
    undo: async (parameters, before, context) =>
      before.present && !before.done ? set(true, parameters, context) : NOTHING_TO_DO,
  });
}

function pathFor(parameters: Parameters): string {
  return `v1.0/servicePrincipals/${encodeURIComponent(textOf(parameters, 'id'))}`;
}
