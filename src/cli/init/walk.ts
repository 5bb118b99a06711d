import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** How much is looked at: a home folder or a large repository takes no longer than a blink. */
const MAX_DEPTH = 5;
const MAX_FILES = 5000;

/** Folders that hold what programs made, not what somebody wrote or exported. */
const PASSED_OVER = new Set(['node_modules', 'vendor', 'dist', 'build', 'target', '__pycache__', 'venv']);

/** Files below a folder, and whether there are more than were looked at. */
export interface Walked {
  readonly files: readonly string[];
  readonly isCut: boolean;
}

/** The regular files below a folder, nearest first, without links and what is hidden. Folders that cannot be listed are empty. */
export async function walk(folder: string): Promise<Walked> {
  const files: string[] = [];
  let level = [folder];
  for (let depth = 0; depth < MAX_DEPTH && level.length > 0; depth++) {
    const next: string[] = [];
    for (const each of level) {
      const entries = await readdir(each, { withFileTypes: true }).catch(() => []);
      for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
        if (entry.name.startsWith('.')) continue;
        const path = join(each, entry.name);
        if (entry.isFile()) files.push(path);
        else if (entry.isDirectory() && !PASSED_OVER.has(entry.name)) next.push(path);
      }
      if (files.length > MAX_FILES) return { files: files.slice(0, MAX_FILES), isCut: true };
    }
    level = next;
  }
  return { files, isCut: level.length > 0 };
}
