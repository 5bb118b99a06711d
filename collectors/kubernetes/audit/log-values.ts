import { splitJson, type SplitOptions } from '#collectors/shared/split-json.ts';
import { plainHead, readUtf8 } from '#collectors/shared/utf8-text.ts';
import type { ImportFile } from '#contract/collector.ts';
import { jsonHead } from '../files/json-head.ts';
import { LISTS } from './entries.ts';

/** A value of a log's file, or why there is none. */
export type LogValue =
  { readonly place: string; readonly value: unknown } | { readonly place: string; readonly reason: string };

/** Larger than what the API server writes for one request. */
const MAX_BYTES = 8 * 1024 * 1024;
const MAX_DEPTH = 200;
const NEWLINE = 0x0a;

/**
 * The values of a log: its lines, or the elements of the list that an export is, in memory bounded by one of them. What
 * cannot be read is said, the rest is read. Throws `CollectError` where the file cannot be read.
 */
export function logValues(file: ImportFile, signal: AbortSignal): AsyncGenerator<readonly LogValue[]> {
  const head = plainHead(file.head);
  const members = jsonHead(head);
  const list = LISTS.find((name) => members.has(name));
  if (list !== undefined) return splitValues(file, { lists: [list] }, signal);
  if (/^\s*\[/u.test(head)) return splitValues(file, { lists: [''] }, signal);
  // A log of lines has a whole object in each; after a broken one the next is sound.
  return /^\s*\{\s*\n/u.test(head)
    ? splitValues(file, { lists: [], members: [''] }, signal)
    : lineValues(file, signal);
}

async function* splitValues(
  file: ImportFile,
  wanted: Pick<SplitOptions, 'lists' | 'members'>,
  signal: AbortSignal,
): AsyncGenerator<readonly LogValue[]> {
  const options = { ...wanted, maxBytes: MAX_BYTES, maxDepth: MAX_DEPTH };
  for await (const parts of splitJson(readUtf8(file.path, signal), options)) {
    yield parts.flatMap((part): readonly LogValue[] => {
      const place = `byte ${part.position}`;
      switch (part.kind) {
        case 'list':
          return [];
        case 'element':
        case 'member':
          return [parsed(part.bytes, place)];
        case 'refused':
        case 'broken':
          return [{ place, reason: part.reason }];
      }
    });
  }
}

async function* lineValues(file: ImportFile, signal: AbortSignal): AsyncGenerator<readonly LogValue[]> {
  let rest: Buffer[] = [];
  let size = 0;
  let line = 1;
  const take = (): readonly LogValue[] => {
    const bytes = Buffer.concat(rest);
    const isTooLong = size > MAX_BYTES;
    const place = `line ${line}`;
    rest = [];
    size = 0;
    line++;
    if (isTooLong) return [{ place, reason: `longer than ${MAX_BYTES} bytes` }];
    return /\S/u.test(bytes.toString('latin1')) ? [parsed(withoutTime(bytes), place)] : [];
  };
  const keep = (bytes: Buffer): void => {
    size += bytes.length;
    // Of a line that is too long nothing is kept. A chunk holds only until the next one.
    if (size <= MAX_BYTES) rest.push(Buffer.from(bytes));
    else rest = [];
  };
  for await (const chunk of readUtf8(file.path, signal)) {
    const values: LogValue[] = [];
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      keep(chunk.subarray(start, end));
      values.push(...take());
      start = end + 1;
    }
    keep(chunk.subarray(start));
    yield values;
  }
  yield take();
}

/** CloudWatch puts a time before each line that it exports to S3. */
function withoutTime(bytes: Buffer): Buffer {
  const start =
    /^\d{4}-\d\d-\d\dT[\d:.]+Z\s+/u.exec(bytes.subarray(0, 64).toString('latin1'))?.[0].length ?? 0;
  return bytes.subarray(start);
}

function parsed(bytes: Buffer, place: string): LogValue {
  try {
    return { place, value: JSON.parse(bytes.toString('utf8')) as unknown };
  } catch {
    // The parser's own message quotes the text.
    return { place, reason: 'not valid JSON' };
  }
}
