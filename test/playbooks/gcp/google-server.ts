import { createServer, type IncomingMessage } from 'node:http';
import { onTestFinished } from 'vitest';
import { defaultTarget } from '#config/targets.ts';
import type { ActingContext } from '#contract/action.ts';
import type { Json } from '#model/system.ts';
import { liveContext } from '../../collectors/live-context.ts';

export interface Policy {
  readonly version?: number;
  readonly etag?: string;
  readonly bindings?: readonly Binding[];
  readonly [other: string]: Json | readonly Binding[] | undefined;
}

export interface Binding {
  readonly role: string;
  readonly members: readonly string[];
  readonly condition?: Json;
}

/** A Google Cloud of one's own: objects by name, allow policies by what they stand on. */
export interface GoogleState {
  readonly objects: Map<string, { [field: string]: Json }>;
  readonly policies: Map<string, Policy>;
}

export interface GoogleServer {
  readonly state: GoogleState;
  readonly context: ActingContext;
  /** Method and path of every request, as it came. */
  readonly requests: string[];
  /** Answers instead of the server, where it answers at all. */
  intercept: (method: string, name: string) => { readonly status: number; readonly body: Json } | null;
  /** Called before a policy is set: somebody else's chance. */
  beforeSet: () => void;
}

/** Starts one on the loopback for this test. */
export async function googleServer(
  objects: Record<string, { [field: string]: Json }>,
  policies: Record<string, Policy> = {},
): Promise<GoogleServer> {
  const state: GoogleState = {
    objects: new Map(Object.entries(objects)),
    policies: new Map(Object.entries(policies)),
  };
  const server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      const url = new URL(request.url ?? '/', 'http://loopback');
      const name = decodeURIComponent(url.pathname.replace(/^\/v\d+\//u, ''));
      google.requests.push(`${request.method ?? ''} ${url.pathname}${url.search}`);
      const reply =
        google.intercept(request.method ?? '', name) ??
        (request.headers.authorization === 'Bearer good'
          ? answer(google, request.method ?? '', name, body)
          : failure(401, 'UNAUTHENTICATED', 'no such token'));
      response.writeHead(reply.status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(reply.body));
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const google: GoogleServer = {
    state,
    context: contextAt(`http://127.0.0.1:${port}`),
    requests: [],
    intercept: () => null,
    beforeSet: () => undefined,
  };
  return google;
}

/** A context that acts at this endpoint. */
export function contextAt(endpoint: string): ActingContext {
  const target = defaultTarget('gcp');
  if (target.system !== 'gcp') throw new Error('not a target of Google Cloud');
  return { ...liveContext(), target: { ...target, endpoint } };
}

/** A token that the server knows. */
export const goodToken = async (): Promise<string> => Promise.resolve('good');

/** An error as Google's APIs write it. */
export function failure(code: number, status: string, message: string): { status: number; body: Json } {
  return { status: code, body: { error: { code, status, message } } };
}

const MISSING = failure(404, 'NOT_FOUND', 'it does not exist');

function answer(
  google: GoogleServer,
  method: string,
  target: string,
  body: Json,
): ReturnType<typeof failure> {
  const { state } = google;
  const [name = '', verb] = target.split(':').length > 1 ? splitVerb(target) : [target];
  if (verb === 'getIamPolicy')
    return { status: 200, body: toJson(state.policies.get(name) ?? { etag: 'ACAB' }) };
  if (verb === 'setIamPolicy') return setPolicy(google, name, body);
  const object = state.objects.get(name);
  if (object === undefined) return MISSING;
  if (method === 'DELETE') state.objects.delete(name);
  if (verb === 'disable') object['disabled'] = true;
  if (verb === 'enable') delete object['disabled'];
  if (verb === 'undelete') delete object['deleteTime'];
  return { status: 200, body: method === 'GET' ? object : {} };
}

function splitVerb(target: string): [string, string] {
  const at = target.lastIndexOf(':');
  return [target.slice(0, at), target.slice(at + 1)];
}

/** https://cloud.google.com/iam/docs/policies#etag: what was read is written, or nothing is. */
function setPolicy(google: GoogleServer, name: string, body: Json): ReturnType<typeof failure> {
  google.beforeSet();
  const { policies } = google.state;
  const now = policies.get(name) ?? { etag: 'ACAB' };
  // The tests' own requests; what is wrong with them shows.
  const { policy } = body as unknown as { policy: Policy };
  if (policy.etag !== now.etag) return failure(409, 'ABORTED', 'There were concurrent policy changes.');
  if (policy.version !== 3 && policy.bindings?.some(({ condition }) => condition !== undefined)) {
    return failure(400, 'INVALID_ARGUMENT', 'a condition needs version 3');
  }
  const next = { ...now, ...policy, etag: Buffer.from(`etag-${google.requests.length}`).toString('base64') };
  policies.set(name, next);
  return { status: 200, body: toJson(next) };
}

function toJson(value: unknown): Json {
  return JSON.parse(JSON.stringify(value)) as Json;
}

async function bodyOf(request: IncomingMessage): Promise<Json> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString('utf8');
  return text === '' ? null : (JSON.parse(text) as Json);
}
