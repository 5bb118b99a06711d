import type { Category, Severity } from '#model/finding.ts';
import type { Feed } from '#model/scope.ts';

/** A threshold of a rule that profiles and configuration can set. */
export interface RuleParameter {
  readonly default: number | string | boolean | readonly string[];
  readonly min?: number;
  readonly max?: number;
  readonly about?: string;
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
