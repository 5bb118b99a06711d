import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/** The disk, as the agent uses it. Errors are those of Node. */
export interface AgentFiles {
  /** A file's text; null: there is none. */
  readonly read: (file: string) => Promise<string | null>;
  /** Writes a file that only its owner may read: whole and on the disk when this resolves, or not at all. */
  readonly write: (file: string, text: string) => Promise<void>;
  /** The names in a folder, sorted; none where it is missing. */
  readonly list: (folder: string) => Promise<string[]>;
  /** Gives a file another name in one go, in the place of whatever has it. */
  readonly move: (from: string, to: string) => Promise<void>;
  /** Removes a file; does nothing where there is none. */
  readonly remove: (file: string) => Promise<void>;
}

/** What is written under another name first ends so; whoever finds one may remove it. */
export const UNFINISHED = '.unfinished';

/** The machine's disk. */
export const diskFiles: AgentFiles = {
  read: async (file) => {
    try {
      return await readFile(file, 'utf8');
    } catch (error) {
      if (isMissing(error)) return null;
      throw error;
    }
  },
  write: async (file, text) => {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    const unfinished = `${file}${UNFINISHED}`;
    try {
      const handle = await open(unfinished, 'w', 0o600);
      try {
        await handle.writeFile(text);
        await handle.sync();
      } finally {
        await handle.close();
      }
      await rename(unfinished, file);
      await syncFolder(dirname(file));
    } catch (error) {
      await rm(unfinished, { force: true });
      throw error;
    }
  },
  list: async (folder) => {
    try {
      return (await readdir(folder)).toSorted();
    } catch (error) {
      if (isMissing(error)) return [];
      throw error;
    }
  },
  move: async (from, to) => {
    await mkdir(dirname(to), { recursive: true, mode: 0o700 });
    await rename(from, to);
    await syncFolder(dirname(to));
  },
  remove: (file) => rm(file, { force: true }),
};

/** A name outlives a power failure once its folder is on the disk. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
