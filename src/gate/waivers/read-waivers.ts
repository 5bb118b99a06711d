import { z } from 'zod';
import { readYamlFile } from '#config/yaml-file.ts';
import { ConfigError } from '#model/errors.ts';
import { SYSTEMS } from '#model/system.ts';
import { WAIVER_CONDITIONS, type Waiver } from './waiver.ts';

const text = z.string().trim().min(1);
const condition = z.enum(WAIVER_CONDITIONS);

const waiverSchema = z
  .strictObject({
    id: text,
    rule: text,
    selector: z.strictObject({
      identity: text.optional(),
      system: z.enum(SYSTEMS).optional(),
      scope: text.optional(),
      environment: text.optional(),
      subject: text.optional(),
    }),
    reason: text,
    compensating_control: text,
    owner: text,
    approver: text,
    ticket: text,
    created: z.iso.date(),
    expires: z.iso.date(),
    conditions: z
      .union([condition.transform((one) => [one]), z.array(condition)], {
        error: `expected a list of ${WAIVER_CONDITIONS.join(', ')}`,
      })
      .default([]),
  })
  .refine(({ created, expires }) => created <= expires, {
    path: ['expires'],
    message: 'is before the day it was created',
  });

/** A file without a waiver is empty, which YAML reads as nothing at all. */
const fileSchema = z.preprocess(
  (value) => (isEmpty(value) ? [] : value),
  z.array(waiverSchema).superRefine((waivers, context) => {
    const seen = new Set<string>();
    for (const [at, { id }] of waivers.entries()) {
      if (seen.has(id))
        context.addIssue({ code: 'custom', path: [at, 'id'], message: `${id} stands here twice` });
      seen.add(id);
    }
  }),
);

/** The waivers of all files, in their order. Throws ConfigError that names file and line where one is wrong. */
export async function readWaivers(files: readonly string[]): Promise<Waiver[]> {
  const waivers: Waiver[] = [];
  const fileOf = new Map<string, string>();
  for (const file of files) {
    for (const waiver of await readYamlFile(file, fileSchema)) {
      const other = fileOf.get(waiver.id);
      if (other !== undefined) {
        throw new ConfigError(`${file}: waiver ${waiver.id} stands in ${other} too`, {
          hint: 'Give every waiver an id of its own.',
        });
      }
      fileOf.set(waiver.id, file);
      waivers.push({ ...waiver, file });
    }
  }
  return waivers;
}

function isEmpty(value: unknown): boolean {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length === 0
  );
}
