import type { ScheduleConfig } from '#config/agent/schedule.ts';
import type { RegrowthFact, RunFacts } from './facts.ts';

/** A report of a schedule. */
export type ReportConfig = ScheduleConfig['reports'][number];

/** A revocation that is to be looked at again, and since when, in milliseconds since the epoch. */
export interface DueRegrowth {
  readonly revocation: string;
  readonly at: number;
}

/** What the agent repeats, and does not know how to do: the commands' own work, given by the command line. */
export interface AgentWork {
  /** What a schedule reads, by name: nothing is read by two runs at once. */
  readonly readBy: (schedule: ScheduleConfig) => readonly string[];
  /** Takes a snapshot and judges it. A snapshot is published whole or not at all, whenever `signal` aborts. */
  readonly scan: (schedule: ScheduleConfig, signal: AbortSignal) => Promise<RunFacts>;
  /** Writes a report of a snapshot to a file; its media type. */
  readonly writeReport: (
    schedule: ScheduleConfig,
    report: ReportConfig,
    snapshot: string,
    file: string,
  ) => Promise<string>;
  /** Removes old snapshots; the ids of those that went. */
  readonly prune: (schedule: ScheduleConfig) => Promise<readonly string[]>;
  /** Proved revocations that are to be looked at again, now or later; `looked`: when each was, by its id. */
  readonly regrowth: (
    schedule: ScheduleConfig,
    looked: Readonly<Record<string, number>>,
  ) => Promise<readonly DueRegrowth[]>;
  /** Looks at a revocation again, with a snapshot that was just taken. Never throws. */
  readonly lookAgain: (
    schedule: ScheduleConfig,
    revocation: string,
    snapshot: string,
    signal: AbortSignal,
  ) => Promise<RegrowthFact>;
}
