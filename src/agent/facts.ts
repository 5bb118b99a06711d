import type { Severity } from '#model/finding.ts';
import type { Instant, System, Uid } from '#model/system.ts';

/** A finding as the news tell it. */
export interface FindingFact {
  /** The same problem has the same id in every snapshot. */
  readonly id: string;
  readonly ruleId: string;
  readonly severity: Severity;
  readonly status: 'fail' | 'unknown';
  readonly title: string;
  readonly system: System | null;
  readonly scopeUid: Uid | null;
  readonly identityUid: Uid | null;
  /** What the gate makes of it. */
  readonly outcome: 'fails' | 'warns' | 'waived' | 'known' | 'tolerated';
}

/** Something that is not as it was approved; `kind` `revoked`: what a revocation took away and is there again. */
export interface DriftFact {
  readonly kind: string;
  readonly direction: string;
  readonly scopeUid: Uid | null;
  readonly identityUid: Uid;
  /** What it is, among all of its kind and identity. */
  readonly key: string;
  readonly after: string | null;
  /** What it was compared with: the baseline, or the revocation. */
  readonly baseline: string;
}

/** A part of the model in one scope, and whether all of it was read. */
export interface FeedFact {
  readonly scopeUid: Uid;
  readonly feed: string;
  readonly complete: boolean;
}

/** What a second look at a revocation found. `verdict` null: it could not be looked at, and `detail` says why. */
export interface RegrowthFact {
  readonly revocation: string;
  readonly verdict: string | null;
  readonly detail: string | null;
}

/** The numbers of a scan that metrics show. */
export interface RunNumbers {
  readonly findings: Readonly<Record<Severity, number>>;
  readonly unknown: number;
  readonly feeds: { readonly complete: number; readonly total: number };
  /** Of all systems together; `value` null: nothing was measured. */
  readonly kpis: readonly { readonly name: string; readonly value: number | null }[];
  readonly drift: number;
  readonly gatePassed: boolean;
}

/** What one scan of one schedule found. */
export interface RunFacts {
  readonly snapshot: string;
  readonly asOf: Instant;
  readonly numbers: RunNumbers;
  readonly gate: { readonly passed: boolean; readonly causes: readonly string[] };
  readonly findings: readonly FindingFact[];
  readonly drift: readonly DriftFact[];
  readonly feeds: readonly FeedFact[];
}
