import type { Entry } from '#ledger/entry.ts';
import type { Json } from '#model/system.ts';

/** How a step ended. `found-done`: it was so already, by an earlier run or by somebody else. */
export type Outcome = 'done' | 'found-done' | 'failed' | 'undone';

/** What the ledger says of one step, its last word. */
export interface StepRecord {
  /** An intent stands without an outcome: whether it was done, only the system can tell. */
  readonly open: boolean;
  readonly outcome: Outcome | null;
  readonly time: string | null;
}

/** What the ledger says of one plan. */
export interface Journal {
  readonly planned: boolean;
  readonly steps: ReadonlyMap<string, StepRecord>;
  /** The verdict of the last verification. */
  readonly verdict: string | null;
  /** It was proved once. */
  readonly proved: boolean;
}

/** Gathers what the entries say of the plan with this digest. */
export async function readJournal(entries: AsyncIterable<Entry>, digest: string): Promise<Journal> {
  const steps = new Map<string, StepRecord>();
  let planned = false;
  let verdict: string | null = null;
  let proved = false;
  for await (const { kind, body, time } of entries) {
    if (body['plan'] !== digest) continue;
    const step = text(body['step']);
    if (kind === 'plan') planned = true;
    if (kind === 'intent' && step !== null) {
      steps.set(step, { open: true, outcome: steps.get(step)?.outcome ?? null, time });
    }
    if ((kind === 'outcome' || kind === 'rollback') && step !== null) {
      steps.set(step, { open: false, outcome: outcomeOf(body['outcome']), time });
    }
    if (kind === 'verification') {
      verdict = text(body['verdict']);
      proved ||= verdict === 'proved';
    }
  }
  return { planned, steps, verdict, proved };
}

/** A step counts as done when the system was left, or found, as the step leaves it. */
export function isDone(record: StepRecord | undefined): boolean {
  return record?.outcome === 'done' || record?.outcome === 'found-done';
}

function text(value: Json | undefined): string | null {
  return typeof value === 'string' ? value : null;
}

function outcomeOf(value: Json | undefined): Outcome | null {
  return value === 'done' || value === 'found-done' || value === 'failed' || value === 'undone'
    ? value
    : null;
}
