import type { Json, System, Uid } from './system.ts';

/** `trusted` may become `identityUid`: the other half of access, said by the side that trusts. */
export interface Trust {
  readonly uid: Uid;
  readonly system: System;
  readonly scopeUid: Uid;
  readonly identityUid: Uid;
  /** A uid, an account, a service name, a federation provider, or `*`. */
  readonly trusted: string;
  readonly trustedKind:
    | 'everyone'
    | 'account'
    | 'organization'
    | 'identity'
    | 'group'
    | 'service'
    | 'federation-provider'
    | 'federated-subject'
    | 'deleted-principal';
  /** How it becomes it: `sts:AssumeRole`, `sts:AssumeRoleWithWebIdentity`, `federated-credential`, `impersonation`, … */
  readonly mechanism: string;
  /** The condition in the system's own form; null: none. */
  readonly condition: Json;
  /** true: outside the accounts, tenants and projects of the same owner; null: not known. */
  readonly external: boolean | null;
  /** `claimed`: said by the side that wants access (an annotation), not by the side that gives it. */
  readonly certainty: 'certain' | 'conditional' | 'claimed';
  readonly raw: Json;
}
