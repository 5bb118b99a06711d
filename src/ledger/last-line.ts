import { open, type FileHandle } from 'node:fs/promises';
import { LARGEST_LINE } from './entry.ts';
import { textOf, type Line } from './read-lines.ts';

/** How a file of lines ends. */
export interface LastLine {
  /** The last line that has its end; null: there is none. */
  readonly last: Line | null;
  /** What comes after it; null: nothing does. */
  readonly torn: Line | null;
}

const BLOCK = 64 * 1024;
const NEWLINE = 10;
/** A whole line and a torn one with their ends; what is longer was written by nobody of us. */
const MOST = 2 * (LARGEST_LINE + 1);

/**
 * Reads a file from its end, as far as its last whole line goes and no further; nothing where it does not exist. Throws
 * RangeError where its end holds no line as short as entries are.
 */
export async function lastLine(file: string): Promise<LastLine> {
  let handle: FileHandle;
  try {
    handle = await open(file, 'r');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
      return { last: null, torn: null };
    throw error;
  }
  try {
    return await readBack(handle);
  } finally {
    await handle.close();
  }
}

async function readBack(handle: FileHandle): Promise<LastLine> {
  const { size } = await handle.stat();
  let start = size;
  let tail: Buffer = Buffer.alloc(0);
  while (start > 0) {
    if (size - start > MOST) throw new RangeError('its end holds no line as short as entries are');
    const from = Math.max(0, start - BLOCK);
    tail = Buffer.concat([await readWhole(handle, from, start - from), tail]);
    start = from;
    const end = tail.lastIndexOf(NEWLINE);
    const before = end > 0 ? tail.lastIndexOf(NEWLINE, end - 1) : -1;
    if (end >= 0 && (before >= 0 || start === 0)) return split(tail, start, before + 1, end);
  }
  return { last: null, torn: tail.length === 0 ? null : { text: textOf(tail), whole: false, start: 0 } };
}

function split(tail: Buffer, start: number, from: number, end: number): LastLine {
  const rest = tail.subarray(end + 1);
  return {
    last: { text: textOf(tail.subarray(from, end)), whole: true, start: start + from },
    torn: rest.length === 0 ? null : { text: textOf(rest), whole: false, start: start + end + 1 },
  };
}

async function readWhole(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  let read = 0;
  while (read < length) {
    const { bytesRead } = await handle.read(buffer, read, length - read, position + read);
    if (bytesRead === 0) throw new RangeError('it was cut off while it was read');
    read += bytesRead;
  }
  return buffer;
}
