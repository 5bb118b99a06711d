import { CallError, callFailure } from '#collectors/shared/live/call-error.ts';
import { gapOf } from '#collectors/shared/live/gap.ts';
import type { Coverage } from '#model/scope.ts';
import { objectOf, type Fields } from '../files/fields.ts';
import type { Gathering } from '../gather.ts';
import { member, type Session } from './session.ts';
import type { Call } from './calls.ts';

/** A reading under way. */
export interface Reading extends Session {
  readonly gathering: Gathering;
  readonly coverage: Coverage[];
}

/** Where a call is asked and which scope its coverage is of. */
export interface Place {
  readonly scope: string;
  readonly scopeUid: string | null;
}

/**
 * Reads a list whole, takes its entities and says how it went. Entities of pages before a failure are kept. Throws
 * what is no failure of the call.
 */
export async function readList(reading: Reading, call: Call, place: Place): Promise<readonly Fields[]> {
  const found: Fields[] = [];
  let unread = 0;
  try {
    for await (const { fields, context } of entities(reading, call, place)) {
      if (call.path.endsWith('/resources') && objectOf(fields['identity']) === null) continue;
      if (reading.gathering.add(fields, context, nameOf(call, place))) found.push(fields);
      else unread++;
    }
    const detail = unread === 0 ? null : `${unread} entries hold nothing known about identities`;
    said(reading, call, place, unread === 0 ? 'complete' : 'partial', detail);
  } catch (error) {
    failed(reading, call, place, error);
  }
  return found;
}

/** The one entity that an address holds, taken in like one of a list. */
export async function readOne(reading: Reading, call: Call, place: Place): Promise<void> {
  try {
    const { body } = await reading.http(call.api).get(pathOf(call, place), { query: call.query });
    const fields = objectOf(body);
    if (fields === null || !reading.gathering.add(fields, '', nameOf(call, place)))
      throw new CallError(callFailure('malformed', 'the answer is nothing known'));
    said(reading, call, place, 'complete', null);
  } catch (error) {
    failed(reading, call, place, error);
  }
}

/** How coverage names a call: `GET /v1.0/groups/{id}/members`. */
export function nameOf({ path, api }: Call, { scope }: Place): string {
  return `GET ${api === 'graph' ? path.replace('{scope}', '{id}') : path.replace('{scope}', () => scope)}`;
}

async function* entities(
  reading: Reading,
  call: Call,
  place: Place,
): AsyncGenerator<{ readonly fields: Fields; readonly context: string }> {
  const next = (body: unknown): string | null => {
    const link = member(body, call.api === 'graph' ? '@odata.nextLink' : 'nextLink');
    return typeof link === 'string' && link !== '' ? link : null;
  };
  const query = Object.fromEntries(
    Object.entries(call.query).map(([name, value]) => [name, value.replace('{scope}', () => place.scope)]),
  );
  const options = { query, key: `${call.api}@${place.scopeUid ?? ''}` };
  for await (const { body } of reading.http(call.api).pages(pathOf(call, place), next, options)) {
    const value = member(body, 'value');
    if (!Array.isArray(value)) throw new CallError(callFailure('malformed', 'the answer is no list'));
    const told = member(body, '@odata.context');
    for (const each of value) {
      const fields = objectOf(each);
      if (fields === null) throw new CallError(callFailure('malformed', 'an entry is no object'));
      yield { fields, context: contextOf(call, place) ?? (typeof told === 'string' ? told : call.path) };
    }
  }
}

/** Members and owners are of any kind: whose they are stands in the address only. */
function contextOf({ path }: Call, { scope }: Place): string | null {
  const [, set, part] = /\/(\w+)\/\{scope\}\/(members|owners)$/u.exec(path) ?? [];
  if (set !== undefined && part !== undefined) return `${set}('${scope}')/${part}`;
  return path.includes('microsoft.graph.') || path.includes('Eligibility') ? path : null;
}

function pathOf({ path }: Call, { scope }: Place): string {
  const safe = scope.split('/').map((part) => encodeURIComponent(part));
  return path.replace('{scope}', () => safe.join('/'));
}

function failed(reading: Reading, call: Call, place: Place, error: unknown): void {
  if (!(error instanceof CallError)) throw error;
  for (const feed of call.feeds.length === 0 ? [null] : call.feeds) {
    const row = { feed, call: nameOf(call, place), permission: call.permission };
    reading.coverage.push(gapOf(error.failure, { system: 'azure', scopeUid: place.scopeUid, ...row }));
  }
}

function said(
  reading: Reading,
  call: Call,
  place: Place,
  status: Coverage['status'],
  detail: string | null,
): void {
  for (const feed of call.feeds) {
    const row = { feed, call: nameOf(call, place), status, detail };
    reading.coverage.push({ system: 'azure', scopeUid: place.scopeUid, missingPermission: null, ...row });
  }
}
