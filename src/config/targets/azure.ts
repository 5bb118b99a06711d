import { z } from 'zod';

/** The `azure` entries of `targets`. */
export const azureTargetSchema = z.strictObject({
  system: z.literal('azure'),
  name: z.string().min(1).default('azure').describe('How to name it in progress and coverage.'),
  tenant: z.guid().nullable().default(null).describe("The tenant; left out: the credential's own."),
  subscriptions: z
    .union([z.literal('all'), z.array(z.guid())])
    .default('all')
    .describe('Subscriptions to read.'),
  managementEndpoint: z.url().default('https://management.azure.com').describe('Azure Resource Manager.'),
  graphEndpoint: z.url().default('https://graph.microsoft.com').describe('Microsoft Graph.'),
  concurrency: z.int().min(1).max(64).default(8).describe('Calls at once.'),
});
