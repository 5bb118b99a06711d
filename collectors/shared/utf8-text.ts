import { open, type FileHandle } from 'node:fs/promises';
import { CollectError } from '#model/errors.ts';

const CHUNK_BYTES = 256 * 1024;

/**
 * A text file's content as UTF-8, without a byte order mark; UTF-16 is converted. Each chunk holds until the next one
 * is asked for. Throws CollectError, without the file's name, where the file cannot be read or is in another encoding.
 */
export async function* readUtf8(path: string, signal: AbortSignal): AsyncGenerator<Buffer> {
  let decode: Decode | null = null;
  for await (const bytes of readBytes(path)) {
    signal.throwIfAborted();
    decode ??= decoderFor(bytes);
    const text = decode(bytes, true);
    if (text.length > 0) yield text;
  }
  const rest = decode?.(NOTHING, false);
  if (rest !== undefined && rest.length > 0) yield rest;
}

/** A small text file as a whole. Throws CollectError as `readUtf8` does, and for files larger than `maxBytes`. */
export async function readText(path: string, maxBytes: number, signal: AbortSignal): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of readUtf8(path, signal)) {
    size += chunk.length;
    if (size > maxBytes) throw new CollectError(`larger than ${maxBytes} bytes`);
    chunks.push(Buffer.from(chunk));
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** A file's head for recognition: without what UTF-16 read as UTF-8 leaves between the characters. */
export function plainHead(head: string): string {
  return head.replace(/^[\uFEFF\uFFFD]+/, '').replaceAll('\0', '');
}

/** Reads ahead by one chunk, into two buffers in turn. */
async function* readBytes(path: string): AsyncGenerator<Buffer> {
  const handle = await open(path, 'r').catch(refuse);
  let reading: Promise<Buffer> | null = null;
  try {
    let next = Buffer.allocUnsafe(CHUNK_BYTES);
    let spare = Buffer.allocUnsafe(CHUNK_BYTES);
    reading = readInto(handle, next);
    for (;;) {
      const bytes: Buffer = await reading;
      if (bytes.length === 0) return;
      [next, spare] = [spare, next];
      reading = readInto(handle, next);
      yield bytes;
    }
  } finally {
    await reading?.catch(() => null);
    await handle.close();
  }
}

function readInto(handle: FileHandle, buffer: Buffer): Promise<Buffer> {
  return handle
    .read(buffer, 0, buffer.length, null)
    .then(({ bytesRead }) => buffer.subarray(0, bytesRead), refuse);
}

function refuse(cause: unknown): never {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
  throw new CollectError(`the file cannot be read (${code})`, { cause });
}

/** Turns a chunk into UTF-8; `more`: others follow. */
type Decode = (bytes: Buffer, more: boolean) => Buffer;

/** Told from the mark, or else from where JSON and CSV, which start in ASCII, have their zero bytes. */
function decoderFor([a = 1, b = 1, c = 1, d = 1]: Buffer): Decode {
  if ((a === 0xff && b === 0xfe && c === 0 && d === 0) || (a === 0 && b === 0) || (b === 0 && c === 0)) {
    throw new CollectError('the text is in UTF-32, which is not read', { hint: 'Save it as UTF-8.' });
  }
  if ((a === 0xff && b === 0xfe) || b === 0) return utf16Decoder('utf-16le');
  if ((a === 0xfe && b === 0xff) || a === 0) return utf16Decoder('utf-16be');
  let markLength = a === 0xef && b === 0xbb && c === 0xbf ? 3 : 0;
  return (bytes) => {
    const text = bytes.subarray(markLength);
    markLength = 0;
    return text;
  };
}

function utf16Decoder(encoding: 'utf-16le' | 'utf-16be'): Decode {
  const decoder = new TextDecoder(encoding);
  return (bytes, more) => Buffer.from(decoder.decode(bytes, { stream: more }), 'utf8');
}

const NOTHING = Buffer.alloc(0);
