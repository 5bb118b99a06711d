import type { Instant, System, Uid } from './system.ts';

/** A change that a system's own log records: who did what to which object. */
export interface LoggedWrite {
  readonly system: System;
  readonly scopeUid: Uid;
  readonly writtenAt: Instant;
  /** As the log names it: a user name, an ARN, an address. */
  readonly actor: string;
  /** What was done, in the system's words: `create rolebindings`, `AttachRolePolicy`. */
  readonly action: string;
  /** The identity, credential, grant, role or guardrail; of Kubernetes the binding that grants are subjects of. */
  readonly objectUid: Uid;
  /** `kubernetes:audit-log`, `aws:cloudtrail`, … */
  readonly source: string;
}
