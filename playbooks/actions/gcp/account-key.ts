import {
  ActionError,
  defineAction,
  type Action,
  type ActingContext,
  type Parameters,
  type Subject,
} from '#contract/action.ts';
import type { Json } from '#model/system.ts';
import { textOf } from '../shared/parameter.ts';
import { google, NO_ID } from './google.ts';
import { at, keyName, pathOf } from './names.ts';
import { KEY_SETTLES } from './settle.ts';
import type { TokenOf } from './token.ts';

const GET = 'iam.serviceAccountKeys.get';

/** Disables a key of a service account. Tokens that were made with it live up to an hour. */
export function disableKey(tokenOf: TokenOf): Action {
  const change = async (verb: 'disable' | 'enable', parameters: Parameters, context: ActingContext) => {
    const path = `v1/${pathOf(textOf(parameters, 'key'))}:${verb}`;
    const permission = `iam.serviceAccountKeys.${verb}`;
    const reply = await google(context, tokenOf)('iam', { method: 'POST', path, body: {}, permission });
    if (reply === null && verb === 'enable')
      throw new ActionError('failed', 'the key is gone: it cannot be made again');
    return NO_ID;
  };
  return defineAction({
    id: 'gcp/disable-service-account-key',
    system: 'gcp',
    phase: 'contain',
    closes: 'subject',
    title: (parameters) => `Disable the service account key ${textOf(parameters, 'key')}`,
    parametersFor,
    permissions: ['iam.serviceAccountKeys.disable', 'iam.serviceAccountKeys.enable', GET],
    settle: KEY_SETTLES,
    read: async (parameters, context) => {
      const key = await readKey(parameters, context, tokenOf);
      if (key === null) return { present: false, done: true, document: null };
      const disabled = at(key, 'disabled') === true;
      return { present: true, done: disabled, document: { disabled } };
    },
    act: (parameters, _before, context) => change('disable', parameters, context),
    undo: async (parameters, before, context) =>
      before.present && !before.done ? change('enable', parameters, context) : NO_ID,
  });
}

/** Deletes a key of a service account for good. */
export function deleteKey(tokenOf: TokenOf): Action {
  return defineAction({
    id: 'gcp/delete-service-account-key',
    system: 'gcp',
    phase: 'delete',
    closes: 'subject',
    title: (parameters) => `Delete the service account key ${textOf(parameters, 'key')}`,
    parametersFor,
    permissions: ['iam.serviceAccountKeys.delete', GET],
    settle: KEY_SETTLES,
    read: async (parameters, context) => {
      const key = await readKey(parameters, context, tokenOf);
      return key === null
        ? { present: false, done: true, document: null }
        : { present: true, done: false, document: { key: textOf(parameters, 'key') } };
    },
    act: async (parameters, _before, context) => {
      const path = `v1/${pathOf(textOf(parameters, 'key'))}`;
      const permission = 'iam.serviceAccountKeys.delete';
      await google(context, tokenOf)('iam', { method: 'DELETE', path, permission });
      return NO_ID;
    },
  });
}

/** Google makes, uses and rotates the system-managed keys itself; nobody else can disable or delete them. */
function parametersFor(subject: Subject): Parameters | null {
  if (subject.table !== 'credentials' || subject.row.system !== 'gcp') return null;
  if (at(subject.row.raw, 'keyType') === 'SYSTEM_MANAGED') return null;
  const key = keyName(at(subject.row.raw, 'name') ?? null, subject.row.uid);
  return key === null ? null : { key };
}

async function readKey(
  parameters: Parameters,
  context: ActingContext,
  tokenOf: TokenOf,
): Promise<Json | null> {
  const path = `v1/${pathOf(textOf(parameters, 'key'))}`;
  const reply = await google(context, tokenOf)('iam', { method: 'GET', path, permission: GET });
  return reply?.body ?? null;
}
