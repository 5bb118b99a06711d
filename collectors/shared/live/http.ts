import type { LiveContext } from '#contract/live.ts';
import { parseJson } from '../parse-json.ts';
import { CallError, callFailure } from './call-error.ts';
import type { Caller } from './caller.ts';
import { failureOfReply, type Headers, type Refine } from './http-failure.ts';
import { createSend, type Tls } from './request.ts';

/** A JSON reply with a status of 2xx. */
export interface HttpReply {
  readonly status: number;
  /** By lower-case name. */
  readonly headers: Headers;
  /** null: the reply was empty. */
  readonly body: unknown;
}

export interface RequestOptions {
  /** What the provider limits by; left out: the host. */
  readonly key?: string;
  readonly query?: Readonly<Record<string, string | number>>;
  readonly headers?: Headers;
}

/** Reads JSON from one origin. Every method throws `CallError` for a failure that stays. */
export interface Http {
  /** `path` is relative to the base, or an absolute URL on its origin. */
  readonly get: (path: string, options?: RequestOptions) => Promise<HttpReply>;
  /** For questions that APIs want as POST; paths that are not known to only read are refused. */
  readonly post: (path: string, body: unknown, options?: RequestOptions) => Promise<HttpReply>;
  /** All pages; `next` tells the path or URL of the page after, null at the end. A page that comes twice ends in an error. */
  readonly pages: (
    path: string,
    next: (body: unknown) => string | null,
    options?: RequestOptions,
  ) => AsyncIterable<HttpReply>;
}

export interface HttpOptions {
  /** Where paths start: `https://management.azure.com`. */
  readonly base: string;
  readonly caller: Caller;
  readonly context: LiveContext;
  /** Headers that show who asks, made anew for each attempt. */
  readonly authorize: () => Promise<Headers>;
  /** Paths, without query, that a POST only reads from. */
  readonly readOnlyPosts?: readonly RegExp[];
  readonly tls?: Tls;
  /** The largest reply. Default 64 MiB. */
  readonly maxBytes?: number;
  readonly refine?: Refine;
}

const MAX_BYTES = 64 * 1024 * 1024;

/** A reader for one origin and one set of credentials. */
export function createHttp(options: HttpOptions): Http {
  const base = new URL(options.base.endsWith('/') ? options.base : `${options.base}/`);
  const send = createSend(options.maxBytes ?? MAX_BYTES, options.tls);

  const ask = (method: 'GET' | 'POST', path: string, body: string | null, request: RequestOptions) => {
    const url = resolve(base, path, request.query);
    if (method === 'POST' && !(options.readOnlyPosts ?? []).some((known) => known.test(url.pathname))) {
      throw new Error(`POST ${url.pathname} is not known to only read`);
    }
    return options.caller.call(request.key ?? base.host, async (signal) => {
      const headers = {
        accept: 'application/json',
        ...(body === null ? {} : { 'content-type': 'application/json' }),
        ...(await options.authorize()),
        ...request.headers,
      };
      const reply = await send(url, { method, headers, body, signal });
      return understood(reply, options);
    });
  };
  const get: Http['get'] = async (path, request = {}) => ask('GET', path, null, request);

  return {
    get,
    post: async (path, body, request = {}) => ask('POST', path, JSON.stringify(body), request),
    pages: async function* (path, next, request = {}) {
      const seen = new Set<string>();
      let link: string | null = path;
      let query = request.query;
      while (link !== null) {
        if (seen.has(link)) throw new CallError(callFailure('malformed', 'a page that was there before'));
        seen.add(link);
        const { query: _first, ...rest } = request;
        const reply: HttpReply = await get(link, query === undefined ? rest : { ...rest, query });
        yield reply;
        link = next(reply.body);
        // A link to the next page carries its own query.
        query = undefined;
      }
    },
  };
}

/** Credentials go to the origin that they are for and nowhere else, whatever a reply's link says. */
function resolve(base: URL, path: string, query: RequestOptions['query'] = {}): URL {
  const absolute = /^[a-z][a-z\d+.-]*:/iu.test(path);
  let url: URL;
  try {
    url = absolute ? new URL(path) : new URL(path.replace(/^\/+/u, ''), base);
  } catch (error) {
    throw new CallError(callFailure('malformed', `not a URL: ${path}`), error);
  }
  if (url.origin !== base.origin || url.username !== '' || url.password !== '') {
    throw new CallError(callFailure('malformed', `a link that leaves ${base.origin}: ${url.origin}`));
  }
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, String(value));
  return url;
}

function understood(
  { status, headers, text }: { status: number; headers: Headers; text: string },
  { context, refine }: HttpOptions,
): HttpReply {
  const parsed = text.trim() === '' ? { ok: true as const, value: null } : parseJson(text);
  if (status < 200 || status > 299) {
    const body = parsed.ok ? parsed.value : null;
    throw new CallError(failureOfReply(status, headers, body, context.clock.now(), refine));
  }
  if (!parsed.ok) throw new CallError(callFailure('malformed', parsed.reason, { status }));
  return { status, headers, body: parsed.value };
}
