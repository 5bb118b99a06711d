import type { System, Uid } from './system.ts';

/** Who answers for an identity, as one source says. */
export interface Owner {
  readonly system: System;
  readonly scopeUid: Uid;
  readonly identityUid: Uid;
  readonly owner: string;
  readonly kind: 'person' | 'team' | 'unknown';
  /** `tag:owner`, `label:team`, `codeowners`, `backstage`, `application-owner`, … */
  readonly source: string;
  readonly state: 'declared' | 'corroborated' | 'inferred' | 'conflicting' | 'orphaned' | 'owner-left';
}

/** Something that runs as an identity: a pod template, a function, an instance. */
export interface Workload {
  readonly uid: Uid;
  readonly system: System;
  readonly scopeUid: Uid;
  readonly identityUid: Uid;
  readonly kind: string;
  readonly name: string;
  readonly environment: string | null;
}
