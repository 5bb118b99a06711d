import { z } from 'zod';

/** The `aws` entries of `targets`. */
export const awsTargetSchema = z.strictObject({
  system: z.literal('aws'),
  name: z.string().min(1).default('aws').describe('How to name it in progress and coverage.'),
  profile: z.string().min(1).nullable().default(null).describe('A profile of the shared AWS configuration.'),
  regions: z
    .array(z.string().regex(/^[a-z]{2}(?:-[a-z]+)+-\d$/u, 'expected a Region such as eu-west-1'))
    .min(1)
    .default(['us-east-1'])
    .describe('Regions whose regional services are read.'),
  roleArn: z.string().startsWith('arn:').nullable().default(null).describe('A role to assume first.'),
  externalId: z.string().min(2).nullable().default(null).describe('The external id for assuming roles.'),
  accounts: z
    .union([z.literal('organization'), z.array(z.string().regex(/^\d{12}$/u, 'expected twelve digits'))])
    .default([])
    .describe('Member accounts, or `organization` for all of AWS Organizations; left out: one account.'),
  memberRole: z
    .string()
    .regex(/^[\w+=,.@/-]+$/u, 'expected the name of a role')
    .default('nhi-auditor')
    .describe('The role to assume in each member account.'),
  lastAccessed: z.boolean().default(false).describe('Also read when each service was last accessed.'),
  endpoint: z.url().nullable().default(null).describe('One base URL for every AWS service.'),
  concurrency: z.int().min(1).max(64).default(8).describe('Calls at once in one account.'),
  accountsAtOnce: z.int().min(1).max(32).default(4).describe('Accounts that are read side by side.'),
});
