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

/** Everything that a report may say. Sorted: the same snapshot gives the same bytes. */
export interface ReportInput {
  readonly snapshot: SnapshotInfo;
  readonly scopes: readonly Scope[];
  readonly identities: readonly ReportIdentity[];
  readonly findings: readonly Finding[];
  readonly ruleResults: readonly RuleResult[];
  readonly rules: readonly RuleHeader[];
  readonly coverage: readonly Coverage[];
  /** The metrics, of all systems together and of each; left out: nobody measured them. */
  readonly kpis?: readonly Kpi[];
  /** The answers by the controls of one framework, where one was asked for. */
  readonly framework?: FrameworkResult;
}

/** A renderer: pure, the same input gives the same text. */
export interface Report {
  readonly format: string;
  readonly title: string;
  /** The usual ending of a file name, without the dot. */
  readonly extension: string;
  readonly render: (input: ReportInput) => string;
}

/** Declares a report; the compiler checks it. */
export function defineReport(report: Report): Report {
  return report;
}
