import { createCaller } from '#collectors/shared/live/caller.ts';
import { createHttp, type Http } from '#collectors/shared/live/http.ts';
import type { LiveContext } from '#contract/live.ts';
import type { GcpTarget } from '#model/target/gcp.ts';
import type { Api } from './calls.ts';
import { refine } from './failure.ts';
import { signIn } from './token.ts';

/** Google Cloud with one set of credentials: an API by its name. */
export type Session = (api: Api) => Http;

/** Policies and rights are asked for by POST; nothing else is posted. */
const READ_ONLY_POSTS = [/:getIamPolicy$/u, /:testIamPermissions$/u];

/** Opens a target; nobody is asked yet. */
export function openSession(target: GcpTarget, context: LiveContext): Session {
  const tokenOf = signIn(target, context);
  const caller = createCaller(context, { concurrency: target.concurrency });
  const open = new Map<string, Http>();
  return (api) => {
    const base = target.endpoint ?? `https://${api}.googleapis.com`;
    const known = open.get(base);
    if (known !== undefined) return known;
    const http = createHttp({
      base,
      context,
      caller,
      readOnlyPosts: READ_ONLY_POSTS,
      refine,
      authorize: async () => ({
        authorization: `Bearer ${await tokenOf()}`,
        // https://cloud.google.com/docs/quotas/set-quota-project
        ...(target.quotaProject === null ? {} : { 'x-goog-user-project': target.quotaProject }),
      }),
    });
    open.set(base, http);
    return http;
  };
}
