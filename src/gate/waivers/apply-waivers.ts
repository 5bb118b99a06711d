import { conditionsHold, hasExpired, isSelfApproved, isTooLong, isTooWide, selects } from './match.ts';
import {
  DEFAULT_MAX_DAYS,
  type Day,
  type MaxDays,
  type WaivableFinding,
  type WaivedBy,
  type Waiver,
} from './waiver.ts';

/** A finding with the waiver that covers it; null: none does. */
export type WithWaiver<F> = F & { readonly waivedBy: WaivedBy | null };

/**
 * Says for each finding, in the same order, which waiver covers it on the day `on`; where several do, the one that
 * lasts longest. A waiver that is not in force, approved by its owner, too wide, or longer than the severity of the
 * finding allows covers nothing.
 */
export function applyWaivers<F extends WaivableFinding>(
  findings: readonly F[],
  waivers: readonly Waiver[],
  on: Day,
  maxDays: MaxDays = DEFAULT_MAX_DAYS,
): WithWaiver<F>[] {
  const byRule = new Map<string, Waiver[]>();
  for (const waiver of waivers.filter((each) => counts(each, on)).toSorted(byLastDay)) {
    byRule.set(waiver.rule, [...(byRule.get(waiver.rule) ?? []), waiver]);
  }
  return findings.map((finding) => {
    const waiver = byRule
      .get(finding.ruleId)
      ?.find(
        (each) =>
          selects(each, finding) &&
          !isTooLong(each, finding.severity, maxDays) &&
          conditionsHold(each, finding),
      );
    return { ...finding, waivedBy: waiver === undefined ? null : { id: waiver.id, expires: waiver.expires } };
  });
}

function counts(waiver: Waiver, on: Day): boolean {
  return waiver.created <= on && !hasExpired(waiver, on) && !isSelfApproved(waiver) && !isTooWide(waiver);
}

function byLastDay(a: Waiver, b: Waiver): number {
  if (a.expires !== b.expires) return a.expires < b.expires ? 1 : -1;
  return a.id < b.id ? -1 : 1;
}
