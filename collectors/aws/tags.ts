import { z } from 'zod';

/** Tags as plain members, whatever their keys are called. */
export type Tags = Readonly<Record<string, string>>;

/** A tag as IAM has it. */
export const tagSchema = z.object({ Key: z.string(), Value: z.string() });

/** The first tag of a key counts; a key called `__proto__` is a key like any other. */
export function tagsOf(tags: readonly z.infer<typeof tagSchema>[]): Tags {
  return Object.fromEntries(tags.toReversed().map(({ Key, Value }) => [Key, Value]));
}

const ENVIRONMENT_KEYS = new Set(['env', 'environment', 'stage']);

const ENVIRONMENTS: ReadonlyMap<string, string> = new Map([
  ['prod', 'production'],
  ['prd', 'production'],
  ['live', 'production'],
  ['stg', 'staging'],
  ['stage', 'staging'],
  ['dev', 'development'],
  ['develop', 'development'],
]);

/** The environment that tags name, common short forms spelt out; null: they name none. */
export function environmentOf(tags: Tags): string | null {
  for (const [key, value] of Object.entries(tags)) {
    const name = value.trim().toLowerCase();
    if (ENVIRONMENT_KEYS.has(key.toLowerCase()) && name !== '') return ENVIRONMENTS.get(name) ?? name;
  }
  return null;
}
