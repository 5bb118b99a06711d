import { OPEN_LIST, OPEN_OBJECT } from '#collectors/shared/scan-json-value.ts';
import { type JsonPart, splitJson } from '#collectors/shared/split-json.ts';
import { readUtf8 } from '#collectors/shared/utf8-text.ts';
import type { ImportFile } from '#contract/collector.ts';
import { GOES_ON, itemKind, type ListHead, MAX_DEPTH, type Piece } from './piece.ts';

/** More than the API server accepts for one object, and enough for most files as a whole. */
const MAX_BYTES = 8 * 1024 * 1024;

/**
 * The objects of a JSON file, in memory bounded by one of them: objects and lists as kubectl prints them, arrays, and
 * any number of these one after the other. What cannot be read is said, the rest is read.
 */
export async function* jsonPieces(file: ImportFile, signal: AbortSignal): AsyncGenerator<readonly Piece[]> {
  // Small files are read document by document; a list that is too long or cut short is read element by element. Where
  // a file turns out to be of the other sort, it is read once more: the same object twice is one object.
  if (file.size <= MAX_BYTES) {
    const whole = yield* documents(file, signal);
    if (whole === 'incomplete') yield* elements(file, signal);
  } else {
    const split = yield* elements(file, signal);
    if (split === 'incomplete') yield* documents(file, signal);
  }
}

type Outcome = 'complete' | 'incomplete';

async function* documents(file: ImportFile, signal: AbortSignal): AsyncGenerator<readonly Piece[], Outcome> {
  let outcome: Outcome = 'complete';
  const options = { lists: [], members: [''], maxBytes: MAX_BYTES, maxDepth: MAX_DEPTH };
  for await (const parts of splitJson(readUtf8(file.path, signal), options)) {
    if (parts.some(({ kind }) => kind === 'refused' || kind === 'broken')) outcome = 'incomplete';
    const found = parts.filter((part) => part.kind === 'member');
    const end = found.findIndex(({ bytes }) => bytes[0] !== OPEN_OBJECT && bytes[0] !== OPEN_LIST);
    const sound = end === -1 ? found : found.slice(0, end);
    yield sound.map(({ bytes, position }) => pieceOf(bytes, `byte ${position}`, null));
    // Words after the last object are what a program printed besides: nothing after them can be told apart.
    const words = found[end];
    if (words === undefined) continue;
    yield [unread(`byte ${words.position}`, 'no JSON from here on', null)];
    break;
  }
  return outcome;
}

async function* elements(file: ImportFile, signal: AbortSignal): AsyncGenerator<readonly Piece[], Outcome> {
  let outcome: Outcome = 'complete';
  let head: ListHead = NO_HEAD;
  const options = {
    lists: ['', 'items'],
    members: ['apiVersion', 'kind', 'metadata.continue'],
    maxBytes: MAX_BYTES,
    maxDepth: MAX_DEPTH,
  };
  for await (const parts of splitJson(readUtf8(file.path, signal), options)) {
    const pieces: Piece[] = [];
    for (const part of parts) {
      switch (part.kind) {
        case 'member':
          if (part.path === 'metadata.continue') {
            if (textOf(part.bytes) !== '')
              pieces.push(unread(`byte ${part.position}`, GOES_ON, itemKind(head)));
            break;
          }
          head = headWith(head, part.path === 'kind' ? 'kind' : 'apiVersion', textOf(part.bytes));
          if (head.kind?.endsWith('List') === false) outcome = 'incomplete';
          break;
        case 'list':
          pieces.push({ kind: 'list', head });
          break;
        case 'element':
          pieces.push(pieceOf(part.bytes, placeOf(part), part.path === 'items' ? head : null));
          break;
        case 'refused':
        case 'broken':
          pieces.push(unread(placeOf(part), part.reason, itemKind(head)));
          break;
      }
    }
    yield pieces;
  }
  return outcome;
}

const NO_HEAD: ListHead = { apiVersion: null, kind: null };

/** A member that was known already belongs to the next document. */
function headWith(head: ListHead, member: keyof ListHead, value: string | null): ListHead {
  return { ...(head[member] === null ? head : NO_HEAD), [member]: value };
}

function unread(place: string, reason: string, about: string | null): Piece {
  return { kind: 'unread', place, reason, about };
}

function pieceOf(bytes: Buffer, place: string, list: ListHead | null): Piece {
  try {
    return { kind: 'value', value: JSON.parse(UTF8.decode(bytes)) as unknown, place, list };
  } catch (error) {
    // The parser's own message quotes the text, which may be a Secret's.
    const reason = error instanceof TypeError ? 'not UTF-8 text' : 'not valid JSON';
    return unread(place, reason, itemKind(list));
  }
}

const UTF8 = new TextDecoder('utf-8', { fatal: true });

function placeOf(part: Exclude<JsonPart, { kind: 'list' | 'member' }>): string {
  const at = `byte ${part.position}`;
  if (part.kind === 'broken' || part.index === null) return at;
  return `${part.path}[${part.index}] at ${at}`;
}

function textOf(bytes: Buffer): string | null {
  const text = bytes.toString('utf8');
  return /^"[\w./-]*"$/u.test(text) ? text.slice(1, -1) : null;
}
