import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { print, type Io } from '../io.ts';

const CHUNK = 1_000_000;

/** Writes a report to a file that only its owner may read, or, where `file` is null, to standard output. */
export async function writeReport(
  rendered: string | Iterable<string>,
  file: string | null,
  io: Io,
): Promise<void> {
  if (file === null) {
    for (const chunk of chunks(rendered)) await print(io, chunk);
    return;
  }
  const path = resolve(io.cwd, file);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, chunks(rendered), { mode: 0o600 });
}

/** The text in pieces of about a million characters: neither a string of everything nor a write for each line. */
function* chunks(rendered: string | Iterable<string>): Generator<string, void, undefined> {
  let chunk = '';
  for (const piece of typeof rendered === 'string' ? [rendered] : rendered) {
    chunk += piece;
    if (chunk.length < CHUNK) continue;
    yield chunk;
    chunk = '';
  }
  yield chunk;
}
