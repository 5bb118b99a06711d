import { z } from 'zod';

/** Tags as plain members, whatever their keys are called. */
export type Tags = Readonly<Record<string, string>>;

/** A tag as IAM has it. */
export const tagSchema = z.object({ Key: z.string(), Value: z.string() });

/** The first tag of a key counts; a key called `__proto__` is a key like any other. */
export function tagsOf(tags: readonly z.infer<typeof tagSchema>[]): Tags {
  return Object.fromEntries(tags.toReversed().map(({ Key, Value }) => [Key, Value]));
}
