import { z } from 'zod';
import {
  CREDENTIAL_AGE_DAYS,
  type AdminWay,
  type CredentialAges,
  type FindingWaiver,
  type ReportBaseline,
  type ReportFinding,
  type ReportIdentity,
  type ReportInput,
  type SnapshotInfo,
  type TrendPoint,
} from '#contract/report.ts';
import type { RuleHeader, RuleParameter } from '#contract/rule.ts';
import { CONTROL_STATUSES, RELATIONS } from '#contract/framework.ts';
import type { ControlResult, ControlRuleResult, FrameworkResult } from '#contract/framework.ts';
import { CATEGORIES, SEVERITIES } from '#model/finding.ts';
import type { RuleResult } from '#model/finding.ts';
import { KPIS, type Kpi } from '#model/kpi.ts';
import { FEEDS } from '#model/scope.ts';
import type { Coverage, Scope } from '#model/scope.ts';
import { driftSchema } from './drift-schema.ts';
import { count, instant, system, tags, uid, type Fields } from './schema-parts.ts';

const snapshot = z.object({
  id: z.string(),
  asOf: instant,
  toolVersion: z.string(),
} satisfies Fields<SnapshotInfo>);

const scope = z.object({
  uid,
  system,
  kind: z.string(),
  name: z.string(),
  parentUid: uid.nullable(),
  environment: z.string().nullable(),
  tags,
  raw: z.json().describe('What the system said, as it said it.'),
} satisfies Fields<Scope>);

const identity = z.object({
  uid,
  system,
  scopeUid: uid.describe('The account, cluster, project, subscription or tenant that it lives in.'),
  kind: z.string(),
  name: z.string(),
  class: z.enum(['non-human', 'human', 'unknown']),
  classReason: z.string(),
  managedBy: z.enum(['customer', 'provider']),
  enabled: z.boolean().nullable().describe('null: the system did not say.'),
  createdAt: instant.nullable(),
  environment: z.string().nullable(),
  credentials: count,
  grants: count,
  owner: z.string().nullable(),
  lastUsedAt: instant.nullable().describe('null: no use was seen; whether use was measured is in coverage.'),
  capabilities: z.array(z.string()),
} satisfies Fields<ReportIdentity>);

const waiver = z.object({
  id: z.string(),
  reason: z.string(),
  owner: z.string(),
  approver: z.string(),
  ticket: z.string(),
  expires: z.string().describe('The last day on which it holds.'),
} satisfies Fields<FindingWaiver>);

const finding = z.object({
  id: z.string().describe('The same problem has the same id in every snapshot.'),
  ruleId: z.string(),
  category: z.enum(CATEGORIES),
  severity: z.enum(SEVERITIES),
  status: z.enum(['fail', 'unknown']),
  title: z.string(),
  system: system.nullable(),
  scopeUid: uid.nullable(),
  identityUid: uid.nullable(),
  subjectUid: uid
    .nullable()
    .describe('The credential, grant, trust or role that it is about; null: the identity.'),
  evidence: z.json().describe('What was measured, threshold, window, source, blind spots.'),
  playbook: z.string().nullable(),
  firstSeenAt: instant,
  waiver: waiver.optional().describe('Absent: no waiver covers it.'),
  baselineState: z
    .enum(['new', 'unchanged'])
    .optional()
    .describe('Against the baseline; what became worse is new. Absent: it was compared with nothing.'),
} satisfies Fields<ReportFinding>);

const baseline = z.object({
  name: z.string(),
  absent: z
    .array(finding.pick({ id: true, ruleId: true, severity: true, status: true }))
    .describe('What the baseline has and this snapshot has not.'),
} satisfies Fields<ReportBaseline>);

const ruleResult = z.object({
  ruleId: z.string(),
  system: system.nullable(),
  scopeUid: uid.nullable(),
  passed: count,
  failed: count,
  unknown: count,
} satisfies Fields<RuleResult>);

const parameter = z.object({
  default: z.union([z.number(), z.string(), z.boolean(), z.array(z.string())]),
  min: z.number().optional(),
  max: z.number().optional(),
  about: z.string().optional(),
} satisfies Fields<RuleParameter>);

const rule = z.object({
  id: z.string(),
  title: z.string(),
  category: z.enum(CATEGORIES),
  severity: z.enum(SEVERITIES),
  needs: z.array(z.enum(FEEDS)).describe('Feeds without which the answer is unknown.'),
  params: z.record(z.string(), parameter),
  identifyBy: z.array(z.enum(['identity_uid', 'subject_uid'])),
  playbook: z.string().nullable(),
  about: z.string(),
  remedy: z.string(),
  systems: z.array(system).optional().describe('Absent: every system that has the feeds.'),
  subjects: z.array(z.enum(FEEDS)).optional(),
  passProvedBy: z.array(z.enum(FEEDS)).optional(),
  fixedSeverity: z.boolean().optional(),
  judges: z.literal('waivers').optional().describe('What it is about, where that is no identity.'),
} satisfies Fields<Omit<RuleHeader, 'examples'>>);

const coverage = z.object({
  system: system.nullable(),
  scopeUid: uid.nullable(),
  feed: z.enum(FEEDS).nullable(),
  call: z.string().describe('The API call or the kind of file.'),
  status: z.enum(['complete', 'partial', 'denied', 'failed', 'skipped']),
  missingPermission: z.string().nullable(),
  detail: z.string().nullable(),
} satisfies Fields<Coverage>);

const kpi = z.object({
  id: z.string(),
  name: z.enum(KPIS.map(({ name }) => name)),
  system: system.nullable().describe('null: all systems together.'),
  unit: z.enum(['percent', 'days']),
  value: z.number().nullable().describe('Of what was measured; null: nothing was, and reason says why.'),
  numerator: count.nullable().describe('null: the metric is a median.'),
  denominator: count.describe('How many were measured.'),
  unknown: count.describe('How many more there are for which it is not known.'),
  gaps: count.describe('Scopes that were not read well enough to say how many there are.'),
  reason: z.string().nullable(),
} satisfies Fields<Kpi>);

const credentialAges = z.object({
  kind: z.string(),
  counts: z
    .array(count)
    .describe(`At most ${CREDENTIAL_AGE_DAYS.join(', ')} days old, each without those before it, and older.`),
  unknown: count,
} satisfies Fields<CredentialAges>);

const adminWay = z.object({
  count: count.describe('How many identities can go it.'),
  identities: z.array(uid).describe('The first of them.'),
  certainty: z.enum(['certain', 'conditional']),
  hops: z.array(z.object({ to: uid, via: z.string(), permissions: z.array(z.string()) })),
} satisfies Fields<AdminWay>);

const trendPoint = z.object({
  snapshot: z.string(),
  asOf: instant,
  identities: count,
  failed: z.record(z.enum(SEVERITIES), count),
  unknown: count,
} satisfies Fields<TrendPoint>);

const answers = {
  status: z
    .enum(CONTROL_STATUSES)
    .describe('not-measured: no rule speaks to it, or none of them had anything to judge.'),
  passed: count,
  failed: count,
  unknown: count,
  waived: count.describe('Those of the failed that a waiver covers.'),
};

const controlRule = z.object({
  ruleId: z.string(),
  relation: z.enum(RELATIONS).describe('From the rule to the control, in the words of NIST IR 8477.'),
  rationale: z.string(),
  ...answers,
} satisfies Fields<ControlRuleResult>);

const framework = z.object({
  id: z.string(),
  title: z.string(),
  version: z.string(),
  source: z.string(),
  controls: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      rules: z.array(controlRule),
      ...answers,
    } satisfies Fields<ControlResult>),
  ),
} satisfies Fields<FrameworkResult>);

/** What the JSON report holds; `schema.json` is made from it. Readers should pass over fields that they do not know. */
export const reportSchema = z
  .object({
    schemaVersion: z.literal(1),
    snapshot,
    scopes: z.array(scope),
    identities: z.array(identity),
    findings: z.array(finding),
    ruleResults: z.array(ruleResult),
    rules: z.array(rule),
    coverage: z.array(coverage),
    kpis: z.array(kpi).optional().describe('The metrics.'),
    credentialAges: z.array(credentialAges).optional(),
    adminWays: z
      .object({ ways: z.array(adminWay), left: count })
      .optional()
      .describe('How identities that are no administrators can become one; left: so many more ways.'),
    trend: z.array(trendPoint).optional().describe('The last snapshots, where they were asked for.'),
    baseline: baseline.optional().describe('What findings were compared with, where they were.'),
    drift: driftSchema.optional().describe('What changed, where it was asked for.'),
    framework: framework.optional().describe('Where one was asked for.'),
  } satisfies Fields<Omit<ReportInput, 'details'> & { readonly schemaVersion: 1 }>)
  .meta({
    title: 'nhi-auditor report',
    description: 'One snapshot: population, findings, and what was not read.',
  });
