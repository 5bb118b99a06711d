import type { AgentConfig } from '#config/agent.ts';
import type { Delivering } from './deliver/deliver.ts';
import type { AgentLog } from './events.ts';
import type { Outbox } from './outbox.ts';
import type { TakeTurn } from './turns.ts';
import type { AgentWork } from './work.ts';

/** What the agent runs on. */
export interface AgentOptions extends Delivering {
  readonly config: AgentConfig;
  /** Where it keeps what it remembers and has to deliver. */
  readonly folder: string;
  readonly work: AgentWork;
  readonly toolVersion: string;
  /** The wall clock, in milliseconds since the epoch: it may be set while the agent runs. */
  readonly now: () => number;
  /** Waits so many milliseconds, or throws once the signal aborts. */
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  /** From 0 up to 1. */
  readonly random: () => number;
  readonly log: AgentLog;
}

/** Everything that keeping a schedule takes. */
export interface Keeping extends AgentOptions {
  readonly outbox: Outbox;
  readonly takeTurn: TakeTurn;
}
