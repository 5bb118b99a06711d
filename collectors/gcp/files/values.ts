import { parseJson } from '#collectors/shared/parse-json.ts';
import { type JsonPart, splitJson } from '#collectors/shared/split-json.ts';
import { plainHead, readUtf8 } from '#collectors/shared/utf8-text.ts';
import type { ImportFile } from '#contract/collector.ts';
import { CollectError } from '#model/errors.ts';
import type { Json } from '#model/system.ts';
import { objectOf, textOf } from '../fields.ts';

/** One value of a file with its place, or what went wrong. */
export type FileValue =
  | { readonly value: Json; readonly place: string; readonly problem: null }
  | { readonly place: string; readonly problem: string };

/** The lists that Google's APIs wrap their answers in. */
const WRAPPERS = [
  'accounts',
  'accessPolicies',
  'activities',
  'assets',
  'folders',
  'items',
  'groups',
  'keys',
  'memberships',
  'organizations',
  'policies',
  'policyBindings',
  'principalAccessBoundaryPolicies',
  'projects',
  'results',
  'roles',
  'workforcePoolProviders',
  'workforcePools',
  'workloadIdentityPoolProviders',
  'workloadIdentityPools',
];

const LIMITS = { maxBytes: 8 * 1024 * 1024, maxDepth: 64 };

/**
 * The values of a file in memory bounded by one of them: the elements of a list, one object, one object a line, and the
 * lists within the answers of the APIs. What is too large, too deep or malformed is said with its place.
 */
export async function* valuesOf(file: ImportFile, signal: AbortSignal): AsyncGenerator<FileValue> {
  try {
    if (plainHead(file.head).trimStart().startsWith('[')) {
      yield* split(file, { lists: [''], ...LIMITS }, signal);
      return;
    }
    let tooLarge = false;
    for await (const each of split(file, { lists: [], members: [''], ...LIMITS }, signal)) {
      // An answer of the API that is too large as a whole is read list by list.
      if (each.problem?.startsWith('larger than') === true) tooLarge = true;
      else yield* opened(each);
    }
    if (tooLarge) yield* split(file, { lists: WRAPPERS, members: ['nextPageToken'], ...LIMITS }, signal);
  } catch (error) {
    if (!(error instanceof CollectError)) throw error;
    yield { place: file.label, problem: error.message };
  }
}

async function* split(
  file: ImportFile,
  options: Parameters<typeof splitJson>[1],
  signal: AbortSignal,
): AsyncGenerator<FileValue> {
  for await (const parts of splitJson(readUtf8(file.path, signal), options))
    for (const part of parts) yield* valueOf(part, file.label);
}

function* valueOf(part: JsonPart, label: string): Generator<FileValue> {
  const place = `${label}: byte ${part.position}`;
  switch (part.kind) {
    case 'list':
      return;
    case 'refused':
    case 'broken':
      yield { place, problem: part.reason };
      return;
    case 'element':
    case 'member': {
      const parsed = parseJson(part.bytes.toString('utf8'), LIMITS.maxDepth);
      if (!parsed.ok) yield { place, problem: parsed.reason };
      else if (part.path !== 'nextPageToken') yield { value: parsed.value, place, problem: null };
      else if (parsed.value !== '') yield { place, problem: NEXT_PAGE };
    }
  }
}

const NEXT_PAGE = 'a next page is not in the file';

/** The elements of the list in an API's answer; any other value is itself. */
function* opened(each: FileValue): Generator<FileValue> {
  const fields = each.problem === null ? objectOf(each.value) : null;
  if (fields === null || each.problem !== null) {
    // A document that is a list stands after one that is none.
    const list: unknown = each.problem === null ? each.value : null;
    if (Array.isArray(list)) for (const value of list) yield { value, place: each.place, problem: null };
    else yield each;
    return;
  }
  const lists = WRAPPERS.filter((name) => Object.hasOwn(fields, name) && Array.isArray(fields[name]));
  if (lists.length === 0 || textOf(fields, 'name') !== null) {
    yield each;
    return;
  }
  for (const name of lists) {
    const list: unknown = fields[name];
    for (const value of Array.isArray(list) ? list : []) yield { value, place: each.place, problem: null };
  }
  if (textOf(fields, 'nextPageToken') !== null) yield { place: each.place, problem: NEXT_PAGE };
}
