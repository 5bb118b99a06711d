import type { System } from './system.ts';

/** What a metric is, whatever the snapshot. */
export interface KpiDefinition {
  /** The id of the formula. */
  readonly id: string;
  /** Its name in policies and on the command line. */
  readonly name: string;
  readonly title: string;
  readonly unit: 'percent' | 'days';
  readonly better: 'higher' | 'lower';
}

/** Every metric, in the order in which they are shown; docs/kpi.md has the formulas. */
export const KPIS = [
  {
    id: 'K1',
    name: 'visibility',
    title: 'Known identities that were collected',
    unit: 'percent',
    better: 'higher',
  },
  {
    id: 'K1b',
    name: 'coverage',
    title: 'Feeds that were read completely',
    unit: 'percent',
    better: 'higher',
  },
  {
    id: 'K2',
    name: 'owned',
    title: 'Identities with an owner who is there',
    unit: 'percent',
    better: 'higher',
  },
  {
    id: 'K2a',
    name: 'owned-administrators',
    title: 'Administrators with an owner who is there',
    unit: 'percent',
    better: 'higher',
  },
  {
    id: 'K3',
    name: 'excess-privilege',
    title: 'Identities that use less than half of what they may',
    unit: 'percent',
    better: 'lower',
  },
  {
    id: 'K3b',
    name: 'standing-administrators',
    title: 'Identities that are administrators',
    unit: 'percent',
    better: 'lower',
  },
  {
    id: 'K4',
    name: 'orphaned',
    title: 'Identities that nobody answers for',
    unit: 'percent',
    better: 'lower',
  },
  {
    id: 'K5',
    name: 'stale',
    title: 'Identities unused for more than 90 days',
    unit: 'percent',
    better: 'lower',
  },
  {
    id: 'K10',
    name: 'long-lived-credentials',
    title: 'Credentials that are valid for more than 90 days',
    unit: 'percent',
    better: 'lower',
  },
  { id: 'K10a', name: 'credential-age', title: 'Median age of credentials', unit: 'days', better: 'lower' },
  {
    id: 'K11',
    name: 'federated',
    title: 'Identities that do without long-lived credentials',
    unit: 'percent',
    better: 'higher',
  },
] as const satisfies readonly KpiDefinition[];

export type KpiName = (typeof KPIS)[number]['name'];

/** One metric of one system, or of all. */
export interface Kpi {
  readonly id: string;
  readonly name: KpiName;
  /** null: all systems together. */
  readonly system: System | null;
  readonly unit: 'percent' | 'days';
  /** Of what was measured; null: nothing was, and `reason` says why. */
  readonly value: number | null;
  /** How many the metric counts; null for a median. */
  readonly numerator: number | null;
  /** How many were measured. */
  readonly denominator: number;
  /** How many more there are for which it is not known. */
  readonly unknown: number;
  /** Scopes that were not read well enough to say how many there are. */
  readonly gaps: number;
  readonly reason: string | null;
}
