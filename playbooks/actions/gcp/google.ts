import type { Refine } from '#collectors/shared/live/http-failure.ts';
import { ActionError, type ActingContext, type Receipt } from '#contract/action.ts';
import type { GcpTarget } from '#model/target/gcp.ts';
import { acting, orAbsent } from '../shared/action-error.ts';
import { createWriteHttp, type WriteHttp, type WriteReply, type WriteRequest } from '../shared/write-http.ts';
import type { TokenOf } from './token.ts';

/** Google's APIs name no request in their replies. */
export const NO_ID: Receipt = { requestId: null };

/** Google's APIs that actions call. */
export type GoogleApi = 'iam' | 'cloudresourcemanager' | 'apikeys';

export interface GoogleRequest extends WriteRequest {
  /** The right that the call takes. */
  readonly permission: string;
}

/** Calls one of Google's APIs; null: the object is not there. Throws ActionError. */
export type Google = (api: GoogleApi, request: GoogleRequest) => Promise<WriteReply | null>;

/** Google Cloud with the credentials that act. Throws ActionError `refused` for a target of another system. */
export function google(context: ActingContext, tokenOf: TokenOf): Google {
  const { target } = context;
  if (target.system !== 'gcp') throw new ActionError('refused', `${target.system} is not Google Cloud`);
  const clients = new Map<string, WriteHttp>();
  const clientFor = (base: string): WriteHttp => {
    const client = clients.get(base) ?? createClient(base, target, context, tokenOf);
    clients.set(base, client);
    return client;
  };
  return (api, { permission, ...request }) => {
    const http = clientFor(target.endpoint ?? `https://${api}.googleapis.com`);
    return acting(
      () => orAbsent(http(request)),
      () => permission,
    );
  };
}

function createClient(base: string, target: GcpTarget, context: ActingContext, tokenOf: TokenOf): WriteHttp {
  const { quotaProject, concurrency } = target;
  return createWriteHttp({
    base,
    context,
    concurrency,
    refine,
    authorize: async () => ({
      authorization: `Bearer ${await tokenOf(context)}`,
      ...(quotaProject === null ? {} : { 'x-goog-user-project': quotaProject }),
    }),
  });
}

/** An API that is switched off answers 403 as a missing right does (https://google.aip.dev/193#errorinfo). */
const refine: Refine = (_status, _headers, body) =>
  JSON.stringify(body).includes('"SERVICE_DISABLED"') ? { kind: 'disabled' } : {};
