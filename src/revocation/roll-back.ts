import { ActionError } from '#contract/action.ts';
import type { Ledger } from '#ledger/open-ledger.ts';
import type { BeforeStates } from './before-states.ts';
import { isDone, type Journal } from './journal.ts';
import { planDigest, scopeIn, type Plan, type PlanStep } from './plan.ts';
import { actionOf, type ActionPack, type ContextOf } from './playbooks.ts';

/** What became of a step that is undone. `cannot`: there is no way back, or what it needs was not kept. */
export interface UndoResult {
  readonly step: PlanStep;
  readonly result: 'undone' | 'would' | 'cannot' | 'failed' | 'not-connected';
  readonly detail: string | null;
}

export interface RollBackOptions {
  readonly plan: Plan;
  readonly pack: ActionPack;
  readonly journal: Journal;
  /** null: a dry run. */
  readonly ledger: Ledger | null;
  readonly states: BeforeStates;
  readonly contextOf: ContextOf;
  readonly onStep: (result: UndoResult) => Promise<void>;
}

/**
 * Undoes what a plan did, the last step first. Stopped at any point it can be called again: an undone step is not
 * undone twice, and undoing puts back a state, not a change. Steps that were found done were not this plan's to undo.
 */
export async function rollBack(options: RollBackOptions): Promise<UndoResult[]> {
  const results: UndoResult[] = [];
  for (const step of options.plan.steps.toReversed()) {
    const record = options.journal.steps.get(step.id);
    // An intent without an outcome may have been carried out.
    if (!(isDone(record) || record?.open === true)) continue;
    const result = await undo(step, options);
    results.push(result);
    await options.onStep(result);
  }
  return results;
}

async function undo(step: PlanStep, options: RollBackOptions): Promise<UndoResult> {
  const action = actionOf(options.pack, step.action);
  const before = await options.states.read(step.id);
  if (before === null)
    return { step, result: 'cannot', detail: 'it was found so: this plan did not change it' };
  if (action.undo === undefined) return { step, result: 'cannot', detail: 'it cannot be undone' };
  const context = options.contextOf(step.system, scopeIn(options.plan, step.identityUid));
  if (context === null)
    return { step, result: 'not-connected', detail: `no target that acts in ${step.system}` };
  if (options.ledger === null) return { step, result: 'would', detail: null };
  const plan = planDigest(options.plan);
  try {
    await options.ledger.append({ kind: 'intent', body: { plan, step: step.id, undo: true } });
    const receipt = await action.undo(step.parameters, before, context);
    await options.ledger.append({
      kind: 'rollback',
      body: { plan, step: step.id, outcome: 'undone', requestId: receipt.requestId },
    });
    return { step, result: 'undone', detail: receipt.requestId };
  } catch (error) {
    if (!(error instanceof ActionError)) throw error;
    const detail = `${error.failure}: ${error.message}`;
    // The step stands as it stood: done, and not undone.
    await options.ledger.append({ kind: 'rollback', body: { plan, step: step.id, outcome: 'done', detail } });
    return { step, result: 'failed', detail };
  }
}
