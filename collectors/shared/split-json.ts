import { createElementShortcut } from './element-shortcut.ts';
import type { JsonPart, SplitOptions } from './json-part.ts';
import {
  beginValue,
  CLOSE_LIST,
  CLOSE_OBJECT,
  COLON,
  COMMA,
  isSpace,
  OPEN_LIST,
  OPEN_OBJECT,
  QUOTE,
  scanValue,
  type ValueScan,
} from './scan-json-value.ts';

export type { JsonPart, SplitOptions } from './json-part.ts';

/**
 * Splits UTF-8 JSON into the elements of the wanted lists in memory bounded by one element, whatever surrounds them.
 * Several documents one after the other, or in one array, are read as if each stood alone; commas may be missing or
 * doubled. Yields the parts of each chunk together; never throws for what the bytes hold.
 */
export async function* splitJson(
  chunks: AsyncIterable<Buffer>,
  options: SplitOptions,
): AsyncGenerator<readonly JsonPart[]> {
  const splitter = createJsonSplitter(options);
  for await (const chunk of chunks) {
    const parts = splitter.push(chunk);
    if (parts.length > 0) yield parts;
    if (parts.at(-1)?.kind === 'broken') return;
  }
  const rest = splitter.end();
  if (rest.length > 0) yield rest;
}

interface JsonSplitter {
  readonly push: (chunk: Buffer) => JsonPart[];
  readonly end: () => JsonPart[];
}

/** A container on the way to a wanted value. */
interface Frame {
  readonly kind: 'object' | 'list';
  readonly path: string;
  /** Whether the elements of this list are wanted themselves. */
  readonly wanted: boolean;
  index: number;
  /** In an object: the path of the member whose value comes next; null: a key comes next. */
  member: string | null;
  colon: boolean;
}

const NOWHERE = '\0';
const KEY_LIMITS = { maxBytes: 1024, maxDepth: 1 };
const UNLIMITED = { maxBytes: Infinity, maxDepth: Infinity };

function createJsonSplitter(options: SplitOptions): JsonSplitter {
  const limits = { maxBytes: options.maxBytes ?? 8 * 1024 * 1024, maxDepth: options.maxDepth ?? 64 };
  const lists = new Set(options.lists);
  const members = new Set(options.members);
  const onTheWay = new Set(['', ...[...lists, ...members].flatMap(properPrefixes)]);
  const frames: Frame[] = [];
  let parts: JsonPart[] = [];
  let consumed = 0;
  let scan: ValueScan | null = null;
  let broken = false;
  let empty = true;
  const shortcut = options.parse === true ? createElementShortcut(limits.maxBytes) : null;

  function fail(position: number, reason: string): void {
    broken = true;
    parts.push({ kind: 'broken', position, reason });
  }

  function enter(kind: Frame['kind'], path: string, position: number): void {
    const wanted = kind === 'list' && lists.has(path);
    if (wanted) {
      parts.push({ kind: 'list', path, position });
      shortcut?.reset();
    }
    frames.push({ kind, path, wanted, index: 0, member: null, colon: false });
  }

  /** A value starts at `position`: go into it, take it or skip it. */
  function startValue(byte: number, position: number, frame: Frame | undefined): void {
    const path = frame === undefined ? '' : frame.kind === 'list' ? frame.path : (frame.member ?? NOWHERE);
    if (frame?.wanted === true) {
      scan = beginValue('element', path, frame.index, position, byte, limits);
    } else if (members.has(path)) {
      scan = beginValue('member', path, null, position, byte, limits);
    } else if (byte === OPEN_LIST && (lists.has(path) || (path === '' && frame?.kind !== 'list'))) {
      enter('list', path, position);
    } else if (byte === OPEN_OBJECT && onTheWay.has(path)) {
      enter('object', path, position);
    } else if (frame === undefined) {
      fail(position, 'expected a JSON object or array');
    } else {
      scan = beginValue('skipped', path, null, position, byte, UNLIMITED);
    }
  }

  /** The value in scan is complete (its bytes, unless it was refused or skipped). */
  function finishValue({ use, path, position, index, refusal }: ValueScan, bytes: Buffer): void {
    scan = null;
    const frame = frames.at(-1);
    if (use === 'key') {
      if (frame !== undefined) frame.member = refusal === null ? memberPath(frame.path, bytes) : NOWHERE;
      return;
    }
    valueDone(frame);
    if (use === 'skipped') return;
    if (refusal !== null) parts.push({ kind: 'refused', path, index, position, reason: refusal });
    else if (index === null) parts.push({ kind: 'member', path, position, bytes });
    else pushElement(path, index, position, bytes);
  }

  function pushElement(path: string, index: number, position: number, bytes: Buffer): void {
    let value: unknown;
    try {
      if (shortcut !== null) value = JSON.parse(bytes.toString('utf8'));
    } catch {
      parts.push({ kind: 'refused', path, index, position, reason: 'not valid JSON' });
      return;
    }
    parts.push({ kind: 'element', path, index, position, bytes, value });
  }

  /** The index after the element that starts at `start`, where it could be told without a scan. */
  function quickElement(chunk: Buffer, start: number): number | null {
    const frame = frames.at(-1);
    const found = frame?.wanted === true ? (shortcut?.parse(chunk, start) ?? null) : null;
    if (frame === undefined || found === null) return null;
    const { path, index } = frame;
    const { value, end: after } = found;
    parts.push({
      kind: 'element',
      path,
      index,
      position: consumed + start,
      bytes: chunk.subarray(start, after),
      value,
    });
    valueDone(frame);
    return after;
  }

  /** One byte between values, that is no white space and no comma. */
  function step(byte: number, position: number): void {
    const frame = frames.at(-1);
    const closes = byte === CLOSE_LIST ? 'list' : byte === CLOSE_OBJECT ? 'object' : null;
    if (closes !== null) {
      if (frame?.kind !== closes) fail(position, `expected no "${String.fromCharCode(byte)}" here`);
      frames.pop();
      valueDone(frames.at(-1));
    } else if (frame?.kind !== 'object' || frame.colon) {
      startValue(byte, position, frame);
    } else if (frame.member === null) {
      if (byte !== QUOTE) fail(position, 'expected a member name in double quotes');
      else scan = beginValue('key', frame.path, null, position, byte, KEY_LIMITS);
    } else if (byte === COLON) {
      frame.colon = true;
    } else fail(position, 'expected a colon after the member name');
  }

  function push(chunk: Buffer): JsonPart[] {
    parts = [];
    shortcut?.nextChunk();
    let i = 0;
    while (i < chunk.length) {
      if (broken) break;
      if (scan !== null) {
        const value = scanValue(scan, chunk, i);
        if (value === null) break;
        i = value.end;
        if (scan.use === 'element') shortcut?.scanned(i);
        finishValue(scan, value.bytes);
        continue;
      }
      const byte = chunk[i] ?? 0;
      if (!isSpace(byte) && byte !== COMMA) {
        empty = false;
        const after = quickElement(chunk, i);
        if (after !== null) {
          i = after;
          continue;
        }
        step(byte, consumed + i);
        // A value's first byte belongs to its scan.
        if (scan !== null) continue;
      }
      i++;
    }
    consumed += chunk.length;
    return parts;
  }

  function end(): JsonPart[] {
    parts = [];
    if (broken) return parts;
    const frame = frames.at(-1);
    if (scan !== null && scan.use !== 'key') {
      const where = scan.index === null ? scan.path : `${scan.path}[${scan.index}]`;
      const name = scan.path === NOWHERE ? 'a value' : where;
      fail(consumed, `the text ends inside ${name} that starts at byte ${scan.position}`);
    } else if (frame !== undefined) {
      fail(consumed, `the text ends inside ${frame.path === '' ? 'the document' : frame.path}`);
    } else if (empty) fail(consumed, 'the text is empty');
    return parts;
  }

  return { push, end };
}

function valueDone(frame: Frame | undefined): void {
  if (frame === undefined) return;
  frame.index++;
  frame.member = null;
  frame.colon = false;
}

function memberPath(parent: string, bytes: Buffer): string {
  let key: unknown;
  try {
    key = JSON.parse(bytes.toString('utf8'));
  } catch {
    return NOWHERE;
  }
  return parent === '' ? String(key) : `${parent}.${String(key)}`;
}

function properPrefixes(path: string): string[] {
  const keys = path.split('.');
  return keys.slice(1).map((_, at) => keys.slice(0, at + 1).join('.'));
}
