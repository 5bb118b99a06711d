import { lstat, open, readdir, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, sep } from 'node:path';
import type { ImportFile } from '#contract/collector.ts';
import { CollectError } from '#model/errors.ts';

/** A file that was found but not opened, and why. */
export interface PassedOver {
  readonly label: string;
  readonly reason: string;
}

/** What lies under the paths that the user named. */
export interface FoundFiles {
  readonly files: readonly ImportFile[];
  readonly passedOver: readonly PassedOver[];
  /** For a file that does not say which cluster or account it is from: its folder's name, or its own. */
  readonly nameOf: (file: ImportFile) => string;
}

const HEAD_BYTES = 64 * 1024;
const MAX_FILES = 100_000;

/**
 * Lists the files under `paths`, in a stable order, with their first bytes. Links that lead out of a named folder and
 * things that are no regular files are passed over and said. Throws CollectError for a path that does not exist.
 */
export async function findFiles(paths: readonly string[]): Promise<FoundFiles> {
  const files: ImportFile[] = [];
  const passedOver: PassedOver[] = [];
  const names = new Map<string, string>();
  const seen = new Set<string>();
  for (const root of paths) {
    const real = await realpath(root).catch((cause: unknown) => {
      throw new CollectError(`${root}: no such file or folder`, {
        hint: 'Check the path given to --import.',
        cause,
      });
    });
    const isFolder = (await stat(real)).isDirectory();
    for await (const path of isFolder ? walk(real, real, passedOver) : [real]) {
      if (seen.has(path)) continue;
      if (files.length >= MAX_FILES) {
        throw new CollectError(`${root}: more than ${MAX_FILES} files`, {
          hint: 'Name the folder with the exports.',
        });
      }
      seen.add(path);
      const label = isFolder ? join(basename(real), relative(real, path)) : basename(path);
      const file = await openFile(path, label, passedOver);
      if (file === null) continue;
      files.push(file);
      names.set(path, isFolder ? basename(dirname(path)) : withoutExtension(basename(path)));
    }
  }
  return {
    files,
    passedOver,
    nameOf: (file) => names.get(file.path) ?? withoutExtension(basename(file.path)),
  };
}

async function* walk(folder: string, root: string, passedOver: PassedOver[]): AsyncIterable<string> {
  const names = await readdir(folder).catch((error: unknown) => {
    passedOver.push({ label: labelOf(folder, root), reason: `cannot be listed: ${messageOf(error)}` });
    return [];
  });
  for (const name of names.toSorted((a, b) => (a < b ? -1 : 1))) {
    if (name.startsWith('.')) continue;
    const path = join(folder, name);
    const real = await insideRoot(path, root);
    if (real === null) {
      passedOver.push({
        label: labelOf(path, root),
        reason: 'a link that leads out of the folder or nowhere',
      });
      continue;
    }
    const kind = await stat(real);
    const isLink = (await lstat(path)).isSymbolicLink();
    // A link to a folder inside the root is reached by its own name as well.
    if (kind.isDirectory()) {
      if (!isLink) yield* walk(path, root, passedOver);
    } else if (kind.isFile()) yield real;
    else passedOver.push({ label: labelOf(path, root), reason: 'not a regular file' });
  }
}

async function insideRoot(path: string, root: string): Promise<string | null> {
  const real = await realpath(path).catch(() => null);
  return real !== null && (real === root || real.startsWith(root + sep)) ? real : null;
}

async function openFile(path: string, label: string, passedOver: PassedOver[]): Promise<ImportFile | null> {
  try {
    const handle = await open(path, 'r');
    try {
      const { size } = await handle.stat();
      const buffer = Buffer.alloc(Math.min(HEAD_BYTES, size));
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, 0);
      return { path, label, size, head: decodeHead(buffer.subarray(0, bytesRead)) };
    } finally {
      await handle.close();
    }
  } catch (error) {
    passedOver.push({ label, reason: `cannot be read: ${messageOf(error)}` });
    return null;
  }
}

function decodeHead(bytes: Buffer): string {
  const encoding =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? 'utf-16le'
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? 'utf-16be'
        : 'utf-8';
  return new TextDecoder(encoding).decode(bytes);
}

function labelOf(path: string, root: string): string {
  return join(basename(root), relative(root, path));
}

function withoutExtension(name: string): string {
  return name.replace(/\.[A-Za-z0-9]+$/, '') || name;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
