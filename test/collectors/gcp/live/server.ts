import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import { onTestFinished } from 'vitest';
import { gcpLive } from '#collectors/gcp/live/index.ts';
import { defaultTarget } from '#config/targets.ts';
import type { LiveContext } from '#contract/live.ts';
import type { Observation } from '#model/record.ts';
import type { GcpTarget } from '#model/target/gcp.ts';
import { liveContext, type TestContext } from '#test/collectors/live-context.ts';
import { rowsOf, type RowsOf } from '../importing.ts';

/** A request as it came. */
export interface Asked {
  readonly method: string;
  /** As sent: a slash within a name is `%2F`. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  /** The permissions that are asked about. */
  readonly permissions: readonly string[];
}

export interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Takes the answer over, to break it. */
  readonly raw?: (response: ServerResponse) => void;
}

export interface TestCloud {
  readonly endpoint: string;
  readonly asked: readonly Asked[];
}

/** A server on the loopback for this test; what is not answered has an empty answer, as Google gives for empty lists. */
export async function cloudServer(answer: (asked: Asked) => Answer | undefined): Promise<TestCloud> {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    void textOf(request).then((text) => {
      const url = new URL(request.url ?? '/', 'http://loopback');
      const { method = '', headers: sent } = request;
      // Only testIamPermissions has a body with that member.
      const isJson = text.startsWith('{');
      const { permissions = [] } = JSON.parse(isJson ? text : '{}') as { permissions?: string[] };
      const one = { method, path: url.pathname, query: url.searchParams, headers: sent, permissions };
      asked.push(one);
      const { status = 200, headers = {}, body = {}, raw } = answer(one) ?? {};
      if (raw !== undefined) {
        raw(response);
        return;
      }
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(typeof body === 'string' ? body : JSON.stringify(body));
    });
  });
  onTestFinished(() => {
    server.close().closeAllConnections();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return { endpoint: `http://127.0.0.1:${port}`, asked };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

/** An error as Google writes it (https://google.aip.dev/193). */
export function failure(code: number, status: string, reason?: string, metadata: object = {}): Answer {
  const type = 'type.googleapis.com/google.rpc.ErrorInfo';
  const details = reason === undefined ? [] : [{ '@type': type, reason, domain: 'googleapis.com', metadata }];
  return { status: code, body: { error: { code, status, message: `${status} told by the test`, details } } };
}

/** A target on a test server. */
export function targetAt(
  { endpoint }: Pick<TestCloud, 'endpoint'>,
  more: Partial<GcpTarget> = {},
): GcpTarget {
  const target = defaultTarget('gcp');
  if (target.system !== 'gcp') throw new Error('not a target of Google Cloud');
  return { ...target, endpoint, concurrency: 4, ...more };
}

export const ENVIRONMENT = { CLOUDSDK_AUTH_ACCESS_TOKEN: 'a-token' };

/** Reads a target to the end. */
export async function readAll(target: GcpTarget, context: LiveContext = testContext()): Promise<RowsOf> {
  const rows: Observation[] = [];
  for await (const batch of gcpLive.read(target, context)) rows.push(...batch);
  return rowsOf(rows);
}

export function testContext(signal?: AbortSignal): TestContext {
  return liveContext({ environment: ENVIRONMENT, ...(signal === undefined ? {} : { signal }) });
}
