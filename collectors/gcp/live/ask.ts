import { CallError, callFailure } from '#collectors/shared/live/call-error.ts';
import type { RequestOptions } from '#collectors/shared/live/http.ts';
import type { Json, Uid } from '#model/system.ts';
import { type Fields, listOf, objectOf, textOf } from '../fields.ts';
import type { Call } from './calls.ts';
import type { Malformed, Reading } from './reading.ts';

/** A list as an API gives it. */
export interface ListRequest {
  readonly call: Call;
  readonly scopeUid: Uid | null;
  readonly path: string;
  /** The member of an answer that holds the list. */
  readonly list: string;
  readonly query?: Readonly<Record<string, string | number>>;
}

/** Takes in the elements of all pages and gives them; null: a page failed, which is kept, as are those before it. */
export async function take(reading: Reading, request: ListRequest): Promise<readonly Json[] | null> {
  const { call, scopeUid, path, list, query = {} } = request;
  return reading.outcomes.attempt(call, scopeUid, async (malformed) => {
    const next = (body: unknown): string | null => {
      const token = textOf(objectOf(body), 'nextPageToken');
      if (token === null) return null;
      const words = Object.entries(query).map(([key, value]): [string, string] => [key, String(value)]);
      return `${path}?${new URLSearchParams([...words, ['pageToken', token]]).toString()}`;
    };
    const found: Json[] = [];
    const pages = reading.session(call.api).pages(path, next, { ...keyOf(call, scopeUid), query });
    for await (const { body } of pages) {
      for (const each of elements(body, list)) {
        addTo(reading, malformed, each, `${call.name} ${path}`, null);
        found.push(each);
      }
    }
    return found;
  });
}

function addTo(
  { intake }: Reading,
  malformed: Malformed,
  value: unknown,
  place: string,
  about: string | null,
): void {
  const before = intake.problems.length;
  intake.add(value, place, about);
  const problem = intake.problems[before];
  if (problem !== undefined) malformed(problem);
}

/** Takes in one object and gives it; null: the call failed, which is kept. */
export async function takeOne(
  reading: Reading,
  call: Call,
  scopeUid: Uid | null,
  path: string,
): Promise<Fields | null> {
  return reading.outcomes.attempt(call, scopeUid, async (malformed) => {
    const { body } = await reading.session(call.api).get(path, keyOf(call, scopeUid));
    addTo(reading, malformed, body, `${call.name} ${path}`, null);
    return objectOf(body);
  });
}

/** Takes in the allow policy of a resource, with its conditions (https://cloud.google.com/iam/docs/policies#versions). */
export async function takePolicy(
  reading: Reading,
  call: Call,
  scopeUid: Uid,
  {
    path,
    on,
    query = {},
  }: { readonly path: string; readonly on: string; readonly query?: RequestOptions['query'] },
): Promise<void> {
  await reading.outcomes.attempt(call, scopeUid, async (malformed) => {
    const body = { options: { requestedPolicyVersion: 3 } };
    const options = { ...keyOf(call, scopeUid), query: query ?? {} };
    const reply = await reading.session(call.api).post(path, call.api === 'iam' ? {} : body, options);
    if (objectOf(reply.body) === null)
      throw new CallError(callFailure('malformed', 'the answer is no object'));
    // A resource without a policy has an answer with nothing in it.
    const policy = { etag: '', bindings: [], ...objectOf(reply.body) };
    addTo(reading, malformed, policy, `${call.name} ${on}`, on);
  });
}

function elements(body: unknown, list: string): readonly Json[] {
  const fields = objectOf(body);
  const value = fields?.[list] ?? [];
  if (fields === null || !Array.isArray(value))
    throw new CallError(callFailure('malformed', `the answer has no list of ${list}`));
  return listOf(fields, list);
}

/** Google limits calls by API and project. */
function keyOf({ api }: Call, scopeUid: Uid | null): { readonly key: string } {
  return { key: `${api}@${scopeUid ?? ''}` };
}

/** A name as part of a path: what separates its parts stays. */
export function pathOf(name: string): string {
  return name.split('/').map(encodeURIComponent).join('/').replaceAll('%40', '@');
}
