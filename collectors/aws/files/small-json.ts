import type { RecognisedFile } from '#contract/collector.ts';
import { parseJson } from '#collectors/shared/parse-json.ts';
import { readText } from '#collectors/shared/utf8-text.ts';
import { CollectError } from '#model/errors.ts';
import type { Json } from '#model/system.ts';

/** A reply's members. */
export type Reply = { readonly [key: string]: Json };

/** Far more than any reply of the calls that are read as a whole. */
export const MAX_SMALL_BYTES = 64 * 1024 * 1024;

/** A small file as one JSON object, without the recorder's wrapper. Throws CollectError that says what is wrong. */
export async function readReply(file: RecognisedFile, signal: AbortSignal): Promise<Reply> {
  return replyOf(await readText(file.path, MAX_SMALL_BYTES, signal));
}

/** A text as one JSON object, without the recorder's wrapper. Throws CollectError that says what is wrong. */
export function replyOf(text: string): Reply {
  const parsed = parseJson(text);
  if (!parsed.ok) throw new CollectError(parsed.reason);
  const reply = unwrapped(parsed.value);
  if (reply === null) throw new CollectError('expected a JSON object');
  return reply;
}

/** What is within `{"status_code": 200, "data": …}`, as botocore's recorder stores replies; null: no object. */
export function unwrapped(value: Json): Reply | null {
  if (!isObject(value)) return null;
  const { status_code: status, data } = value;
  return status !== undefined && isObject(data) ? data : value;
}

function isObject(value: Json | undefined): value is Reply {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
