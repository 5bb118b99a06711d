import { open, readFile, rename } from 'node:fs/promises';
import { z } from 'zod';
import type { Entry } from './entry.ts';
import type { LedgerFiles } from './files.ts';

/** Where the ledger ends. */
export interface Head {
  readonly sequence: number;
  readonly digest: string;
  /** The id of the key that signs the next entry. */
  readonly key: string;
}

const headSchema = z.strictObject({ sequence: z.int().min(1), digest: z.string(), key: z.string() });

/** The head after an entry: a rotation hands over to the key that it names. */
export function headAfter({ sequence, digest, key, kind, body }: Entry): Head {
  const next = body['nextKey'];
  return { sequence, digest, key: kind === 'key-rotation' && typeof next === 'string' ? next : key };
}

/** Reads the head file; null where there is none, `broken` where it is none. */
export async function readHead({ head }: LedgerFiles): Promise<Head | null | 'broken'> {
  let text: string;
  try {
    text = await readFile(head, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
  try {
    return headSchema.parse(JSON.parse(text));
  } catch {
    return 'broken';
  }
}

/** Replaces the head file in one step. */
export async function writeHead({ head }: LedgerFiles, value: Head): Promise<void> {
  const handle = await open(`${head}.new`, 'w', 0o600);
  try {
    await handle.writeFile(`${JSON.stringify(value)}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(`${head}.new`, head);
}
