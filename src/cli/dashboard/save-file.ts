import { open } from 'node:fs/promises';
import { join, parse } from 'node:path';
import { UsageError } from '#model/errors.ts';

/** How many files of one name may lie there already. */
const TRIES = 100;

/**
 * Writes a new file that only its owner can read; where there is one of its name, `-2` and so on is added. Gives its
 * path. Throws UsageError where it cannot be written.
 */
export async function saveFile(folder: string, name: string, parts: AsyncIterable<string>): Promise<string> {
  const { name: stem, ext } = parse(name);
  for (let number = 1; number <= TRIES; number += 1) {
    const path = join(folder, number === 1 ? name : `${stem}-${number}${ext}`);
    const handle = await open(path, 'wx', 0o600).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST') return null;
      throw new UsageError(`cannot write ${path}: ${error.message}`, { cause: error });
    });
    if (handle === null) continue;
    try {
      for await (const part of parts) await handle.write(part);
      return path;
    } finally {
      await handle.close();
    }
  }
  throw new UsageError(`there are ${TRIES} files like ${join(folder, name)} already`);
}
