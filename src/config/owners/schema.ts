import { z } from 'zod';

const path = z.string().min(1);
const files = (about: string) => z.array(path).default([]).describe(about);

/** The part `owners:` of the configuration file: where owners are written, and who exists. */
export const ownersSchema = z
  .strictObject({
    keys: z
      .array(z.string().min(1).max(200))
      .default([])
      .describe('Keys of tags and labels that name an owner, beside the usual ones (owner, team, …).'),
    registry: files('Registries of record (nhi-registry.yaml).'),
    backstage: files('Backstage catalogue files (catalog-info.yaml).'),
    codeowners: z
      .array(
        z.strictObject({
          file: path.describe('The CODEOWNERS file.'),
          path: path
            .optional()
            .describe(
              'The path in the repository of an identity that does not say where it was declared, with {system}, {scope}, {namespace}, {kind} and {name}.',
            ),
        }),
      )
      .default([])
      .describe('CODEOWNERS files.'),
    people: files('Who exists: CSV files, or SCIM 2.0 exports as JSON.'),
  })
  .prefault({})
  .describe('Where owners are written, and who exists.');

/** `owners:` with every default filled in. */
export type OwnersConfig = z.output<typeof ownersSchema>;
