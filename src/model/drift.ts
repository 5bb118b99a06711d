import type { Instant, Json, System, Uid } from './system.ts';
import type { ManagedBy } from './identity.ts';

/** What drift is about. Grants of identities are causes of what they can do; those to everyone stand for themselves. */
export const FACT_KINDS = [
  'identity',
  'credential',
  'entitlement',
  'edge',
  'trust',
  'guardrail',
  'open-grant',
] as const;

export type FactKind = (typeof FACT_KINDS)[number];

/**
 * `gained`: there is more than there was. `lost`: less. `changed`: neither can be told, as for a guardrail with another
 * text. `unknown`: the side on which it is missing was not read.
 */
export const DIRECTIONS = ['gained', 'lost', 'changed', 'unknown'] as const;

export type Direction = (typeof DIRECTIONS)[number];

/** A difference in what is so. */
export interface Change {
  readonly kind: FactKind;
  readonly direction: Direction;
  readonly identityUid: Uid;
  readonly key: string;
  /** null: it was not there. */
  readonly before: string | null;
  /** null: it is not there any more. */
  readonly after: string | null;
}

/** What lies behind a change of access: a grant that came or went, or a role, trust or guardrail with another text. */
export interface Cause {
  readonly kind: 'grant' | 'role' | 'trust' | 'guardrail';
  readonly uid: Uid;
  readonly name: string;
  /** `provider`: the provider itself changed it, as when a managed policy grows. */
  readonly managedBy: ManagedBy | null;
  readonly before: string | null;
  readonly after: string | null;
}

/** A logged change that fits a difference. */
export interface Author {
  /** As the log names it: a user name, an ARN, an address. */
  readonly actor: string;
  /** null: the log that was read keeps no time. */
  readonly at: Instant | null;
  /** What was done, in the system's words. */
  readonly action: string;
  readonly source: string;
}

/** A change with all that is known of it. */
export interface ExplainedChange extends Change {
  readonly causes: readonly Cause[];
  /** `approved`: the approved access has it so. `unknown`: there is none to ask. */
  readonly approval: 'approved' | 'unapproved' | 'unknown';
  readonly approvedBy: string | null;
  /** The first snapshot after the earlier one that has it; null: it was compared with approved access. */
  readonly firstSeen: string | null;
  /** Who did it, the latest first; empty: `byNotKnown` says why. */
  readonly by: readonly Author[];
  readonly byNotKnown: string | null;
  /** The addresses or files of the code that says otherwise; empty: no code was compared with. */
  readonly sources: readonly string[];
}

/** Something that is there and that the code which was approved does not describe. */
export interface Unmanaged {
  readonly kind: 'identity' | 'credential' | 'grant' | 'trust';
  readonly uid: Uid;
  readonly system: System;
  readonly scopeUid: Uid;
  /** Whom it is about. */
  readonly identityUid: Uid;
  /** What it is, in one line. */
  readonly what: string;
  /** The capabilities that it gives, sorted; of an identity all that it has. */
  readonly gives: readonly string[];
}

/** Drift, explained. */
export interface ExplainedDrift {
  /** What it was compared with: a snapshot's id or files. */
  readonly from: string;
  readonly to: string;
  readonly changes: readonly ExplainedChange[];
  /** What no code describes where code describes something; null: it was not compared with code. */
  readonly unmanaged: readonly Unmanaged[] | null;
  /** What the code leaves open, in a line each. */
  readonly notTold: readonly string[];
}

/** A difference between the approved access and what a scan found, as rules judge it. */
export interface DriftRecord {
  /**
   * As `FACT_KINDS`; `revoked` for what came back; `unmanaged-identity`, `unmanaged-credential`, `unmanaged-grant` and
   * `unmanaged-trust` for what no approved code describes; `not-told` for what such code leaves open.
   */
  readonly kind: string;
  /** `gained`, `lost`, `changed` or `unknown`. */
  readonly direction: string;
  readonly system: System | null;
  readonly scopeUid: Uid | null;
  /** The identity that it is about; for guardrails and open grants, what they limit or give; in code, the address. */
  readonly identityUid: Uid;
  /** What it is, among all of its kind and identity. */
  readonly key: string;
  readonly before: string | null;
  readonly after: string | null;
  /** The grants, policies and trusts behind it that changed; the capabilities that something unmanaged gives. */
  readonly causes: Json;
  /** What it was compared with: the name of the approved baseline, or of a revocation. */
  readonly baseline: string;
  /** When that was approved; null: it does not say. */
  readonly approvedAt: Instant | null;
}
