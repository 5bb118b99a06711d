import type { Observation } from '#model/record.ts';
import type { Instant } from '#model/system.ts';
import type { Target } from '#model/target.ts';

/** Time, handed in: collectors read no clock of their own. */
export interface LiveClock {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Waits; rejects with the signal's reason when aborted. */
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

/** What a live reader is given besides its target. */
export interface LiveContext {
  readonly asOf: Instant;
  /** Aborted on Ctrl-C: every wait and every call ends at once. */
  readonly signal: AbortSignal;
  readonly clock: LiveClock;
  /** A number from 0 up to 1, for jitter. */
  readonly random: () => number;
  /** Environment variables, for finding credentials. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** One line for people about what is being read: an account, a project, a namespace. */
  readonly progress: (what: string) => void;
}

/** Whether one right that a scan needs is there, asked of the system itself. */
export interface Probe {
  /** The call that needs it: `iam:ListRoles`, `GET /v1.0/applications`. */
  readonly call: string;
  readonly permission: string | null;
  /** `unknown`: the system has no way to ask without doing it, or did not answer. */
  readonly status: 'allowed' | 'denied' | 'unknown';
  readonly detail: string | null;
}

/** A policy, role or list of rights, ready to be applied with the provider's own tool. */
export interface PermissionDocument {
  /** What it is and where it goes, in one line. */
  readonly title: string;
  /** Usual ending of a file name, without the dot: `json`, `yaml`, `sh`. */
  readonly extension: string;
  readonly text: string;
  /** The rights in it by the system's own names, sorted. */
  readonly permissions: readonly string[];
}

/** One system, read live. It never writes to it. */
export interface LiveReader<T extends Target = Target> {
  /**
   * Reads everything of a target, page by page. A call that is denied, throttled for too long, missing or disabled
   * becomes a coverage row with the permission that is missing, and the rest is read. Throws only on bugs, on
   * `CollectError` where nothing at all can be read (no credentials, an unreachable server), and on `signal`.
   */
  read(target: T, context: LiveContext): AsyncIterable<readonly Observation[]>;
  /** Asks which of the needed rights are there, reading no estate. Throws as `read` does. */
  probe(target: T, context: LiveContext): AsyncIterable<Probe>;
  /** The least that `read` needs for this target, and no more. Reads nothing. */
  permissions(target: T): readonly PermissionDocument[];
  /** The targets that the machine's own settings point to, without any call over a network. */
  detect(context: Pick<LiveContext, 'environment' | 'signal'>): Promise<readonly T[]>;
}

/** Declares a live reader; the compiler holds it to its kind of target. */
export function defineLiveReader<T extends Target>(reader: LiveReader<T>): LiveReader<T> {
  return reader;
}
