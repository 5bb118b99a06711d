import { createReadStream } from 'node:fs';
import { LARGEST_LINE } from './entry.ts';

/** A line of the entries' file. `whole` is false for a last line without its end: the writer was stopped in it. */
export interface Line {
  readonly text: string;
  readonly whole: boolean;
  /** Where it starts, in bytes. */
  readonly start: number;
}

/** Reads the file line by line in bounded memory; nothing where it does not exist. A line beyond the limit is cut there. */
export async function* readLines(file: string): AsyncGenerator<Line> {
  let rest: Buffer = Buffer.alloc(0);
  let start = 0;
  try {
    for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
      rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      for (let end = rest.indexOf(10); end >= 0; end = rest.indexOf(10)) {
        yield { text: textOf(rest.subarray(0, end)), whole: true, start };
        start += end + 1;
        rest = rest.subarray(end + 1);
      }
      if (rest.length > LARGEST_LINE) break;
    }
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return;
    throw error;
  }
  if (rest.length > 0) yield { text: textOf(rest), whole: false, start };
}

/** Bytes that are no UTF-8 stay distinguishable from every text that is. */
export function textOf(bytes: Buffer): string {
  const text = bytes.toString('utf8');
  return Buffer.from(text, 'utf8').equals(bytes) ? text : `\u0000${bytes.toString('latin1')}`;
}
