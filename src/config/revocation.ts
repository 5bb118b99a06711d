import { z } from 'zod';
import { SYSTEMS } from '#model/system.ts';
import { targetsSchema } from './targets.ts';

/** The `revocation` part of the configuration. */
export const revocationSchema = z
  .strictObject({
    targets: targetsSchema.describe(
      'Systems to act in, with the credentials that act: apart from `targets`, whose credentials only read.',
    ),
    approvers: z
      .array(
        z.strictObject({
          name: z.string().min(1).describe('Who approves.'),
          key: z.string().min(1).describe('The file with the public key (Ed25519, PEM).'),
        }),
      )
      .default([])
      .describe('Who may approve a revocation. Nobody approves a revocation that they asked for.'),
    approvals: z
      .strictObject({
        low: z.int().min(0).default(1).describe('Approvals that a revocation takes.'),
        high: z
          .int()
          .min(0)
          .default(2)
          .describe('Where it deletes, touches an administrator, or is held by a guard.'),
      })
      .prefault({})
      .describe('How many approvals it takes.'),
    quietDays: z
      .int()
      .min(0)
      .default(30)
      .describe('An identity that was used within so many days is held until an approver overrules it.'),
    validHours: z
      .int()
      .min(1)
      .default(24)
      .describe('A plan is too old to be carried out after so many hours.'),
    settleSeconds: z
      .partialRecord(z.enum(SYSTEMS), z.number().min(0))
      .default({})
      .describe(
        'How long a system takes until a change holds everywhere, where you know better than the default of each action.',
      ),
    breakGlass: z
      .array(z.string().min(1))
      .default([])
      .describe('Identities that are never revoked, by uid or name; `*` stands for any text.'),
    ownIdentities: z
      .array(z.string().min(1))
      .default([])
      .describe('Identities (uids) that nhi itself runs as: they are never revoked.'),
  })
  .prefault({})
  .describe(
    'Revocations: who approves them, what is held back, and with which credentials they are carried out.',
  );
