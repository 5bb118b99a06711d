import { open, stat } from 'node:fs/promises';
import { StoreError } from '#model/errors.ts';

/** DuckDB's mark, after an eight-byte checksum. */
const MARK = { text: 'DUCK', offset: 8 };

/**
 * Throws StoreError where a path is no DuckDB file, before DuckDB sees it: DuckDB guesses other formats and looks for
 * an extension, and it would wait for ever on a pipe.
 */
export async function assertDatabaseFile(file: string): Promise<void> {
  const found = await stat(file).catch((error: unknown) => {
    throw unreadable(file, error);
  });
  if (found.isDirectory()) throw foreign(file, 'it is a folder');
  if (!found.isFile()) throw foreign(file, 'it is not a regular file');
  if (found.size === 0) throw foreign(file, 'it is empty');
  if ((await markOf(file)) !== MARK.text) throw foreign(file, 'it is not a DuckDB database');
}

/** The error for a file in a snapshot's place that is none. */
export function foreign(file: string, what: string, cause?: unknown): StoreError {
  return new StoreError(`${file} is not a snapshot: ${what}`, {
    hint: 'Move the file away, or choose another snapshot: nhi snapshots lists them.',
    cause,
  });
}

/** The error for what DuckDB says when it opens or reads a file that has its mark. */
export function damaged(file: string, error: unknown): StoreError {
  const message = error instanceof Error ? error.message : String(error);
  return foreign(file, explain(message), error);
}

function explain(message: string): string {
  if (/enough bytes/u.test(message)) return 'it is cut short';
  if (/checksum/u.test(message)) return 'it is damaged (a checksum does not match)';
  if (/version number/u.test(message)) return 'it was written by another version of DuckDB';
  if (/set lock/u.test(message)) return 'another program has it open for writing';
  return message.split('\n', 1)[0] ?? message;
}

function unreadable(file: string, error: unknown): StoreError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
  const why = code === 'ENOENT' ? 'there is no such file' : code === 'EACCES' ? 'permission denied' : code;
  return new StoreError(`cannot read ${file}: ${why}`, {
    hint: 'nhi snapshots lists the snapshots that can be read.',
    cause: error,
  });
}

async function markOf(file: string): Promise<string> {
  const handle = await open(file, 'r').catch((error: unknown) => {
    throw unreadable(file, error);
  });
  try {
    const bytes = Buffer.alloc(MARK.text.length);
    await handle.read(bytes, 0, bytes.length, MARK.offset);
    return bytes.toString('latin1');
  } finally {
    await handle.close();
  }
}
