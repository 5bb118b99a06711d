import { readFile, stat } from 'node:fs/promises';
import type { z } from 'zod';
import { ConfigError } from '#model/errors.ts';

/** Plans of a thousand resources have some 10 MB; text beyond this does not fit into memory twice. */
const MAX_BYTES = 200_000_000;

/** Reads a file of Terraform's as JSON. Throws ConfigError that names the file; `hint` says how to write a right one. */
export async function readJsonFile(path: string, file: string, hint: string): Promise<unknown> {
  const text = await readText(path, file, hint);
  try {
    return JSON.parse(text);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new ConfigError(`${file}: not JSON: ${why}`, { hint, cause });
  }
}

async function readText(path: string, file: string, hint: string): Promise<string> {
  try {
    const { size } = await stat(path);
    if (size > MAX_BYTES) throw new ConfigError(`${file}: larger than ${MAX_BYTES} bytes`);
    return new TextDecoder('utf-8', { fatal: true }).decode(await readFile(path));
  } catch (error) {
    if (error instanceof ConfigError) throw error;
    const why = error instanceof TypeError ? 'is not UTF-8 text' : 'cannot be read';
    throw new ConfigError(`${file}: ${why}`, { hint, cause: error });
  }
}

/** A value in the form of a schema. Throws ConfigError that names the place and the key. */
export function checked<S extends z.ZodType>(
  schema: S,
  value: unknown,
  place: string,
  hint: string,
): z.output<S> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const key = issue === undefined || issue.path.length === 0 ? '' : `${issue.path.join('.')}: `;
  throw new ConfigError(`${place}: ${key}${issue?.message ?? 'not understood'}`, { hint });
}
