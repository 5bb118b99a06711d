import { CallError, callFailure } from '#collectors/shared/live/call-error.ts';
import type { Http } from '#collectors/shared/live/http.ts';
import { unpack, type Unpacked } from '../objects/unpack.ts';
import { type ListCall, pathOf } from './calls.ts';

const RESTARTS = 3;

/**
 * All objects of a list, each page after the other. A list whose paging token expires (410) is read again from the
 * start, and nothing of the broken attempt is kept. Throws `CallError`.
 * https://kubernetes.io/docs/reference/using-api/api-concepts/#retrieving-large-results-sets-in-chunks
 */
export async function listAll(
  http: Http,
  call: ListCall,
  namespace: string | null,
): Promise<readonly Unpacked[]> {
  for (let restarts = 0; ; restarts++) {
    try {
      return await attempt(http, call, pathOf(call, namespace));
    } catch (error) {
      const isExpired = error instanceof CallError && error.failure.status === 410;
      if (!isExpired || restarts >= RESTARTS) throw error;
    }
  }
}

async function attempt(http: Http, call: ListCall, path: string): Promise<readonly Unpacked[]> {
  const found: Unpacked[] = [
    { kind: 'list', head: { apiVersion: 'v1', kind: `${call.kind}List` }, isEmpty: true },
  ];
  const next = (body: unknown): string | null => {
    const token = member(member(body, 'metadata'), 'continue');
    if (typeof token !== 'string' || token === '') return null;
    const query = new URLSearchParams({ continue: token });
    for (const [key, value] of Object.entries(call.query)) query.set(key, String(value));
    return `${path}?${query.toString()}`;
  };
  const { query, headers } = call;
  for await (const { body } of http.pages(path, next, { query, headers })) {
    const items = member(body, 'items');
    if (items !== null && !Array.isArray(items)) {
      throw new CallError(callFailure('malformed', 'the answer is no list of Kubernetes'));
    }
    // Items of a list carry no kind of their own: the list's head says it. Paging is done here.
    const head = { kind: member(body, 'kind'), apiVersion: member(body, 'apiVersion') };
    const value = { ...head, metadata: {}, items };
    found.push(...unpack({ kind: 'value', value, place: path, list: null }));
  }
  return found;
}

function member(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? Reflect.get(value, key)
    : undefined;
}
