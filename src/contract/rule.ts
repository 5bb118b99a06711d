import type { Category, Severity } from '#model/finding.ts';
import type { Feed } from '#model/scope.ts';
import type { Instant, System } from '#model/system.ts';

/** A threshold of a rule that profiles and configuration can set. */
export interface RuleParameter {
  readonly default: number | string | boolean | readonly string[];
  readonly min?: number;
  readonly max?: number;
  readonly about?: string;
}

/** A small world with what the rule must say about it: documentation that is run. */
export interface RuleExample {
  readonly name: string;
  /** Rows by table, by column name; columns that are left out get harmless values. */
  readonly given: Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>;
  readonly asOf: Instant;
  readonly params: Readonly<Record<string, RuleParameter['default']>>;
  /** Every row that the rule must give, no more and no fewer. */
  readonly expect: readonly ExpectedRow[];
}

export interface ExpectedRow {
  readonly identityUid: string | null;
  readonly subjectUid: string | null;
  readonly status: 'fail' | 'pass' | 'unknown';
}

/** The header of a rule file. */
export interface RuleHeader {
  readonly id: string;
  /** States the failure; `{{name}}` stands for a parameter's value. */
  readonly title: string;
  readonly category: Category;
  readonly severity: Severity;
  /** Feeds without which the answer is `unknown`, never `pass`. */
  readonly needs: readonly Feed[];
  readonly params: Readonly<Record<string, RuleParameter>>;
  /** The columns that make a finding the same finding tomorrow. */
  readonly identifyBy: readonly ('identity_uid' | 'subject_uid')[];
  readonly playbook: string | null;
  /** Why it matters and what it cannot see. */
  readonly about: string;
  /** What to do about a failure, in order. */
  readonly remedy: string;
  /** The systems that the rule looks at; absent: every system that has its feeds. */
  readonly systems?: readonly System[];
  /** Needed feeds that supply what is judged: a gap in them hides other subjects and says nothing of those that are seen. */
  readonly subjects?: readonly Feed[];
  /** Needed feeds whose rows prove a pass by themselves, so that a gap elsewhere in them takes no pass back. */
  readonly passProvedBy?: readonly Feed[];
  /** true: the reach of an identity does not raise the severity. */
  readonly fixedSeverity?: boolean;
  /** `waivers`: the rule is about waivers, which are held against the findings of all others: it runs after them. */
  readonly judges?: 'waivers';
  readonly examples?: readonly RuleExample[];
}

/** A rule as it is run: header, query, and where it came from. */
export interface Rule {
  readonly header: RuleHeader;
  readonly sql: string;
  /** The file, for error messages. */
  readonly file: string;
  /** The line of `file` on which the query starts, from 1. */
  readonly sqlLine: number;
  /** Rules of the user's own run with tighter limits. */
  readonly builtIn: boolean;
}
