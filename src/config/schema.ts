import { z } from 'zod';
import { agentSchema } from './agent.ts';
import { baselineSchema } from './baseline.ts';
import { ledgerSchema } from './ledger.ts';
import { ownersSchema } from './owners/schema.ts';
import { revocationSchema } from './revocation.ts';
import { targetsSchema } from './targets.ts';

const path = z.string().min(1);

/** The configuration file, `nhi.yaml`. Unknown keys are mistakes, not extensions. */
export const configSchema = z
  .strictObject({
    data: path.default('.nhi').describe('The folder for snapshots.'),
    import: z
      .array(path)
      .default([])
      .describe('Exported files and folders that `nhi scan` reads when no --import is given.'),
    targets: targetsSchema,
    systems: z
      .array(z.enum(['aws', 'azure', 'gcp', 'kubernetes']))
      .optional()
      .describe('Scan only these systems.'),
    rules: z.array(path).default([]).describe('Folders with rules of your own.'),
    profile: z.string().default('default').describe('Named thresholds: default, cis, pci or strict.'),
    parameters: z
      .record(
        z.string(),
        z.record(z.string(), z.union([z.number(), z.string(), z.boolean(), z.array(z.string())])),
      )
      .default({})
      .describe('Thresholds by rule id and parameter; they win over the profile.'),
    waivers: z
      .array(path)
      .optional()
      .describe('Files with waivers; left out: waivers.yaml beside this file, where there is one.'),
    baseline: baselineSchema,
    agent: agentSchema,
    ledger: ledgerSchema,
    revocation: revocationSchema,
    owners: ownersSchema,
    disable: z.array(z.string()).default([]).describe('Rule ids that are not run.'),
    aws: z
      .strictObject({
        organization: z
          .enum(['none', 'unknown'])
          .default('unknown')
          .describe(
            '`none`: your accounts are in no organisation, so that no SCP or RCP can limit what policies allow.',
          ),
      })
      .prefault({})
      .describe('What is known of AWS that exports do not say.'),
    snapshots: z
      .strictObject({
        keep: z.int().min(1).default(30).describe('How many snapshots `nhi snapshots prune` keeps.'),
      })
      .prefault({})
      .describe('Retention.'),
  })
  .describe('Configuration of nhi-auditor.');

/** The configuration with every default filled in; paths are as written, relative to the file. */
export type Config = z.output<typeof configSchema>;
