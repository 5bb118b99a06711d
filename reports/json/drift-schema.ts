import { z } from 'zod';
import type { ReportDrift } from '#contract/report.ts';
import {
  DIRECTIONS,
  FACT_KINDS,
  type Author,
  type Cause,
  type ExplainedChange,
  type Unmanaged,
} from '#model/drift.ts';
import { count, instant, system, uid, type Fields } from './schema-parts.ts';

const cause = z.object({
  kind: z.enum(['grant', 'role', 'trust', 'guardrail']),
  uid,
  name: z.string(),
  managedBy: z
    .enum(['customer', 'provider'])
    .nullable()
    .describe('provider: the provider itself changed it.'),
  before: z.string().nullable().describe('null: it was not there.'),
  after: z.string().nullable().describe('null: it is not there any more.'),
} satisfies Fields<Cause>);

const author = z.object({
  actor: z.string().describe('As the log names it.'),
  at: instant.nullable(),
  action: z.string(),
  source: z.string().describe('The log that tells it.'),
} satisfies Fields<Author>);

const change = z.object({
  kind: z.enum(FACT_KINDS),
  direction: z.enum(DIRECTIONS).describe('unknown: the side on which it is missing was not read.'),
  identityUid: uid,
  key: z.string(),
  before: z.string().nullable(),
  after: z.string().nullable(),
  causes: z.array(cause),
  approval: z.enum(['approved', 'unapproved', 'unknown']),
  approvedBy: z.string().nullable(),
  firstSeen: z.string().nullable().describe('The first snapshot that has it.'),
  by: z.array(author),
  byNotKnown: z.string().nullable().describe('Why nobody knows who did it.'),
  sources: z.array(z.string()).describe('The code that says otherwise.'),
} satisfies Fields<ExplainedChange>);

const unmanaged = z.object({
  kind: z.enum(['identity', 'credential', 'grant', 'trust']),
  uid,
  system,
  scopeUid: uid,
  identityUid: uid,
  what: z.string(),
  gives: z.array(z.string()).describe('Capabilities.'),
} satisfies Fields<Unmanaged>);

/** The drift of a report. */
export const driftSchema = z.object({
  from: z.string().describe('A snapshot, or files with approved access.'),
  to: z.string(),
  changes: z.array(change),
  left: count.describe('So many more changes.'),
  unmanaged: z
    .array(unmanaged)
    .nullable()
    .describe(
      'What no approved code describes where it describes something; null: it was not compared with code.',
    ),
  unmanagedLeft: count,
  notTold: z.array(z.string()).describe('What the code leaves open.'),
} satisfies Fields<ReportDrift>);
