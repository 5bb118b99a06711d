import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { UsageError } from '#model/errors.ts';
import type { Io } from '../io.ts';

/** A file to write, and in what form. */
export interface OutFile<Format extends string> {
  readonly format: Format;
  readonly file: string;
}

/** Reads the values of `--out`. Throws UsageError where one is not FORMAT=FILE with a format of these. */
export function outFiles<Format extends string>(
  out: readonly string[] | undefined,
  formats: readonly Format[],
): OutFile<Format>[] {
  return (out ?? []).map((pair) => {
    const at = pair.indexOf('=');
    const format = formats.find((each) => each === pair.slice(0, Math.max(at, 0)));
    const file = pair.slice(at + 1);
    if (format === undefined || file === '') {
      throw new UsageError(`--out ${pair}: not ${formats.map((each) => `${each}=FILE`).join(', ')}`, {
        hint: `For example --out ${formats[0] ?? 'json'}=gate.${formats[0] ?? 'json'}`,
      });
    }
    return { format, file };
  });
}

/** Writes a file and the folders above it. Throws UsageError where it cannot be written. */
export async function writeOut(file: string, text: string, io: Io): Promise<void> {
  const path = resolve(io.cwd, file);
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  } catch (error) {
    const hint = error instanceof Error ? error.message : 'Check the path.';
    throw new UsageError(`${file}: cannot be written`, { hint, cause: error });
  }
}
