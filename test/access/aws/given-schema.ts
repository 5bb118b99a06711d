import { z } from 'zod';
import type { Json } from '#model/system.ts';

/** The account that names without an account are in. */
export const HOME = '111111111111';

/** A list of statements of version 2012-10-17, a document as it is, or null: not collected. */
const policy: z.ZodType<Json> = z.json();

const identitySchema = z.strictObject({
  /** Each a policy of its own, as inline policies. */
  policies: z.array(policy).default([]),
  groups: z.record(z.string(), policy).default({}),
  boundary: policy.optional(),
  tags: z.record(z.string(), z.string()).default({}),
  id: z.string().optional(),
  trust: policy.optional(),
});

const levelSchema = z.strictObject({
  scp: z.array(policy).default([]),
  rcp: z.array(policy).default([]),
});

/**
 * A world in shorthand. Identities are called `user/ann`, `role/app`, `root` or by an ARN. An organisation is the
 * levels from the root down to the account; without one the account is known to belong to none, `unknown` leaves it
 * open.
 */
export const givenSchema = z.strictObject({
  identities: z.record(z.string(), identitySchema).default({}),
  organization: z
    .union([
      z.literal('none'),
      z.literal('unknown'),
      z.strictObject({ management: z.string().default('999999999999'), levels: z.array(levelSchema).min(2) }),
    ])
    .default('none'),
  /** Policies on resources by ARN; a bucket's ARN says no account, `account` does. */
  resources: z.record(z.string(), z.strictObject({ policy, account: z.string().default(HOME) })).default({}),
  /** Accounts whose resource policies were all read: a resource that has none here has none. */
  read: z.array(z.string()).default([]),
});

export type Given = z.input<typeof givenSchema>;
export type IdentityInWorld = z.output<typeof identitySchema>;
export type World = z.output<typeof givenSchema>;

/** A list of statements as a document; a document as it is. */
export function documentOf(json: Json): Json {
  return Array.isArray(json) ? { Version: '2012-10-17', Statement: json } : json;
}
