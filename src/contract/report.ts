import type { Finding, RuleResult } from '#model/finding.ts';
import type { Identity } from '#model/identity.ts';
import type { Kpi } from '#model/kpi.ts';
import type { Coverage, Scope } from '#model/scope.ts';
import type { Instant } from '#model/system.ts';
import type { FrameworkResult } from './framework.ts';
import type { RuleHeader } from './rule.ts';

/** What is known of a snapshot as a whole. */
export interface SnapshotInfo {
  readonly id: string;
  readonly asOf: Instant;
  readonly toolVersion: string;
}

/** An identity as reports list it. */
export interface ReportIdentity extends Pick<
  Identity,
  | 'uid'
  | 'system'
  | 'scopeUid'
  | 'kind'
  | 'name'
  | 'class'
  | 'classReason'
  | 'managedBy'
  | 'enabled'
  | 'createdAt'
  | 'environment'
> {
  readonly credentials: number;
  readonly grants: number;
  readonly owner: string | null;
  readonly lastUsedAt: Instant | null;
  readonly capabilities: readonly string[];
}

/** The waiver that covers a finding on the snapshot's day, as its file says it. */
export interface FindingWaiver {
  readonly id: string;
  readonly reason: string;
  readonly owner: string;
  readonly approver: string;
  readonly ticket: string;
  /** The last day on which it holds, as `2026-11-20`. */
  readonly expires: string;
}

/** A finding as reports show it: a waiver marks it and hides nothing. */
export interface ReportFinding extends Finding {
  /** Left out: none covers it. */
  readonly waiver?: FindingWaiver;
  /** Against the baseline, as the gate compares: what became worse is new. Left out: nothing was compared. */
  readonly baselineState?: 'new' | 'unchanged';
}

/** What findings were compared with. */
export interface ReportBaseline {
  readonly name: string;
  /** What the baseline has and this snapshot has not. */
  readonly absent: readonly Pick<Finding, 'id' | 'ruleId' | 'severity' | 'status'>[];
}

/** Everything that a report may say. Sorted: the same snapshot gives the same bytes. */
export interface ReportInput {
  readonly snapshot: SnapshotInfo;
  readonly scopes: readonly Scope[];
  readonly identities: readonly ReportIdentity[];
  readonly findings: readonly ReportFinding[];
  readonly ruleResults: readonly RuleResult[];
  readonly rules: readonly RuleHeader[];
  readonly coverage: readonly Coverage[];
  /** The metrics, of all systems together and of each; left out: nobody measured them. */
  readonly kpis?: readonly Kpi[];
  /** Left out: findings were compared with nothing. */
  readonly baseline?: ReportBaseline;
  /** The answers by the controls of one framework, where one was asked for. */
  readonly framework?: FrameworkResult;
}

/** A renderer: pure, the same input gives the same text. What can outgrow one string comes piece by piece. */
export interface Report {
  readonly format: string;
  readonly title: string;
  /** The usual ending of a file name, without the dot. */
  readonly extension: string;
  readonly render: (input: ReportInput) => string | Iterable<string>;
}

/** Declares a report; the compiler checks it, and keeps what its `render` gives. */
export function defineReport<Declared extends Report>(report: Declared): Declared {
  return report;
}
