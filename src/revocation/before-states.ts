import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { ObjectState } from '#contract/action.ts';
import { RevocationError } from '#model/errors.ts';

/** Objects as they were before their steps, kept in a plan's folder: what undoing needs. They hold no secret. */
export interface BeforeStates {
  /** Keeps a state durably. The first one of a step stays: a step that is tried again must not overwrite it. */
  readonly keep: (stepId: string, state: ObjectState) => Promise<void>;
  /** Null where none was kept. Throws RevocationError where the file is none. */
  readonly read: (stepId: string) => Promise<ObjectState | null>;
}

const stateSchema = z.strictObject({
  present: z.boolean(),
  done: z.boolean(),
  document: z.json(),
  restore: z.json().optional(),
});

/** The states in `folder`/before, which only its owner can read. */
export function beforeStates(folder: string): BeforeStates {
  const directory = join(folder, 'before');
  const fileOf = (stepId: string) => join(directory, `${stepId}.json`);
  const read = async (stepId: string) => {
    const text = await readFile(fileOf(stepId), 'utf8').catch((error: unknown) => {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
      throw error;
    });
    if (text === null) return null;
    try {
      return stateSchema.parse(JSON.parse(text));
    } catch (error) {
      throw new RevocationError(`${fileOf(stepId)}: not a state that was kept`, { cause: error });
    }
  };
  return {
    read,
    keep: async (stepId, state) => {
      if ((await read(stepId)) !== null) return;
      await mkdir(directory, { recursive: true, mode: 0o700 });
      const file = await open(`${fileOf(stepId)}.new`, 'w', 0o600);
      try {
        await file.writeFile(`${JSON.stringify(state, null, 2)}\n`);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(`${fileOf(stepId)}.new`, fileOf(stepId));
    },
  };
}
