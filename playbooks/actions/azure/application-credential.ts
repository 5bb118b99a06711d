import {
  ActionError,
  defineAction,
  type Action,
  type ActingContext,
  type Parameters,
  type Subject,
} from '#contract/action.ts';
import type { Json } from '#model/system.ts';
import { changedSince } from '../shared/action-error.ts';
import { textOf } from '../shared/parameter.ts';
import { azure, NOTHING_TO_DO, receiptOf } from './azure.ts';
import { at, directoryObject, textAt } from './names.ts';
import { TOKENS_SETTLE } from './settle.ts';
import type { TokenOf } from './token.ts';

const PERMISSION = 'Application.ReadWrite.All';

type List = 'passwordCredentials' | 'keyCredentials';

/** Removes a client secret of an application or service principal: https://learn.microsoft.com/graph/api/application-removepassword. */
export function removePassword(tokenOf: TokenOf): Action {
  return defineAction({
    ...base('passwordCredentials', 'client-secret', tokenOf),
    id: 'azure/remove-application-password',
    title: (parameters) => `Remove the client secret ${textOf(parameters, 'keyId')} of ${nameOf(parameters)}`,
    act: async (parameters, _before, context) => {
      const now = await credentialsOf('passwordCredentials', parameters, context, tokenOf);
      if (now === null || !now.some((each) => isIt(each, parameters))) return NOTHING_TO_DO;
      const reply = await azure(parameters, context, tokenOf).call('graph', {
        method: 'POST',
        path: `${pathFor(parameters)}/removePassword`,
        body: { keyId: textOf(parameters, 'keyId') },
        permission: PERMISSION,
      });
      return receiptOf(reply);
    },
  });
}

/**
 * Removes a certificate by writing the list of certificates without it: `removeKey` wants a proof signed with another
 * key of the application (https://learn.microsoft.com/graph/api/application-removekey). Graph gives the list no etag, so
 * it is read right before and right after.
 */
export function removeCertificate(tokenOf: TokenOf): Action {
  return defineAction({
    ...base('keyCredentials', 'certificate', tokenOf),
    id: 'azure/remove-application-certificate',
    title: (parameters) => `Remove the certificate ${textOf(parameters, 'keyId')} of ${nameOf(parameters)}`,
    act: async (parameters, _before, context) => {
      const now = await credentialsOf('keyCredentials', parameters, context, tokenOf);
      const left = now?.filter((each) => !isIt(each, parameters)) ?? [];
      if (now === null || left.length === now.length) return NOTHING_TO_DO;
      // Graph gives the certificates themselves on demand only; without them the list could not be written back.
      if (left.some((each) => textAt(each, 'keyId') === null || textAt(each, 'key') === null)) {
        throw new ActionError('refused', 'the other certificates cannot be read, and would be lost');
      }
      const reply = await azure(parameters, context, tokenOf).call('graph', {
        method: 'PATCH',
        path: pathFor(parameters),
        body: { keyCredentials: left },
        permission: PERMISSION,
      });
      const after = await credentialsOf('keyCredentials', parameters, context, tokenOf);
      if (keyIds(after ?? []) !== keyIds(left)) changedSince(`the certificates of ${nameOf(parameters)}`);
      return receiptOf(reply);
    },
  });
}

function base(list: List, kind: string, tokenOf: TokenOf): Omit<Action, 'id' | 'title' | 'act'> {
  return {
    system: 'azure',
    phase: 'delete',
    closes: 'subject',
    parametersFor: (subject) => parametersFor(kind, subject),
    permissions: [PERMISSION],
    settle: TOKENS_SETTLE,
    read: async (parameters, context) => {
      const all = await credentialsOf(list, parameters, context, tokenOf);
      return all?.some((each) => isIt(each, parameters)) === true
        ? { present: true, done: false, document: { keyId: textOf(parameters, 'keyId') } }
        : { present: false, done: true, document: null };
    },
  };
}

/** The certificates of managed identities are Azure's own, which rotates them. */
function parametersFor(kind: string, subject: Subject): Parameters | null {
  if (subject.table !== 'credentials' || subject.row.kind !== kind) return null;
  if (subject.identity.kind === 'managed-identity') return null;
  const object = directoryObject(subject.identity);
  const keyId = textAt(subject.row.raw, 'keyId') ?? subject.row.uid.split('/').at(-1) ?? '';
  return object === null || keyId === '' ? null : { ...object, keyId };
}

/** The list as it is now; null: its owner is gone. */
async function credentialsOf(
  list: List,
  parameters: Parameters,
  context: ActingContext,
  tokenOf: TokenOf,
): Promise<readonly Json[] | null> {
  const path = `${pathFor(parameters)}?$select=id,${list}`;
  const request = { method: 'GET', path, permission: PERMISSION } as const;
  const reply = await azure(parameters, context, tokenOf).call('graph', request);
  if (reply === null) return null;
  const found = at(reply.body, list);
  if (Array.isArray(found)) return found;
  throw new ActionError('failed', `the reply holds no ${list}`);
}

function isIt(each: Json, parameters: Parameters): boolean {
  return textAt(each, 'keyId')?.toLowerCase() === textOf(parameters, 'keyId').toLowerCase();
}

function keyIds(list: readonly Json[]): string {
  return list
    .map((each) => textAt(each, 'keyId') ?? '')
    .toSorted()
    .join(' ');
}

function pathFor(parameters: Parameters): string {
  return `v1.0/${nameOf(parameters)}`;
}

function nameOf(parameters: Parameters): string {
  return ['collection', 'id'].map((part) => encodeURIComponent(textOf(parameters, part))).join('/');
}
