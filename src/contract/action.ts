import type { Credential } from '#model/credential.ts';
import type { Grant, Role } from '#model/grant.ts';
import type { Identity } from '#model/identity.ts';
import type { Json, System } from '#model/system.ts';
import type { Target } from '#model/target.ts';
import type { Trust } from '#model/trust.ts';
import type { LiveContext } from './live.ts';

/** A row of the snapshot that a step is about. */
export type Subject =
  | { readonly table: 'identities'; readonly row: Identity }
  | { readonly table: 'credentials'; readonly row: Credential; readonly identity: Identity }
  | {
      readonly table: 'grants';
      readonly row: Grant;
      readonly identity: Identity;
      readonly role: Role | null;
    }
  | { readonly table: 'trusts'; readonly row: Trust; readonly identity: Identity };

/** What an action needs to know of its object: names and ids as the system's API takes them, never a secret. */
export type Parameters = Readonly<Record<string, Json>>;

/**
 * `contain` cuts access off and can be undone. `remove` takes away what gave access; it can be undone where the action
 * says so. `delete` cannot be undone: what is made again gets a new id.
 */
export type Phase = 'contain' | 'remove' | 'delete';

/** An action's object as the system has it now. */
export interface ObjectState {
  /** false: it is not there any more. */
  readonly present: boolean;
  /** It is already as the action would leave it. */
  readonly done: boolean;
  /**
   * What this action changes, as it is now, and no more: enough to undo it and to tell whether somebody else changed it.
   * Other steps of the same plan must leave it as it is, so that what is deleted is told by its immutable id alone. No
   * secret.
   */
  readonly document: Json;
  /**
   * What else undoing needs where steps of one plan share an object (a trust policy, a binding): the whole of it right
   * before this step. It is kept and never compared. No secret.
   */
  readonly restore?: Json | undefined;
}

/** The provider's own trace of a change: what its audit log calls it. */
export interface Receipt {
  /** `x-amzn-requestid`, `x-ms-request-id`, the audit id of Kubernetes; null: the provider gave none. */
  readonly requestId: string | null;
}

/** What actions and checks are given besides their parameters. */
export interface ActingContext extends LiveContext {
  /** The system with the credentials that act, apart from those that read. */
  readonly target: Target;
}

/** One way of changing one system: the only kind of code that does. */
export interface Action {
  /** System and name, as playbooks call it: `aws/deactivate-access-key`. */
  readonly id: string;
  readonly system: System;
  readonly phase: Phase;
  /**
   * What access it ends. `subject`: what the row gave, and no more. `all-access`: everything that the identity can do,
   * by whatever grant. `sessions`: sessions that were there already, which outlive what they were made with; the
   * parameters of its steps hold the time of the plan too, as `plannedAt`.
   */
  readonly closes: 'subject' | 'all-access' | 'sessions';
  /** One line for people: what it does to what. */
  readonly title: (parameters: Parameters) => string;
  /** What it would do to this row; null: it is not for it. Reads nothing. */
  readonly parametersFor: (subject: Subject) => Parameters | null;
  /** The rights that read, act and undo take, by the system's own names, sorted. */
  readonly permissions: readonly string[];
  /** How long the system may take until the change holds everywhere, in seconds, and the provider's page that says so. */
  readonly settle: { readonly seconds: number; readonly source: string };
  /** The object as it is now. Throws `ActionError`. */
  readonly read: (parameters: Parameters, context: ActingContext) => Promise<ObjectState>;
  /** Changes the object, which was just read as `before`. Throws `ActionError`; `conflict` where it changed since. */
  readonly act: (parameters: Parameters, before: ObjectState, context: ActingContext) => Promise<Receipt>;
  /** Puts back what `before` says, and nothing where it is so already. Absent: it cannot be undone. */
  readonly undo?: (parameters: Parameters, before: ObjectState, context: ActingContext) => Promise<Receipt>;
}

/** Declares an action; the compiler checks it. */
export function defineAction(action: Action): Action {
  return action;
}

/** An identity with everything that gave it rights, as they were before a revocation. */
export interface FormerAccess {
  readonly identity: Identity;
  readonly grants: readonly { readonly grant: Grant; readonly role: Role | null }[];
}

/** What a system's own evaluator says about rights that should be gone. */
export interface DecisionCheck {
  readonly asked: number;
  readonly denied: number;
  /** Those that are still allowed, in the system's own words; at most 100. */
  readonly allowed: readonly string[];
  /** What could not be asked, and why; at most 100. */
  readonly unknown: readonly string[];
}

/** A system's own evaluator: SubjectAccessReview, the policy simulator, testIamPermissions. It changes nothing. */
export interface Evaluator {
  readonly system: System;
  /** For people: `SubjectAccessReview`. */
  readonly title: string;
  readonly permissions: readonly string[];
  /** Asks about every former permission, or says which it could not ask about. Throws `ActionError`. */
  readonly ask: (former: FormerAccess, context: ActingContext) => Promise<DecisionCheck>;
}

/** Declares an evaluator; the compiler checks it. */
export function defineEvaluator(evaluator: Evaluator): Evaluator {
  return evaluator;
}

/** Why a system was not read or changed. `refused`: the action itself found that it must not act on this object. */
export type ActionFailure =
  'denied' | 'unauthenticated' | 'unreachable' | 'throttled' | 'conflict' | 'refused' | 'failed';

/** A change, or the look before it, that did not happen. The message is one line and holds no secret. */
export class ActionError extends Error {
  readonly failure: ActionFailure;
  /** The right that is missing, where the failure is `denied`. */
  readonly missingPermission: string | null;

  constructor(
    failure: ActionFailure,
    message: string,
    missingPermission: string | null = null,
    cause?: unknown,
  ) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'ActionError';
    this.failure = failure;
    this.missingPermission = missingPermission;
  }
}
