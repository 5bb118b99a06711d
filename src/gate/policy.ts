import { z } from 'zod';
import { parseYaml, readYamlFile } from '#config/yaml-file.ts';
import { CATEGORIES, SEVERITIES, type Category, type Severity } from '#model/finding.ts';
import { parseCondition, type KpiCondition } from './kpi-conditions.ts';
import { planPolicy, planPolicySchema, type PlanPolicy } from './plan/plan-policy.ts';
import { DEFAULT_MAX_DAYS, type MaxDays } from './waivers/waiver.ts';

/** The mildest severity that fails; `none`: nothing does. */
export type Threshold = Severity | 'none';

/** What an answer for lack of data does to the verdict. */
export type UnknownsMode = 'fail' | 'warn' | 'ignore';

/** What the gate demands, with every default filled in. */
export interface GatePolicy {
  /** By category: findings of this severity and worse fail. */
  readonly failOn: Readonly<Record<Category, Threshold>>;
  /** The percentage of each scope's feeds that must be complete; null: none. */
  readonly minCoverage: number | null;
  readonly unknowns: Readonly<Record<Severity, UnknownsMode>>;
  readonly newOnly: boolean | null;
  /** As written: a snapshot or a file; null: none. */
  readonly baseline: string | null;
  readonly expiredWaivers: 'fail' | 'warn';
  readonly maxDays: MaxDays;
  /** What metrics must reach. */
  readonly kpis: readonly KpiCondition[];
  /** What a metric does to the verdict that cannot be told: as `unknowns` says for all severities. */
  readonly unknownKpis: UnknownsMode;
}

/** All that a policy file says. */
export interface PolicyFile extends GatePolicy {
  /** What code that is to be deployed may change. */
  readonly plan: PlanPolicy;
}

const threshold = z.enum([...SEVERITIES, 'none']);
const mode = z.enum(['fail', 'warn', 'ignore']);
const days = z.int().min(1).max(3660);

const policySchema = z.strictObject({
  fail_on: z
    .union([threshold, z.strictObject({ default: threshold.optional(), ...keyed(CATEGORIES, threshold) })], {
      error: `expected ${SEVERITIES.join(', ')} or none, or a mapping of default and categories (${CATEGORIES.join(', ')}) to one`,
    })
    .default('high'),
  min_coverage: z.number().min(0).max(100).optional(),
  unknowns: z
    .union([mode, z.strictObject({ default: mode.optional(), ...keyed(SEVERITIES, mode) })], {
      error: `expected fail, warn or ignore, or a mapping of default and severities (${SEVERITIES.join(', ')}) to one`,
    })
    .default('warn'),
  new_only: z.boolean().optional(),
  baseline: z.string().min(1).optional(),
  expired_waivers: z.enum(['fail', 'warn']).default('fail'),
  kpis: z.array(z.string().transform(parseCondition)).default([]),
  waiver_max_days: z.strictObject(keyed(SEVERITIES, days)).prefault({}),
  plan: planPolicySchema,
});

/** Reads a policy file; null: the defaults. Throws ConfigError that names file, line and what was expected. */
export async function readPolicy(file: string | null): Promise<PolicyFile> {
  const written =
    file === null ? parseYaml('', 'gate.yaml', policySchema) : await readYamlFile(file, policySchema);
  const { fail_on: failOn, unknowns } = written;
  return {
    failOn: typeof failOn === 'string' ? failOnAll(failOn) : spread(CATEGORIES, failOn, 'high'),
    minCoverage: written.min_coverage ?? null,
    unknowns: spread(SEVERITIES, typeof unknowns === 'string' ? { default: unknowns } : unknowns, 'warn'),
    newOnly: written.new_only ?? null,
    baseline: written.baseline ?? null,
    expiredWaivers: written.expired_waivers,
    maxDays: withDefaults(written.waiver_max_days),
    kpis: written.kpis,
    unknownKpis: (typeof unknowns === 'string' ? unknowns : unknowns.default) ?? 'warn',
    plan: planPolicy(written.plan),
  };
}

/** The same threshold for every category. */
export function failOnAll(severity: Threshold): GatePolicy['failOn'] {
  return spread(CATEGORIES, { default: severity }, severity);
}

function keyed<Key extends string, S extends z.ZodType>(keys: readonly Key[], schema: S) {
  // One entry a key, which Object.fromEntries cannot say.
  return Object.fromEntries(keys.map((key) => [key, schema.optional()])) as Record<Key, z.ZodOptional<S>>;
}

function spread<Key extends string, Value>(
  keys: readonly Key[],
  written: { readonly [key in Key | 'default']?: Value | undefined },
  otherwise: Value,
): Readonly<Record<Key, Value>> {
  // One entry a key, which Object.fromEntries cannot say.
  return Object.fromEntries(keys.map((key) => [key, written[key] ?? written.default ?? otherwise])) as Record<
    Key,
    Value
  >;
}

function withDefaults(written: { readonly [key in Severity]?: number | undefined }): MaxDays {
  // One entry a severity, which Object.fromEntries cannot say.
  return Object.fromEntries(
    SEVERITIES.map((severity) => [severity, written[severity] ?? DEFAULT_MAX_DAYS[severity]]),
  ) as Record<Severity, number>;
}
