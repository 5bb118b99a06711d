import { ActionError, defineAction, type Action } from '#contract/action.ts';
import { textOf } from '../shared/parameter.ts';
import { google, NO_ID } from './google.ts';
import { apiKeyName, at, pathOf } from './names.ts';
import { POLICY_SETTLES } from './settle.ts';
import type { TokenOf } from './token.ts';

const GET = 'apikeys.keys.get';

/**
 * Deletes an API key. It can be brought back for 30 days, and so it is not of the phase that cannot be undone
 * (https://cloud.google.com/api-keys/docs/reference/rest/v2/projects.locations.keys/undelete).
 */
export function deleteApiKey(tokenOf: TokenOf): Action {
  return defineAction({
    id: 'gcp/delete-api-key',
    system: 'gcp',
    phase: 'remove',
    closes: 'subject',
    title: (parameters) => `Delete the API key ${textOf(parameters, 'key')}`,
    parametersFor: (subject) => {
      if (subject.table !== 'credentials' || subject.row.system !== 'gcp') return null;
      const key = apiKeyName(at(subject.row.raw, 'name') ?? null, subject.row.uid);
      return key === null ? null : { key };
    },
    permissions: ['apikeys.keys.delete', GET, 'apikeys.keys.undelete'],
    settle: POLICY_SETTLES,
    read: async (parameters, context) => {
      const path = `v2/${pathOf(textOf(parameters, 'key'))}`;
      const reply = await google(context, tokenOf)('apikeys', { method: 'GET', path, permission: GET });
      return reply === null || at(reply.body, 'deleteTime') !== undefined
        ? { present: false, done: true, document: null }
        : { present: true, done: false, document: { key: textOf(parameters, 'key') } };
    },
    act: async (parameters, _before, context) => {
      const path = `v2/${pathOf(textOf(parameters, 'key'))}`;
      const permission = 'apikeys.keys.delete';
      await google(context, tokenOf)('apikeys', { method: 'DELETE', path, permission });
      return NO_ID;
    },
    undo: async (parameters, before, context) => {
      if (!before.present) return NO_ID;
      const call = google(context, tokenOf);
      const path = `v2/${pathOf(textOf(parameters, 'key'))}`;
      const now = await call('apikeys', { method: 'GET', path, permission: GET });
      if (now !== null && at(now.body, 'deleteTime') === undefined) return NO_ID;
      const permission = 'apikeys.keys.undelete';
      const undone = await call('apikeys', {
        method: 'POST',
        path: `${path}:undelete`,
        body: {},
        permission,
      });
      if (undone === null)
        throw new ActionError('failed', 'the API key is gone: it was deleted too long ago');
      return NO_ID;
    },
  });
}
