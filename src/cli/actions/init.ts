import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { UsageError } from '#model/errors.ts';
import type { InitOptions } from '../commands/init.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { configText } from '../init/contents.ts';
import { findFiles } from '../init/find-files.ts';
import { findTargets } from '../init/find-targets.ts';
import { initStory } from '../init/story.ts';
import { print, type Io } from '../io.ts';

/** `nhi init`: throws UsageError where the file is there already, or a folder is not there. */
export async function initAction(options: InitOptions, io: Io): Promise<ExitCode> {
  const written = options.output ?? options.config ?? 'nhi.yaml';
  const file = resolve(io.cwd, written);
  if (options.force !== true && existsSync(file)) throw thereAlready(written);
  const named = (options.dir ?? []).map((dir) => resolve(io.cwd, dir));
  const absent = named.find((folder) => !existsSync(folder));
  if (absent !== undefined) {
    throw new UsageError(`${absent}: no such folder`, { hint: 'Check the path given to --dir.' });
  }
  const found = await findTargets(io);
  const here = await findFiles(io.cwd, false);
  const files = named.length === 0 ? [here] : [{ ...here, exports: [] }];
  for (const folder of named) files.push(await findFiles(folder, true));
  const data = options.data === undefined ? undefined : resolve(io.cwd, options.data);
  const text = configText(file, data, found, files);
  await mkdir(dirname(file), { recursive: true });
  // `wx` fails where somebody else wrote the file meanwhile.
  await writeFile(file, text, { flag: options.force === true ? 'w' : 'wx' }).catch((error: unknown) => {
    throw error instanceof Error && 'code' in error && error.code === 'EEXIST'
      ? thereAlready(written)
      : error;
  });
  if (options.quiet !== true) await print(io, initStory({ written, found, files }, options.color, io));
  return EXIT.fine;
}

function thereAlready(written: string): UsageError {
  return new UsageError(`${written} is there already`, {
    hint: '--force overwrites it, --output FILE writes another.',
  });
}
