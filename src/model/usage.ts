import type { Instant, System, Uid } from './system.ts';

/** What one source says about the use of an identity, a credential or a permission. Absence within a window is not absence. */
export interface Usage {
  readonly system: System;
  readonly scopeUid: Uid;
  readonly identityUid: Uid;
  readonly credentialUid: Uid | null;
  readonly subject: 'identity' | 'credential' | 'permission';
  /** The service or permission, for `permission` (`s3`, `s3:GetObject`); else null. */
  readonly permission: string | null;
  /** null: no use seen in the window. */
  readonly lastUsedAt: Instant | null;
  /** What the source looked at; null: it does not say. */
  readonly windowStart: Instant | null;
  readonly windowEnd: Instant | null;
  /** `aws:role-last-used`, `aws:credential-report`, `aws:service-last-accessed`, `kubernetes:legacy-token-tracking`, … */
  readonly source: string;
  /** What the source cannot see, in a few words each. */
  readonly blindSpots: readonly string[];
}
