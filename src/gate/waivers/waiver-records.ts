import type { Severity } from '#model/finding.ts';
import type { System } from '#model/system.ts';
import type { WaiverRecord } from '#model/waiver.ts';
import type { Reader } from '#store/reader.ts';
import { readFindings } from '../read-findings.ts';
import { coverage, worstSeverity } from './covered.ts';
import { daysOf } from './match.ts';
import type { Day, MaxDays, Waiver } from './waiver.ts';

/** What waivers are held against. */
export interface WaiverLimits {
  readonly maxDays: MaxDays;
  /** The severity of every rule, by id. */
  readonly rules: ReadonlyMap<string, Severity>;
}

/** The waivers as rules judge them, held against the findings of a scan whose other rules have run. */
export async function waiverRecords(
  reader: Reader,
  waivers: readonly Waiver[],
  { maxDays, rules }: WaiverLimits,
): Promise<WaiverRecord[]> {
  if (waivers.length === 0) return [];
  const coverOf = coverage(await readFindings(reader));
  const results = await reader.all<{ ruleId: string; system: System | null }>(
    `SELECT DISTINCT rule_id AS "ruleId", system FROM rule_results WHERE passed + failed + unknown > 0`,
  );
  return waivers.map((waiver) => {
    const { covered } = coverOf(waiver);
    const worst = worstSeverity(waiver, covered, rules);
    const { system } = waiver.selector;
    return {
      id: waiver.id,
      ruleId: waiver.rule,
      owner: waiver.owner,
      approver: waiver.approver,
      ticket: waiver.ticket,
      createdAt: startOf(waiver.created),
      expiresAt: startOf(waiver.expires),
      days: daysOf(waiver),
      maxDays: worst === undefined ? null : maxDays[worst],
      covers: covered.length,
      ruleJudged: results.some(
        (result) => result.ruleId === waiver.rule && (system === undefined || result.system === system),
      ),
    };
  });
}

function startOf(day: Day): string {
  return `${day}T00:00:00.000Z`;
}
