import { basename } from 'node:path';
import { z } from 'zod';
import { readYamlFile } from '#config/yaml-file.ts';
import type { Playbook } from '#contract/playbook.ts';
import { ConfigError } from '#model/errors.ts';
import { SYSTEMS } from '#model/system.ts';

const line = z.string().trim().min(1);

const playbookSchema = z.strictObject({
  id: z.string().regex(/^[a-z\d]+(?:-[a-z\d]+)*$/u, 'expected words in lower case with hyphens'),
  title: line,
  about: line,
  scope: z.enum(['identity', 'subject']),
  steps: z
    .array(
      z
        .string()
        .regex(new RegExp(`^(?:${SYSTEMS.join('|')})/[a-z\\d-]+$`, 'u'), 'expected an action: system/name'),
    )
    .refine((steps) => new Set(steps).size === steps.length, 'an action stands twice'),
});

/** Reads a playbook's file, which is called by its id. Throws ConfigError that names file and line. */
export async function readPlaybook(file: string): Promise<Playbook> {
  const playbook = await readYamlFile(file, playbookSchema);
  if (basename(file) !== `${playbook.id}.yaml`) {
    throw new ConfigError(`${file}: the playbook's id is ${playbook.id}`, {
      hint: `Call the file ${playbook.id}.yaml.`,
    });
  }
  return playbook;
}
