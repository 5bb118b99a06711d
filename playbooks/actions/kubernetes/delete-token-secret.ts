import { ActionError, defineAction, type ActingContext, type Parameters } from '#contract/action.ts';
import { orAbsent } from '../shared/action-error.ts';
import { textOf } from '../shared/parameter.ts';
import type { WriteHttp } from '../shared/write-http.ts';
import { inCluster, receiptOf } from './cluster.ts';
import { METADATA_ONLY, metadataOf, onlyIfSame, uidIn } from './metadata.ts';
import { isOwn, placeIn } from './own.ts';
import { objectPath } from './path.ts';
import { TOKENS_SETTLE } from './settle.ts';

const ACCOUNT = 'kubernetes.io/service-account.name';

/** Deletes a Secret that holds a token of a ServiceAccount, without ever reading the token. */
export const deleteTokenSecret = defineAction({
  id: 'kubernetes/delete-token-secret',
  system: 'kubernetes',
  phase: 'delete',
  closes: 'subject',
  title: (parameters) =>
    `Delete the token Secret ${textOf(parameters, 'namespace')}/${textOf(parameters, 'secret')}`,
  parametersFor: (subject) => {
    if (subject.table !== 'credentials' || subject.row.kind !== 'service-account-token') return null;
    const place = placeIn(subject.identity);
    return place === null || !isOwn(subject.identity) ? null : { ...place, secret: subject.row.name };
  },
  permissions: ['delete secrets', 'get secrets'],
  settle: TOKENS_SETTLE,
  read: (parameters, context) =>
    onSecret(parameters, 'get', context, async (http, path) => {
      const found = await metadataOf(http, path);
      if (found === null) return { present: false, done: true, document: null };
      if (found.annotations[ACCOUNT] !== textOf(parameters, 'name')) {
        throw new ActionError('refused', `${path} is no token of ${textOf(parameters, 'name')}`);
      }
      return { present: true, done: false, document: { uid: found.uid } };
    }),
  act: (parameters, before, context) =>
    onSecret(parameters, 'delete', context, async (http, path) => {
      const body = onlyIfSame(uidIn(before.document));
      const reply = await orAbsent(http({ method: 'DELETE', path, body, headers: METADATA_ONLY }));
      return reply === null ? { requestId: null } : receiptOf(reply);
    }),
});

async function onSecret<T>(
  parameters: Parameters,
  verb: string,
  context: ActingContext,
  work: (http: WriteHttp, path: string) => Promise<T>,
): Promise<T> {
  const path = objectPath(
    '/api/v1',
    'secrets',
    textOf(parameters, 'namespace'),
    textOf(parameters, 'secret'),
  );
  return inCluster(textOf(parameters, 'cluster'), `${verb} secrets`, context, (http) => work(http, path));
}
