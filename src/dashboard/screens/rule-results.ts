import { SEVERITIES, type Severity } from '#model/finding.ts';
import type { ScreenData } from '../screen.ts';

/** How a rule went over the whole snapshot. */
export interface RuleLine {
  readonly id: string;
  readonly title: string;
  readonly category: string;
  /** null: the rule is not among those that are loaded. */
  readonly severity: Severity | null;
  /** 0 is the worst. */
  readonly severityRank: number;
  readonly passed: number;
  readonly failed: number;
  readonly unknown: number;
  /** `broken`: it did not run to its end. `nothing`: it had nothing to judge. */
  readonly result: 'broken' | 'fail' | 'unknown' | 'pass' | 'nothing';
}

interface Counts {
  readonly id: string;
  readonly passed: number;
  readonly failed: number;
  readonly unknown: number;
}

const NONE = { passed: 0, failed: 0, unknown: 0 };

/** Every rule that is loaded or has results, by its id. */
export async function readRuleLines(data: ScreenData): Promise<RuleLine[]> {
  const counts = await data.reader.all<Counts>(
    `SELECT rule_id AS id, sum(passed)::BIGINT AS passed, sum(failed)::BIGINT AS failed, sum(unknown)::BIGINT AS unknown
     FROM rule_results GROUP BY rule_id`,
  );
  const calls = await data.reader.all<{ call: string }>(
    `SELECT DISTINCT call FROM coverage WHERE status = 'failed' AND starts_with(call, 'rule ')`,
  );
  const broken = new Set(calls.map(({ call }) => call.slice('rule '.length)));
  const byId = new Map(counts.map((row) => [row.id, row]));
  const notes = await data.rules();
  return [...new Set([...notes.keys(), ...byId.keys()])].toSorted().map((id) => {
    const { passed, failed, unknown } = byId.get(id) ?? NONE;
    const note = notes.get(id);
    const severity = SEVERITIES.find((each) => each === note?.severity) ?? null;
    return {
      id,
      title: note?.title ?? 'not among the rules that are loaded',
      category: note?.category ?? 'not known',
      severity,
      severityRank: severity === null ? SEVERITIES.length : SEVERITIES.indexOf(severity),
      passed,
      failed,
      unknown,
      result: broken.has(id) ? 'broken' : resultOf({ passed, failed, unknown }),
    };
  });
}

function resultOf({ passed, failed, unknown }: Omit<Counts, 'id'>): RuleLine['result'] {
  if (failed > 0) return 'fail';
  if (unknown > 0) return 'unknown';
  return passed > 0 ? 'pass' : 'nothing';
}
