import type { RefinementCtx } from 'zod';
import { z } from 'zod';
import { KPIS, type Kpi, type KpiName } from '#model/kpi.ts';
import type { UnknownsMode } from './policy.ts';

const OPERATORS = ['>=', '<=', '>', '<'] as const;

type Operator = (typeof OPERATORS)[number];

/** What a metric of all systems together must be. */
export interface KpiCondition {
  /** As the policy says it. */
  readonly written: string;
  readonly name: KpiName;
  readonly operator: Operator;
  readonly limit: number;
}

/** A condition with what it says of a snapshot. */
export interface JudgedKpi {
  readonly condition: KpiCondition;
  /** null: the snapshot has no such metric. */
  readonly measured: Kpi | null;
  /** `unknown`: what was not measured could decide either way. */
  readonly verdict: 'met' | 'missed' | 'unknown';
  readonly outcome: 'passes' | 'fails' | 'warns' | 'tolerated';
}

/** Parses `owned >= 95`, as a zod transform: what is wrong becomes an issue. */
export function parseCondition(written: string, context: RefinementCtx): KpiCondition {
  const parts = /^\s*(?<name>[\w-]+)\s*(?<operator>>=|<=|>|<)\s*(?<limit>\d+(?:\.\d+)?)\s*%?\s*$/u.exec(
    written,
  )?.groups;
  const wanted = parts?.['name']?.toLowerCase();
  const definition = KPIS.find(({ name, id }) => name === wanted || id.toLowerCase() === wanted);
  const operator = OPERATORS.find((each) => each === parts?.['operator']);
  if (operator === undefined || definition === undefined) {
    const message =
      operator === undefined
        ? `${JSON.stringify(written)}: expected a metric, ${OPERATORS.join(' ')} and a number, such as owned >= 95`
        : `${wanted ?? written}: no such metric; there are ${KPIS.map(({ name }) => name).join(', ')}`;
    context.addIssue({ code: 'custom', message });
    return z.NEVER;
  }
  return { written: written.trim(), name: definition.name, operator, limit: Number(parts?.['limit']) };
}

/** Holds a condition against the metrics. It is met only where it is whatever the answers are that are missing. */
export function judgeKpi(condition: KpiCondition, kpis: readonly Kpi[], unknowns: UnknownsMode): JudgedKpi {
  const measured = kpis.find(({ name, system }) => name === condition.name && system === null) ?? null;
  const verdict = measured === null ? 'unknown' : verdictOf(condition, measured);
  return { condition, measured, verdict, outcome: OUTCOMES[verdict === 'unknown' ? unknowns : verdict] };
}

const OUTCOMES = {
  met: 'passes',
  missed: 'fails',
  fail: 'fails',
  warn: 'warns',
  ignore: 'tolerated',
} as const;

function verdictOf(condition: KpiCondition, kpi: Kpi): JudgedKpi['verdict'] {
  if (kpi.value === null) return 'unknown';
  const { numerator, denominator, unknown, gaps } = kpi;
  const whole = denominator + unknown;
  // What is not known may all count, or all not; nothing bounds a median but what was measured.
  const ends =
    numerator === null ? [kpi.value] : [(100 * numerator) / whole, (100 * (numerator + unknown)) / whole];
  const held = ends.filter((end) => holds(condition, end)).length;
  if (held === 0) return 'missed';
  // What was not read at all can take away from what is met, and does not excuse what is missed.
  const isWhole = gaps === 0 && (numerator !== null || unknown === 0);
  return held === ends.length && isWhole ? 'met' : 'unknown';
}

function holds({ operator, limit }: KpiCondition, value: number): boolean {
  switch (operator) {
    case '>=':
      return value >= limit;
    case '<=':
      return value <= limit;
    case '>':
      return value > limit;
    case '<':
      return value < limit;
  }
}
