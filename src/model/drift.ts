import type { Instant, Json, System, Uid } from './system.ts';

/** A difference between the approved access and what a scan found, as rules judge it. */
export interface DriftRecord {
  /** `identity`, `credential`, `entitlement`, `edge`, `trust`, `guardrail`, `open-grant`, or `revoked` for what came back. */
  readonly kind: string;
  /** `gained`, `lost`, `changed` or `unknown`. */
  readonly direction: string;
  readonly system: System | null;
  readonly scopeUid: Uid | null;
  /** The identity that it is about; for guardrails and open grants, what they limit or give. */
  readonly identityUid: Uid;
  /** What it is, among all of its kind and identity. */
  readonly key: string;
  readonly before: string | null;
  readonly after: string | null;
  /** The grants, policies and trusts behind it that changed. */
  readonly causes: Json;
  /** What it was compared with: the name of the approved baseline, or of a revocation. */
  readonly baseline: string;
  /** When that was approved; null: it does not say. */
  readonly approvedAt: Instant | null;
}
