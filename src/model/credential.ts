import type { Instant, Json, System, Uid } from './system.ts';

/** Something that proves to be an identity. Its secret value is never a field of any type. */
export interface Credential {
  readonly uid: Uid;
  readonly system: System;
  readonly scopeUid: Uid;
  readonly identityUid: Uid;
  /** `access-key`, `console-password`, `signing-certificate`, `service-account-token`, `client-secret`, `key-file`, … */
  readonly kind: string;
  readonly name: string;
  readonly enabled: boolean | null;
  readonly createdAt: Instant | null;
  /** null where it never expires or the system did not say; `raw` tells which. */
  readonly expiresAt: Instant | null;
  readonly lastUsedAt: Instant | null;
  /** Where `lastUsedAt` comes from and, where it is null, whether that means never (`none`: nothing was measured). */
  readonly lastUsedEvidence: LastUsedEvidence;
  readonly raw: Json;
}

/**
 * `used`: lastUsedAt is a measured use. `never`: the source tracks use and saw none since the credential was made.
 * `not-in-window`: the source saw none in its window, older use is possible. `none`: no source was read.
 */
export type LastUsedEvidence = 'used' | 'never' | 'not-in-window' | 'none';
