import { z } from 'zod';
import { ActionError, defineAction, type ObjectState } from '#contract/action.ts';
import { orAbsent } from '../shared/action-error.ts';
import type { WriteHttp } from '../shared/write-http.ts';
import { receiptOf } from './cluster.ts';
import { accountName, accountParameters, onAccount } from './service-account.ts';
import { TOKENS_SETTLE } from './settle.ts';

/**
 * Has no token mounted into new pods that run as a ServiceAccount, unless they ask for one themselves. Pods that run
 * already keep theirs: what contains a ServiceAccount is taking it out of its bindings.
 */
export const disableAutomount = defineAction({
  id: 'kubernetes/disable-automount',
  system: 'kubernetes',
  phase: 'contain',
  closes: 'subject',
  title: (parameters) => `Mount no token of the ServiceAccount ${accountName(parameters)} into new pods`,
  parametersFor: accountParameters,
  permissions: ['get serviceaccounts', 'patch serviceaccounts'],
  settle: TOKENS_SETTLE,
  read: (parameters, context): Promise<ObjectState> =>
    onAccount(parameters, 'get', context, async (http, path) => {
      const account = await read(http, path);
      if (account === null) return { present: false, done: true, document: null };
      const { uid, automount } = account;
      return { present: true, done: automount === false, document: { uid, automount } };
    }),
  act: (parameters, before, context) =>
    onAccount(parameters, 'patch', context, (http, path) => set(http, path, before, false)),
  undo: (parameters, before, context) =>
    onAccount(parameters, 'patch', context, async (http, path) => {
      const former = documentSchema.parse(before.document).automount;
      const now = await read(http, path);
      if (now === null)
        throw new ActionError('failed', 'the ServiceAccount is gone: it cannot be made again');
      return now.automount === former ? { requestId: null } : set(http, path, before, former);
    }),
});

const documentSchema = z.object({ uid: z.string(), automount: z.boolean().nullable() });

const accountSchema = z.object({
  metadata: z.object({ uid: z.string() }),
  automountServiceAccountToken: z.boolean().nullish(),
});

async function read(http: WriteHttp, path: string): Promise<z.infer<typeof documentSchema> | null> {
  const reply = await orAbsent(http({ method: 'GET', path }));
  if (reply === null) return null;
  const parsed = accountSchema.safeParse(reply.body);
  if (!parsed.success)
    throw new ActionError('failed', 'the API server sent something that is no ServiceAccount');
  const { metadata, automountServiceAccountToken: automount = null } = parsed.data;
  return { uid: metadata.uid, automount };
}

/** A patch with another uid than the object's is refused with a conflict: one made again is not touched. */
async function set(http: WriteHttp, path: string, { document }: ObjectState, automount: boolean | null) {
  const { uid } = documentSchema.parse(document);
  const body = { metadata: { uid }, automountServiceAccountToken: automount };
  const headers = { 'content-type': 'application/merge-patch+json' };
  return receiptOf(await http({ method: 'PATCH', path, body, headers }));
}
