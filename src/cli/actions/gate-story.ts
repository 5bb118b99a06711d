import type { GatePolicy } from '#gate/policy.ts';
import type { GateVerdict, JudgedFinding, Outcome } from '#gate/verdict.ts';
import type { Day } from '#gate/waivers/waiver.ts';
import type { ChosenBaseline } from '../gate-baseline.ts';

/** A verdict with what it was made from. */
export interface GateStory {
  readonly verdict: GateVerdict;
  readonly policy: GatePolicy;
  /** null: the defaults. */
  readonly policyFile: string | null;
  readonly snapshot: { readonly id: string; readonly asOf: string };
  readonly on: Day;
  /** null: every finding counts. */
  readonly baseline: ChosenBaseline | null;
  readonly gapsOfNoScope: number;
}

/** How many findings have each outcome. */
export function countOutcomes(findings: readonly JudgedFinding[]): Record<Outcome, number> {
  const counts = { fails: 0, warns: 0, waived: 0, known: 0, tolerated: 0 };
  for (const { outcome } of findings) counts[outcome] += 1;
  return counts;
}
