import { CallError, callFailure, type FailureKind } from '#collectors/shared/live/call-error.ts';
import { createCaller } from '#collectors/shared/live/caller.ts';
import { failureOfReply, type Headers, type Refine } from '#collectors/shared/live/http-failure.ts';
import { parseJson } from '#collectors/shared/parse-json.ts';
import { createSend, type Tls } from '#collectors/shared/live/request.ts';
import type { LiveContext } from '#contract/live.ts';
import type { Json } from '#model/system.ts';

/** A JSON reply with a status of 2xx. */
export interface WriteReply {
  /** By lower-case name. */
  readonly headers: Headers;
  /** null: the reply was empty. */
  readonly body: Json;
}

export interface WriteRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Relative to the base, with its query. */
  readonly path: string;
  readonly body?: unknown;
  /** `content-type` too, where it is not plain JSON. */
  readonly headers?: Headers;
  /** A POST that only asks, and may be tried again as a GET is. */
  readonly asks?: boolean;
}

/** Reads and changes one system over JSON. Throws `CallError` for a failure that stays. */
export type WriteHttp = (request: WriteRequest) => Promise<WriteReply>;

export interface WriteHttpOptions {
  /** Where paths start. Redirects are not followed: credentials go nowhere else. */
  readonly base: string;
  readonly context: LiveContext;
  readonly concurrency: number;
  /** Headers that show who acts, made anew for each attempt. */
  readonly authorize: () => Promise<Headers>;
  readonly tls?: Tls;
  readonly refine?: Refine;
}

/** A throttled request was not taken; after any other failure nobody knows, and a change is not sent twice. */
export const NOT_TAKEN: ReadonlySet<FailureKind> = new Set<FailureKind>(['throttled']);

const MAX_BYTES = 16 * 1024 * 1024;

/** A writer for one origin and one set of credentials. */
export function createWriteHttp(options: WriteHttpOptions): WriteHttp {
  const { context, concurrency } = options;
  const base = new URL(options.base.endsWith('/') ? options.base : `${options.base}/`);
  const send = createSend(MAX_BYTES, options.tls);
  const asking = createCaller(context, { concurrency });
  const changing = createCaller(context, { concurrency, again: NOT_TAKEN });

  return async ({ method, path, body, headers = {}, asks = false }) => {
    const url = new URL(path.replace(/^\/+/u, ''), base);
    const caller = method === 'GET' || asks ? asking : changing;
    return caller.call(base.host, async (signal) => {
      const all = {
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(await options.authorize()),
        ...headers,
      };
      const text = body === undefined ? null : JSON.stringify(body);
      const reply = await send(url, { method, headers: all, body: text, signal });
      const parsed = reply.text.trim() === '' ? { ok: true as const, value: null } : parseJson(reply.text);
      if (reply.status < 200 || reply.status > 299) {
        const told = parsed.ok ? parsed.value : null;
        const now = context.clock.now();
        throw new CallError(failureOfReply(reply.status, reply.headers, told, now, options.refine));
      }
      if (!parsed.ok) throw new CallError(callFailure('malformed', parsed.reason));
      return { headers: reply.headers, body: parsed.value };
    });
  };
}
