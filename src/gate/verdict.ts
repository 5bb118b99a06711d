import type { JudgedKpi } from './kpi-conditions.ts';
import type { WaivableFinding, WaivedBy } from './waivers/waiver.ts';

/**
 * What a finding does to the verdict. `fails` and `warns` as the policy says; `waived`: a waiver covers it; `known`: the
 * baseline has it, no milder; `tolerated`: the policy does not ask about it.
 */
export type Outcome = 'fails' | 'warns' | 'waived' | 'known' | 'tolerated';

/** A finding with what it does to the verdict. */
export interface JudgedFinding extends WaivableFinding {
  readonly outcome: Outcome;
  readonly waivedBy: WaivedBy | null;
}

/** How much of a scope was read. */
export interface ScopeCoverage {
  readonly scopeUid: string;
  /** Feeds of which every call is complete. */
  readonly complete: number;
  /** Feeds of which anything is recorded; 0: nothing is known of how the scope was read. */
  readonly total: number;
}

/** One reason for failing. */
export type Cause = 'no-rule-results' | 'findings' | 'unknowns' | 'coverage' | 'kpis' | 'expired-waivers';

/** What the gate says. */
export interface GateVerdict {
  readonly passed: boolean;
  /** Empty where it passed. */
  readonly causes: readonly Cause[];
  /** In the order in which they were given. */
  readonly findings: readonly JudgedFinding[];
  readonly scopes: readonly ScopeCoverage[];
  /** The scopes that the policy's coverage fails on. */
  readonly thinScopes: readonly ScopeCoverage[];
  /** In the order of the policy. */
  readonly kpis: readonly JudgedKpi[];
  /** Ids of waivers whose last day is over. */
  readonly expiredWaivers: readonly string[];
}
