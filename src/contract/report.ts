import type { Credential } from '#model/credential.ts';
import type { ExplainedDrift } from '#model/drift.ts';
import type { Grant } from '#model/grant.ts';
import type { Finding, RuleResult, Severity } from '#model/finding.ts';
import type { Identity } from '#model/identity.ts';
import type { Kpi } from '#model/kpi.ts';
import type { Coverage, Scope } from '#model/scope.ts';
import type { Instant, Uid } from '#model/system.ts';
import type { Usage } from '#model/usage.ts';
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

/** Drift as reports show it: so many changes as they have room for. */
export interface ReportDrift extends ExplainedDrift {
  /** How many more changes there are. */
  readonly left: number;
  /** How many more things there are that no code describes. */
  readonly unmanagedLeft: number;
}

/** Upper bounds in days of the ages that credentials are counted by; one more count is of what is older. */
export const CREDENTIAL_AGE_DAYS = [30, 90, 180, 365, 730] as const;

/** How old the credentials of one kind are, those that are disabled left out. */
export interface CredentialAges {
  readonly kind: string;
  /** One for each of CREDENTIAL_AGE_DAYS, and one for what is older. */
  readonly counts: readonly number[];
  /** Those of which nobody says when they were made. */
  readonly unknown: number;
}

/** A snapshot in the trend. */
export interface TrendPoint {
  readonly snapshot: string;
  readonly asOf: Instant;
  readonly identities: number;
  readonly failed: Readonly<Record<Severity, number>>;
  readonly unknown: number;
}

/** A way to become an administrator, and who can go it. */
export interface AdminWay {
  /** How many identities, and the first of them by uid. */
  readonly count: number;
  readonly identities: readonly Uid[];
  readonly certainty: 'certain' | 'conditional';
  readonly hops: readonly {
    readonly to: Uid;
    /** The technique. */
    readonly via: string;
    readonly permissions: readonly string[];
  }[];
}

/** What the page of an identity shows row by row: at most so many of each; the counts are the identity's. */
export interface IdentityDetails {
  readonly uid: Uid;
  readonly credentials: readonly Pick<
    Credential,
    'kind' | 'name' | 'enabled' | 'createdAt' | 'expiresAt' | 'lastUsedAt' | 'lastUsedEvidence'
  >[];
  readonly grants: readonly (Pick<Grant, 'kind' | 'state' | 'scopeUid' | 'resourceUid'> & {
    readonly role: string;
    /** The group that the grant names; null: it names the identity. */
    readonly group: string | null;
  })[];
  readonly usages: readonly Pick<Usage, 'subject' | 'permission' | 'lastUsedAt' | 'windowStart' | 'source'>[];
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
  readonly credentialAges?: readonly CredentialAges[];
  /** The ways to become an administrator, certain and most used ones first, and how many more there are. */
  readonly adminWays?: { readonly ways: readonly AdminWay[]; readonly left: number };
  /** The last snapshots, oldest first, this one last; left out: nobody asked. */
  readonly trend?: readonly TrendPoint[];
  /** Of the identities with the worst findings first, so many as a page can hold. */
  readonly details?: readonly IdentityDetails[];
  /** Left out: findings were compared with nothing. */
  readonly baseline?: ReportBaseline;
  /** What changed since another snapshot, or is not as it was approved; left out: nobody asked. */
  readonly drift?: ReportDrift;
  /** The answers by the controls of one framework, where one was asked for. */
  readonly framework?: FrameworkResult;
}

/** A renderer: pure, the same input gives the same text. What can outgrow one string comes piece by piece. */
export interface Report {
  readonly format: string;
  readonly title: string;
  /** The usual ending of a file name, without the dot. */
  readonly extension: string;
  /** The parts of the input that it shows and that take long to read; others may be left out. */
  readonly wants?: readonly ('adminWays' | 'details')[];
  readonly render: (input: ReportInput) => string | Iterable<string>;
}

/** Declares a report; the compiler checks it, and keeps what its `render` gives. */
export function defineReport<Declared extends Report>(report: Declared): Declared {
  return report;
}
