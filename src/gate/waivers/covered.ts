import { SEVERITIES, type Severity } from '#model/finding.ts';
import { isTooWide, selects } from './match.ts';
import type { WaivableFinding, Waiver } from './waiver.ts';

/** The findings that a waiver could be about, and those of them that it is. */
export interface Covered {
  readonly candidates: readonly WaivableFinding[];
  readonly covered: readonly WaivableFinding[];
}

/** Answers for one waiver after another what it covers of the findings, whether it is in force or not. */
export function coverage(findings: readonly WaivableFinding[]): (waiver: Waiver) => Covered {
  const ofRule = new Map<string, WaivableFinding[]>();
  for (const finding of findings) {
    const alike = ofRule.get(finding.ruleId);
    if (alike === undefined) ofRule.set(finding.ruleId, [finding]);
    else alike.push(finding);
  }
  return (waiver) => {
    const candidates = isTooWide(waiver) ? findings : (ofRule.get(waiver.rule) ?? []);
    return { candidates, covered: candidates.filter((finding) => selects(waiver, finding)) };
  };
}

/** The severity that a waiver is held against: the worst that it covers, else that of its rule; undefined: neither. */
export function worstSeverity(
  waiver: Waiver,
  covered: readonly WaivableFinding[],
  rules: ReadonlyMap<string, Severity>,
): Severity | undefined {
  return (
    SEVERITIES.find((severity) => covered.some((finding) => finding.severity === severity)) ??
    rules.get(waiver.rule)
  );
}
