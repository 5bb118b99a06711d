import type { Instant } from '#model/system.ts';

/** Why a run began. */
export type RunReason = 'scheduled' | 'first' | 'caught-up' | 'interrupted' | 'regrowth' | 'once';

/** What the agent says in its log. */
export type AgentEvent =
  | {
      readonly event: 'started';
      readonly folder: string;
      readonly schedules: readonly string[];
      readonly waiting: number;
    }
  | { readonly event: 'waiting-for-lock'; readonly file: string }
  | { readonly event: 'listening'; readonly address: string }
  | {
      readonly event: 'run-started';
      readonly schedule: string;
      readonly reason: RunReason;
      readonly missed: number;
    }
  | {
      readonly event: 'run-finished';
      readonly schedule: string;
      readonly snapshot: string;
      readonly seconds: number;
      readonly gate: 'pass' | 'fail';
      readonly news: number;
    }
  | { readonly event: 'run-failed'; readonly schedule: string; readonly problem: string }
  | {
      readonly event: 'runs-skipped';
      readonly schedule: string;
      readonly count: number;
      readonly why: string;
    }
  | { readonly event: 'report'; readonly schedule: string; readonly format: string; readonly to: string }
  | {
      readonly event: 'queued';
      readonly schedule: string;
      readonly channel: string;
      readonly delivery: string;
      readonly news: number;
    }
  | { readonly event: 'delivered'; readonly channel: string; readonly delivery: string }
  | {
      readonly event: 'not-delivered';
      readonly channel: string;
      readonly delivery: string;
      readonly problem: string;
      readonly again: Instant;
    }
  | { readonly event: 'given-up'; readonly channel: string; readonly delivery: string; readonly kept: string }
  | { readonly event: 'pruned'; readonly schedule: string; readonly snapshots: readonly string[] }
  | {
      readonly event: 'regrowth-checked';
      readonly schedule: string;
      readonly revocation: string;
      readonly verdict: string | null;
    }
  | { readonly event: 'clock-went-back'; readonly schedule: string; readonly planned: Instant }
  | { readonly event: 'set-aside'; readonly file: string; readonly problem: string }
  | { readonly event: 'problem'; readonly what: string; readonly problem: string }
  | { readonly event: 'stopped' };

/** Where events go. Never throws. */
export type AgentLog = (event: AgentEvent) => void;

/** An error in one line. */
export function problemOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause instanceof Error && error.cause.message !== '' ? `: ${error.cause.message}` : '';
  return `${error.message}${error.message.includes(cause) ? '' : cause}`;
}
