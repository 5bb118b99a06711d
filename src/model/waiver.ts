import type { Instant } from './system.ts';

/** A waiver as rules judge it: what its file says, and what it covers of the findings of its scan. */
export interface WaiverRecord {
  readonly id: string;
  readonly ruleId: string;
  readonly owner: string;
  readonly approver: string;
  readonly ticket: string;
  /** The start of the first day on which it holds. */
  readonly createdAt: Instant;
  /** The start of the last day on which it holds. */
  readonly expiresAt: Instant;
  /** How many days it lasts. */
  readonly days: number;
  /** How many days the worst that it covers, else its rule, may be waived; null: neither is known. */
  readonly maxDays: number | null;
  /** How many findings of this scan it is about, in force or not. */
  readonly covers: number;
  /** Whether its rule judged anything in this scan, in the waiver's system where it names one. */
  readonly ruleJudged: boolean;
}
