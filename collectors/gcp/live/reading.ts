import { CallError } from '#collectors/shared/live/call-error.ts';
import { gapOf } from '#collectors/shared/live/gap.ts';
import type { LiveContext } from '#contract/live.ts';
import { observe, type Observation } from '#model/record.ts';
import type { Coverage } from '#model/scope.ts';
import type { Uid } from '#model/system.ts';
import type { GcpTarget } from '#model/target/gcp.ts';
import type { Intake } from '../entities/intake.ts';
import type { Call } from './calls.ts';
import type { Session } from './session.ts';

/** A reading of a target: what it asks with, where it puts the answers, and how each question went. */
export interface Reading {
  readonly target: GcpTarget;
  readonly context: LiveContext;
  readonly session: Session;
  readonly intake: Intake;
  readonly outcomes: Outcomes;
}

/** How the calls went, by scope and kind of call. */
export interface Outcomes {
  /** Makes a call; a failure of it is kept and gives null, and so is what of its answer was not understood. */
  readonly attempt: <T>(
    call: Call,
    scopeUid: Uid | null,
    work: (malformed: Malformed) => Promise<T>,
  ) => Promise<T | null>;
  readonly rows: () => readonly Observation[];
}

/** Says what was not understood of an answer. */
export type Malformed = (detail: string) => void;

interface Outcome {
  readonly call: Call;
  readonly scopeUid: Uid | null;
  tried: number;
  failures: number;
  first: CallError | null;
  malformed: string | null;
}

/** Keeps outcomes; many calls of one kind in one scope make one row. */
export function createOutcomes(): Outcomes {
  const byKey = new Map<string, Outcome>();
  return {
    attempt: async (call, scopeUid, work) => {
      const key = `${call.name} ${scopeUid ?? ''}`;
      const outcome = byKey.get(key) ?? {
        call,
        scopeUid,
        tried: 0,
        failures: 0,
        first: null,
        malformed: null,
      };
      byKey.set(key, outcome);
      outcome.tried++;
      try {
        return await work((detail) => {
          outcome.malformed ??= detail;
        });
      } catch (error) {
        if (!(error instanceof CallError)) throw error;
        outcome.failures++;
        outcome.first ??= error;
        return null;
      }
    },
    rows: () => [...byKey.values()].map((each) => observe('coverage', rowOf(each))),
  };
}

function rowOf({ call, scopeUid, tried, failures, first, malformed }: Outcome): Coverage {
  const { feed, permission } = call;
  const row = { system: 'gcp', scopeUid, feed, call: `${call.api}.${call.name}` } as const;
  if (first !== null) {
    const gap = gapOf(first.failure, { ...row, permission });
    if (failures === tried) return gap;
    return { ...gap, status: 'partial', detail: `${failures} of ${tried} calls: ${gap.detail ?? ''}` };
  }
  const status = malformed === null ? 'complete' : 'partial';
  return { ...row, status, missingPermission: null, detail: malformed };
}

/** Works through a list side by side. An error of one ends all. */
export async function sideBySide<T>(
  items: Iterable<T>,
  atOnce: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const waiting = items[Symbol.iterator]();
  const worker = async (): Promise<void> => {
    for (let next = waiting.next(); next.done !== true; next = waiting.next()) await work(next.value);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}
