import type { Category, Finding, Severity } from '#model/finding.ts';
import type { Instant, System } from '#model/system.ts';

/** A day in UTC, as `2026-11-20`: days compare as text. */
export type Day = string;

/** `until-fixed`: covers only what was there when it was made. `until-used`: ends when the identity is used again. */
export const WAIVER_CONDITIONS = ['until-fixed', 'until-used'] as const;

type WaiverCondition = (typeof WAIVER_CONDITIONS)[number];

/** What a waiver is about: every field that is given must fit; `*` stands for any text in all but `system`. */
interface WaiverSelector {
  readonly identity?: string | undefined;
  readonly system?: System | undefined;
  readonly scope?: string | undefined;
  readonly environment?: string | undefined;
  readonly subject?: string | undefined;
}

/** A problem that somebody answers for until a day, as written in a waiver file. */
export interface Waiver {
  readonly id: string;
  readonly rule: string;
  readonly selector: WaiverSelector;
  readonly reason: string;
  readonly compensating_control: string;
  readonly owner: string;
  readonly approver: string;
  readonly ticket: string;
  /** The first day on which it holds. */
  readonly created: Day;
  /** The last day on which it holds. */
  readonly expires: Day;
  readonly conditions: readonly WaiverCondition[];
  /** The file that it stands in, for messages. */
  readonly file: string;
}

/** How many days a waiver may last, by the severity of what it covers. */
export type MaxDays = Readonly<Record<Severity, number>>;

/** The limits that hold where the policy sets none. */
export const DEFAULT_MAX_DAYS: MaxDays = { critical: 14, high: 30, medium: 90, low: 180, info: 180 };

/** A finding with what waivers and the gate ask about it. */
export interface WaivableFinding {
  readonly id: string;
  readonly ruleId: string;
  readonly category: Category;
  readonly severity: Severity;
  readonly status: Finding['status'];
  readonly title: string;
  readonly system: System | null;
  readonly scopeUid: string | null;
  readonly identityUid: string | null;
  readonly subjectUid: string | null;
  readonly firstSeenAt: Instant;
  /** The identity's, else its scope's; null where nothing says. */
  readonly environment: string | null;
  /** The latest known use of the identity; null: none seen. */
  readonly lastUsedAt: Instant | null;
  /** Whether a source looked at the use of the identity as a whole: else null above says nothing. */
  readonly useMeasured: boolean;
}

/** Which waiver covers a finding, and its last day. */
export interface WaivedBy {
  readonly id: string;
  readonly expires: Day;
}

/** The day of a time. */
export function dayOf(time: Instant): Day {
  return time.slice(0, 10);
}
