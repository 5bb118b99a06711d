/** The systems whose identities are inventoried. Entra belongs to `azure`. */
export const SYSTEMS = ['aws', 'azure', 'gcp', 'kubernetes'] as const;

export type System = (typeof SYSTEMS)[number];

/** A name that is the same in every snapshot: an ARN, an Azure resource id, `k8s:…` (see `uid.ts`). */
export type Uid = string;

/** An RFC 3339 time in UTC with milliseconds, as `Date.prototype.toISOString` prints it. */
export type Instant = string;

/** What a provider said, kept as it was said. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
