import { z } from 'zod';
import type { RegistryEntry } from '#model/ownership.ts';
import { parseYaml } from '../yaml-file.ts';

const day = z.iso.date({ error: 'expected a date such as 2026-11-20' });
const name = z.string().trim().min(1).max(320);

const registrySchema = z.strictObject({
  identities: z
    .array(
      z.strictObject({
        identity: z.string().trim().min(1).max(2048),
        owner: name,
        backup_owner: name.optional(),
        purpose: z.string().max(2000).optional(),
        expires: day.optional(),
        review_by: day.optional(),
      }),
    )
    .superRefine((entries, context) => {
      const seen = new Set<string>();
      for (const [at, { identity }] of entries.entries()) {
        if (seen.has(identity)) {
          context.addIssue({ code: 'custom', path: [at, 'identity'], message: `${identity} stands twice` });
        }
        seen.add(identity);
      }
    }),
});

/** Parses a registry of record. Throws ConfigError that names file, line and what was expected. */
export function parseRegistry(text: string, file: string): RegistryEntry[] {
  return parseYaml(text, file, registrySchema).identities.map((entry) => ({
    identity: entry.identity,
    owner: entry.owner,
    backupOwner: entry.backup_owner ?? null,
    vouchesUntil: earlier(entry.expires, entry.review_by),
  }));
}

function earlier(...days: readonly (string | undefined)[]): string | null {
  return days.filter((each) => each !== undefined).toSorted()[0] ?? null;
}
