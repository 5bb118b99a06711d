import { z } from 'zod';

/** The `gcp` entries of `targets`. */
export const gcpTargetSchema = z.strictObject({
  system: z.literal('gcp'),
  name: z.string().min(1).default('gcp').describe('How to name it in progress and coverage.'),
  organization: z
    .string()
    .regex(/^\d+$/u, "expected the organisation's number, in quotes")
    .nullable()
    .default(null)
    .describe("The organisation's number; left out: projects alone."),
  projects: z
    .union([z.literal('all'), z.array(z.string().min(1))])
    .default('all')
    .describe('Projects to read.'),
  impersonate: z
    .string()
    .regex(/^[^\s@]+@[^\s@]+\.gserviceaccount\.com$/u, "expected a service account's address")
    .nullable()
    .default(null)
    .describe('A service account to read as.'),
  quotaProject: z.string().min(1).nullable().default(null).describe('The project that quota is charged to.'),
  endpoint: z.url().nullable().default(null).describe('One base URL for every Google API.'),
  concurrency: z.int().min(1).max(64).default(8).describe('Calls at once.'),
});
