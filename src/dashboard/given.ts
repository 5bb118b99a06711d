import type { Change, Direction, ExplainedDrift } from '#model/drift.ts';
import type { Dossier, FindingRow } from '#model/dossier.ts';
import type { Severity } from '#model/finding.ts';
import type { Kpi } from '#model/kpi.ts';
import type { Instant, Uid } from '#model/system.ts';
import type { Plan } from '#revocation/plan.ts';

/** What screens show and the dashboard may not read by itself: the command line gives it in. Nothing here acts. */
export interface Given {
  /** Everything that the snapshot knows of one identity. */
  readonly dossier: (identity: Uid) => Promise<Dossier>;
  /** How identities that are no administrators can become one, surest and shortest first. */
  readonly pathsToAdmin: () => Promise<readonly Path[]>;
  /** The same for one identity; no hops: it is one. null: the graph knows no way. */
  readonly pathToAdmin: (identity: Uid) => Promise<Path | null>;
  /** The metrics of a snapshot: measured once, since a snapshot does not change. */
  readonly kpis: (snapshot: string) => Promise<readonly Kpi[]>;
  readonly rules: () => Promise<ReadonlyMap<string, RuleNotes>>;
  readonly playbooks: () => Promise<ReadonlyMap<string, PlaybookNotes>>;
  /** Findings that a waiver covers on the snapshot's day, by their ids. */
  readonly waived: () => Promise<ReadonlyMap<string, WaivedFinding>>;
  /** What identities gained and lost since the snapshot before; null: there is none. */
  readonly drift: () => Promise<ExplainedDrift | null>;
  /** What came and went since the snapshot before, counted; null: there is none. */
  readonly changes: () => Promise<Changes | null>;
  /** The changes of one identity over the last snapshots, newest first; steps without one are left out. */
  readonly history: (identity: Uid) => Promise<readonly HistoryStep[]>;
  /** Every revocation on file, newest first. */
  readonly revocations: () => Promise<readonly RevocationOnFile[]>;
  /** What a revocation of this identity would do: worked out on the snapshot, written nowhere. */
  readonly plan: (identity: Uid) => Promise<Plan>;
}

/** A way from an identity to being an administrator. */
export interface Path {
  readonly identity: Uid;
  readonly certainty: 'certain' | 'conditional';
  readonly hops: readonly {
    readonly from: Uid;
    readonly to: Uid;
    readonly via: string;
    readonly permissions: readonly string[];
  }[];
}

/** What is to be read of a rule. */
export interface RuleNotes {
  readonly id: string;
  readonly title: string;
  readonly category: string;
  readonly severity: string;
  readonly needs: readonly string[];
  readonly about: string;
  readonly remedy: string;
  readonly playbook: string | null;
  /** The controls that it speaks to, as `CIS AWS Foundations 7.0: 2.14 Keys are rotated`. */
  readonly controls: readonly string[];
}

/** What is to be read of a playbook. */
export interface PlaybookNotes {
  readonly title: string;
  readonly about: string;
  /** Empty: it is for people alone. */
  readonly steps: readonly string[];
}

/** The waiver that covers a finding. */
export interface WaivedFinding {
  readonly id: string;
  /** The last day on which it holds. */
  readonly expires: string;
}

/** How much differs from the snapshot before. */
export interface Changes {
  readonly from: string;
  /** What identities can do and become, by how it changed; directions without a change are left out. */
  readonly access: ReadonlyMap<Direction, number>;
  readonly findings: readonly {
    readonly severity: Severity;
    /** They fail, and did not before. */
    readonly opened: number;
    /** They failed before, and are not there any more. */
    readonly closed: number;
    /** They failed before, and nobody can tell any more: data are missing, or their scope was not read. */
    readonly undecided: number;
  }[];
  /** The worst findings that are new, a few of them. */
  readonly worst: readonly Pick<FindingRow, 'id' | 'severity' | 'status' | 'title' | 'subject_uid'>[];
}

/** What changed about an identity up to one snapshot. */
export interface HistoryStep {
  readonly to: string;
  readonly asOf: Instant;
  readonly changes: readonly Omit<Change, 'identityUid'>[];
}

/** A revocation as its folder and the ledger know it. */
export interface RevocationOnFile {
  readonly plan: Plan;
  /** The verdict of the last verification; null: it was not verified. */
  readonly verdict: string | null;
  /** By the steps' ids: how each ended; steps that are missing were not begun. */
  readonly outcomes: ReadonlyMap<string, string>;
}
