import { ActionError, type ActingContext, type FormerAccess } from '#contract/action.ts';
import type { Instant, System, Uid } from '#model/system.ts';
import type { Reader } from '#store/reader.ts';
import { isDone, type Journal } from './journal.ts';
import { scopeIn, type Plan, type PlanStep } from './plan.ts';
import { actionOf, type ActionPack, type ContextOf } from './playbooks.ts';
import { askEngine, askLogs, askEvaluator } from './decisions.ts';

/** One of the ways of looking. `open`: it could not be done, and `detail` says why. */
export interface Check {
  readonly way: 'state' | 'decision-by-engine' | 'decision-by-system' | 'behaviour';
  readonly result: 'gone' | 'still-there' | 'open';
  readonly detail: string;
}

/** How one identity stands in its system. */
export interface IdentityVerdict {
  readonly identityUid: Uid;
  readonly system: System;
  readonly verdict: Verdict;
  readonly checks: readonly Check[];
}

export type Verdict = 'proved' | 'partially-proved' | 'not-proved' | 'regressed';

/** Whether access is gone, by every way of looking that there was, and which there was not. */
export interface Verification {
  readonly verdict: Verdict;
  readonly time: Instant;
  readonly identities: readonly IdentityVerdict[];
  /** What could not be checked, in a line each. */
  readonly notChecked: readonly string[];
}

export interface VerifyOptions {
  readonly plan: Plan;
  readonly pack: ActionPack;
  readonly journal: Journal;
  /** What the identities had before, by uid. */
  readonly former: ReadonlyMap<Uid, FormerAccess>;
  /** A snapshot taken after the changes settled; null: none was. */
  readonly after: Reader | null;
  readonly contextOf: ContextOf;
  readonly now: Instant;
}

/** Looks whether access is gone: by state, by decision, by behaviour. Changes nothing. */
export async function verifyPlan(options: VerifyOptions): Promise<Verification> {
  const identities: IdentityVerdict[] = [];
  for (const { uid, system } of options.plan.identities)
    identities.push(await verifyIdentity(uid, system, options));
  return {
    verdict: together(identities.map(({ verdict }) => verdict)),
    time: options.now,
    identities,
    notChecked: identities.flatMap(({ identityUid, checks }) =>
      checks
        .filter(({ result }) => result === 'open')
        .map(({ way, detail }) => `${identityUid}: ${way}: ${detail}`),
    ),
  };
}

async function verifyIdentity(uid: Uid, system: System, options: VerifyOptions): Promise<IdentityVerdict> {
  const steps = options.plan.steps.filter(({ identityUid }) => identityUid === uid);
  const former = options.former.get(uid) ?? null;
  const context = options.contextOf(system, scopeIn(options.plan, uid));
  const doneAt = lastDone(steps, options.journal);
  const checks: Check[] = [
    await checkState(steps, context, options),
    await askEngine(uid, options.plan, options.after),
    await askEvaluator(former, options.pack, context),
    await askLogs(uid, doneAt, options.after),
  ];
  return { identityUid: uid, system, checks, verdict: verdictOf(checks, options.journal.proved) };
}

/** Every object is as its step leaves it, read anew. */
async function checkState(
  steps: readonly PlanStep[],
  context: ActingContext | null,
  { journal, pack }: VerifyOptions,
): Promise<Check> {
  const way = 'state';
  if (steps.length === 0) return { way, result: 'still-there', detail: 'the plan has no step for it' };
  if (context === null) return { way, result: 'open', detail: 'its system is not connected' };
  const undone: string[] = [];
  for (const step of steps) {
    try {
      const state = await actionOf(pack, step.action).read(step.parameters, context);
      if (!state.done)
        undone.push(`${step.id} ${step.title}${isDone(journal.steps.get(step.id)) ? ': came back' : ''}`);
    } catch (error) {
      if (!(error instanceof ActionError)) throw error;
      return { way, result: 'open', detail: `${step.id}: ${error.failure}: ${error.message}` };
    }
  }
  return undone.length === 0
    ? { way, result: 'gone', detail: `${steps.length} of ${steps.length} objects are as planned` }
    : { way, result: 'still-there', detail: undone.join('; ') };
}

function lastDone(steps: readonly PlanStep[], journal: Journal): Instant | null {
  const times = steps.flatMap(({ id }) => {
    const record = journal.steps.get(id);
    return isDone(record) && typeof record?.time === 'string' ? [record.time] : [];
  });
  return times.toSorted().at(-1) ?? null;
}

/**
 * Proved: the state is as planned, and a decision was had and is no, and no log says otherwise. Open ways of looking at
 * behaviour do not take a proof back, since logs lag; they are said.
 */
function verdictOf(checks: readonly Check[], provedBefore: boolean): Verdict {
  if (checks.some(({ result }) => result === 'still-there')) return provedBefore ? 'regressed' : 'not-proved';
  const gone = (way: Check['way']) => checks.some((check) => check.way === way && check.result === 'gone');
  const decided = gone('decision-by-engine') || gone('decision-by-system');
  if (gone('state') && decided) return 'proved';
  return gone('state') || decided ? 'partially-proved' : 'not-proved';
}

/** One system that is not proved leaves the whole partially proved at best. */
function together(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes('regressed')) return 'regressed';
  if (verdicts.every((verdict) => verdict === 'proved')) return 'proved';
  return verdicts.some((verdict) => verdict === 'proved' || verdict === 'partially-proved')
    ? 'partially-proved'
    : 'not-proved';
}
