import type { Instant, Json, System, Uid } from './system.ts';

/** From worst to mildest. */
export const SEVERITIES = ['critical', 'high', 'medium', 'low', 'info'] as const;

export type Severity = (typeof SEVERITIES)[number];

export const CATEGORIES = [
  'stale',
  'over-privileged',
  'orphaned',
  'long-lived',
  'trust',
  'exposure',
  'drift',
  'governance',
] as const;

export type Category = (typeof CATEGORIES)[number];

/** What a rule says about one subject. Passes are counted (`RuleResult`), not stored one by one. */
export interface Finding {
  /** The same problem has the same id in every snapshot. */
  readonly id: string;
  readonly ruleId: string;
  readonly category: Category;
  readonly severity: Severity;
  readonly status: 'fail' | 'unknown';
  readonly title: string;
  readonly system: System | null;
  readonly scopeUid: Uid | null;
  readonly identityUid: Uid | null;
  /** The credential, grant, trust or role that it is about; null: the identity itself. */
  readonly subjectUid: Uid | null;
  /** What was measured, threshold, window, source, blind spots. */
  readonly evidence: Json;
  readonly playbook: string | null;
  /** When a snapshot first had it, carried over from the one before. */
  readonly firstSeenAt: Instant;
}

/** How one rule went in one scope. */
export interface RuleResult {
  readonly ruleId: string;
  readonly system: System | null;
  readonly scopeUid: Uid | null;
  readonly passed: number;
  readonly failed: number;
  readonly unknown: number;
}
