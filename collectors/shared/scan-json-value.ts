/** How much of one value is kept. */
export interface ValueLimits {
  readonly maxBytes: number;
  readonly maxDepth: number;
}

/** A JSON value that is being read, across as many chunks as it takes. */
export interface ValueScan {
  readonly use: 'element' | 'member' | 'key' | 'skipped';
  readonly path: string;
  /** Its place in a wanted list; null: it is no element. */
  readonly index: number | null;
  /** Where it starts in the stream, in bytes. */
  readonly position: number;
  readonly limits: ValueLimits;
  readonly isScalar: boolean;
  depth: number;
  inString: boolean;
  /** The next chunk's first byte is escaped by this one's last. */
  escaped: boolean;
  size: number;
  /** Copies of what earlier chunks held of it. */
  kept: Buffer[];
  /** Why its bytes are not kept; null: they are. */
  refusal: string | null;
}

/** Begins a value whose first byte is `byte`. */
export function beginValue(
  use: ValueScan['use'],
  path: string,
  index: number | null,
  position: number,
  byte: number,
  limits: ValueLimits,
): ValueScan {
  return {
    use,
    path,
    index,
    position,
    limits,
    isScalar: byte !== QUOTE && byte !== OPEN_LIST && byte !== OPEN_OBJECT,
    depth: 0,
    inString: false,
    escaped: false,
    size: 0,
    kept: [],
    refusal: null,
  };
}

/** The value's bytes, empty where it is refused or skipped, and the index in the chunk after it. */
export interface ScannedValue {
  readonly bytes: Buffer;
  readonly end: number;
}

/** Reads on from `from`; null: the chunk ends within the value. The bytes may be a view of the chunk. */
export function scanValue(scan: ValueScan, chunk: Buffer, from: number): ScannedValue | null {
  const end = scan.isScalar ? endOfScalar(chunk, from) : endOfValue(scan, chunk, from);
  const upTo = Math.min(end ?? chunk.length, chunk.length);
  scan.size += upTo - from;
  if (scan.use !== 'skipped' && scan.size > scan.limits.maxBytes) {
    scan.refusal ??= `larger than ${scan.limits.maxBytes} bytes`;
  }
  const keeps = scan.use !== 'skipped' && scan.refusal === null;
  if (end === null) {
    if (keeps) scan.kept.push(Buffer.from(chunk.subarray(from, upTo)));
    else scan.kept = [];
    return null;
  }
  if (!keeps) return { bytes: NOTHING, end };
  const last = chunk.subarray(from, upTo);
  return { bytes: scan.kept.length === 0 ? last : Buffer.concat([...scan.kept, last]), end };
}

/**
 * The hot loop: strings and brackets are all that it looks at. Text within strings is passed over by the native
 * search, indentation four spaces at a time.
 */
function endOfValue(scan: ValueScan, chunk: Buffer, from: number): number | null {
  const { length } = chunk;
  const { maxDepth } = scan.limits;
  let { depth } = scan;
  let i = from;
  if (scan.inString) {
    i = endOfString(scan, chunk, from);
    if (i <= length && depth === 0) return i;
  }
  while (i < length) {
    const byte = chunk[i++] ?? 0;
    if (byte <= SPACE) {
      while (i + 4 <= length && isFourSpaces(chunk, i)) i += 4;
    } else if (byte === QUOTE) {
      const quote = chunk.indexOf(QUOTE, i);
      i = quote !== -1 && chunk[quote - 1] !== BACKSLASH ? quote + 1 : endOfString(scan, chunk, i);
      if (i <= length && depth === 0) return i;
    } else if (byte === OPEN_OBJECT || byte === OPEN_LIST) {
      depth++;
      if (depth > maxDepth) scan.refusal ??= `nested deeper than ${maxDepth} levels`;
    } else if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) {
      depth--;
      if (depth === 0) return i;
    }
  }
  scan.depth = depth;
  return null;
}

function isFourSpaces(chunk: Buffer, at: number): boolean {
  return chunk[at] === SPACE && chunk[at + 1] === SPACE && chunk[at + 2] === SPACE && chunk[at + 3] === SPACE;
}

/** The index after the closing quote of the string whose text goes on at `from`; beyond the chunk: it does not end here. */
function endOfString(scan: ValueScan, chunk: Buffer, from: number): number {
  let at = scan.escaped ? from + 1 : from;
  for (;;) {
    const quote = chunk.indexOf(QUOTE, at);
    const stop = quote === -1 ? chunk.length : quote;
    let unescaped = stop;
    while (unescaped > at && chunk[unescaped - 1] === BACKSLASH) unescaped--;
    const isEscaped = (stop - unescaped) % 2 === 1;
    scan.inString = quote === -1;
    scan.escaped = quote === -1 && isEscaped;
    if (quote === -1) return chunk.length + 1;
    at = quote + 1;
    if (!isEscaped) return at;
  }
}

function endOfScalar(chunk: Buffer, from: number): number | null {
  for (let i = from; i < chunk.length; i++) {
    const byte = chunk[i];
    if (byte === COMMA || byte === CLOSE_LIST || byte === CLOSE_OBJECT || isSpace(byte)) return i;
  }
  return null;
}

/** White space as JSON has it. */
export function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

const SPACE = 0x20;
export const QUOTE = 0x22;
export const COMMA = 0x2c;
export const COLON = 0x3a;
export const OPEN_LIST = 0x5b;
export const CLOSE_LIST = 0x5d;
export const OPEN_OBJECT = 0x7b;
export const CLOSE_OBJECT = 0x7d;
const BACKSLASH = 0x5c;
const NOTHING = Buffer.alloc(0);
