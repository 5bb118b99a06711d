import type { Instant, Json, System, Uid } from './system.ts';

/** Whether a program, a person or nobody knows who stands behind an identity. */
export type IdentityClass = 'non-human' | 'human' | 'unknown';

/** Who looks after an object: the customer, or the provider on the customer's behalf. */
export type ManagedBy = 'customer' | 'provider';

/** Somebody or something that can be granted access: a user, role, service account, service principal. */
export interface Identity {
  readonly uid: Uid;
  readonly system: System;
  /** The account, cluster, project, subscription or tenant that it lives in. */
  readonly scopeUid: Uid;
  /** `iam-user`, `iam-role`, `root-user`, `service-account`, `user`, `service-principal`, … */
  readonly kind: string;
  readonly name: string;
  readonly class: IdentityClass;
  /** Why `class` is what it is, in a few words. */
  readonly classReason: string;
  readonly managedBy: ManagedBy;
  /** null where the system did not say. */
  readonly enabled: boolean | null;
  readonly createdAt: Instant | null;
  readonly tags: Readonly<Record<string, string>>;
  /** `production`, `staging`, `development`, … as tags or the scope say; null where nothing says. */
  readonly environment: string | null;
  /** The provider's immutable id (`AROA…`, an object id, a Kubernetes uid): a name made again gets a new one. */
  readonly providerId: string | null;
  readonly raw: Json;
}

/** A set of identities that grants can name: an IAM group, an Entra or Google group, a Kubernetes group. */
export interface Group {
  readonly uid: Uid;
  readonly system: System;
  readonly scopeUid: Uid;
  readonly kind: string;
  readonly name: string;
  /** true where the system makes the members up itself (`system:authenticated`). */
  readonly implicit: boolean;
  readonly raw: Json;
}

/** `memberUid` (an identity or a group) belongs to the group `groupUid`. */
export interface Membership {
  readonly groupUid: Uid;
  readonly memberUid: Uid;
  readonly memberKind: 'identity' | 'group';
  readonly system: System;
  readonly scopeUid: Uid;
}
