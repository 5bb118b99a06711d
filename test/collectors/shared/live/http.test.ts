import { describe, expect, it } from 'vitest';
import { CallError } from '#collectors/shared/live/call-error.ts';
import { createCaller } from '#collectors/shared/live/caller.ts';
import { createHttp, type HttpOptions } from '#collectors/shared/live/http.ts';
import { liveContext, type TestContext } from '#test/collectors/live-context.ts';
import { cutOff, json, loopback, text, type Loopback } from './loopback.ts';

const nextLink = (body: unknown) => {
  const link: unknown = Reflect.get(Object(body), 'next');
  return typeof link === 'string' ? link : null;
};

function reader(
  server: Loopback,
  more: Partial<HttpOptions> & { readonly context?: TestContext; readonly timeoutMs?: number } = {},
) {
  const context = more.context ?? liveContext();
  const { timeoutMs = 60_000 } = more;
  const http = createHttp({
    base: server.base,
    caller: createCaller(context, { concurrency: 4, timeoutMs, attempts: 3 }),
    context,
    authorize: async () => ({ authorization: 'Bearer t' }),
    ...more,
  });
  return { http, context };
}

async function failureOf(work: Promise<unknown>) {
  const error = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(CallError);
  return (error as CallError).failure;
}

describe('reading JSON over HTTP', () => {
  it('gives status, headers and body, and shows the credentials to the server', async () => {
    const server = await loopback(json({ a: 1 }, 200, { 'x-request-id': 'r1' }));
    const reply = await reader(server).http.get('/v1/things', { query: { top: 2 } });
    expect(reply.body).toEqual({ a: 1 });
    expect(reply.headers['x-request-id']).toBe('r1');
    expect(server.requests[0]).toMatchObject({ url: '/v1/things?top=2', method: 'GET' });
    expect(server.requests[0]?.headers.authorization).toBe('Bearer t');
  });

  it('keeps the path of the base', async () => {
    const server = await loopback(json({}));
    await reader(server, { base: `${server.base}/gateway` }).http.get('/v1/things');
    expect(server.requests[0]?.url).toBe('/gateway/v1/things');
  });

  it('waits as long as the provider asks before it tries again', async () => {
    const server = await loopback(json({}, 429, { 'retry-after': '7' }), json({ ok: true }));
    const { http, context } = reader(server);
    expect((await http.get('/x')).body).toEqual({ ok: true });
    expect(Math.max(...context.slept)).toBeGreaterThanOrEqual(7000);
  });

  it('understands Retry-After as a date and in milliseconds', async () => {
    const date = new Date(Date.parse('2026-11-20T00:00:09.000Z')).toUTCString();
    const server = await loopback(
      json({}, 503, { 'retry-after': date }),
      json({}, 429, { 'x-ms-retry-after-ms': '1500' }),
      json({ ok: true }),
    );
    const { http, context } = reader(server);
    await http.get('/x');
    expect(context.slept[0]).toBeGreaterThanOrEqual(9000);
    expect(context.slept.slice(1).some((wait) => wait >= 1500 && wait < 9000)).toBe(true);
  });

  it('tries again with a growing, jittered wait where the provider does not say how long', async () => {
    const server = await loopback(json({}, 500), json({}, 500), json({ ok: true }));
    const { http, context } = reader(server);
    await http.get('/x');
    expect(context.slept).toEqual([100, 200]);
  });

  it('gives up after the last attempt and says what the provider said', async () => {
    const server = await loopback(json({ error: { code: 'Busy', message: 'come\nback later' } }, 503));
    const { http } = reader(server);
    expect(await failureOf(http.get('/x'))).toMatchObject({
      kind: 'server-error',
      status: 503,
      code: 'Busy',
      detail: 'come back later',
    });
    expect(server.requests).toHaveLength(3);
  });

  it('gives up at once where the provider asks for more patience than a scan has', async () => {
    const server = await loopback(json({}, 429, { 'retry-after': '86400' }));
    const { http, context } = reader(server);
    expect((await failureOf(http.get('/x'))).kind).toBe('throttled');
    expect(server.requests).toHaveLength(1);
    expect(context.slept).toEqual([]);
  });

  it.each([
    [401, 'unauthenticated'],
    [403, 'denied'],
    [404, 'missing'],
    [410, 'missing'],
    [400, 'malformed'],
    [302, 'malformed'],
  ] as const)('does not ask again after %i: %s', async (status, kind) => {
    const server = await loopback(json({}, status, { location: 'http://127.0.0.1:1/' }));
    expect((await failureOf(reader(server).http.get('/x'))).kind).toBe(kind);
    expect(server.requests).toHaveLength(1);
  });

  it('lets a provider refine what a status means', async () => {
    const server = await loopback(json({ error: { status: 'SERVICE_DISABLED' } }, 403));
    const { http } = reader(server, { refine: () => ({ kind: 'disabled' }) });
    expect((await failureOf(http.get('/x'))).kind).toBe('disabled');
  });

  it('asks again after a reply that was cut off', async () => {
    const server = await loopback(cutOff, json({ ok: true }));
    expect((await reader(server).http.get('/x')).body).toEqual({ ok: true });
  });

  it('says that a server cannot be reached', async () => {
    const server = await loopback(json({}));
    const { http } = reader(server, { base: 'http://127.0.0.1:1' });
    expect((await failureOf(http.get('/x'))).kind).toBe('unreachable');
  });

  it('ends an attempt that takes too long and tries again', async () => {
    const server = await loopback(() => undefined, json({ ok: true }));
    expect((await reader(server, { timeoutMs: 100 }).http.get('/x')).body).toEqual({ ok: true });
    expect(server.requests).toHaveLength(2);
  });

  it('ends at once when the scan is aborted, with the reason it was aborted for', async () => {
    const abort = new AbortController();
    const context = liveContext({ signal: abort.signal });
    const server = await loopback(() => abort.abort(new Error('stopped')));
    await expect(reader(server, { context }).http.get('/x')).rejects.toThrow('stopped');
  });

  it.each([
    ['not JSON', '<html>'],
    ['cut JSON', '{"a":'],
    ['nested without end', `${'['.repeat(200)}${']'.repeat(200)}`],
  ])('calls a reply that is %s malformed', async (_name, body) => {
    const server = await loopback(text(body));
    expect((await failureOf(reader(server).http.get('/x'))).kind).toBe('malformed');
  });

  it('refuses a reply that is larger than it may be', async () => {
    const server = await loopback(text(JSON.stringify('x'.repeat(5000))));
    const failed = await failureOf(reader(server, { maxBytes: 1000 }).http.get('/x'));
    expect(failed).toMatchObject({ kind: 'malformed', detail: 'a reply of more than 1000 bytes' });
  });

  it('refuses to post to a path that is not known to only read', async () => {
    const server = await loopback(json({ bindings: [] }));
    const { http } = reader(server, { readOnlyPosts: [/:getIamPolicy$/u] });
    expect((await http.post('/v1/projects/p:getIamPolicy', { v: 3 })).body).toEqual({ bindings: [] });
    expect(server.requests[0]?.body).toBe('{"v":3}');
    await expect(http.post('/v1/projects/p:setIamPolicy', {})).rejects.toThrow('not known to only read');
    expect(server.requests).toHaveLength(1);
  });
});

describe('paging', () => {
  it('follows links on the same origin and leaves the first query behind', async () => {
    const server = await loopback(json({ n: 1, next: '/p?token=2' }), json({ n: 2 }));
    const bodies: unknown[] = [];
    for await (const { body } of reader(server).http.pages('/p', nextLink, { query: { top: 1 } })) {
      bodies.push(body);
    }
    expect(bodies).toEqual([{ n: 1, next: '/p?token=2' }, { n: 2 }]);
    expect(server.requests.map(({ url }) => url)).toEqual(['/p?top=1', '/p?token=2']);
  });

  it.each(['http://127.0.0.2/p', 'https://127.0.0.1/p', 'http://user@HOST/p', 'file:///etc/passwd'])(
    'never follows a link to %s',
    async (link) => {
      const seen: string[] = [];
      const server = await loopback((response) => {
        seen.push('asked');
        json({ next: link.replace('HOST', new URL(server.base).host) })(response, undefined as never, '');
      });
      const pages = reader(server).http.pages('/p', nextLink);
      const all = (async () => {
        for await (const { status } of pages) seen.push(`page ${status}`);
      })();
      expect((await failureOf(all)).kind).toBe('malformed');
      expect(seen).toEqual(['asked', 'page 200']);
    },
  );

  it('ends where a page links back to one that was there before', async () => {
    const server = await loopback(json({ next: '/p' }));
    const pages = reader(server).http.pages('/p', nextLink)[Symbol.asyncIterator]();
    expect((await pages.next()).done).toBe(false);
    expect((await failureOf(pages.next())).detail).toBe('a page that was there before');
  });
});
