import { ActionError, type ObjectState } from '#contract/action.ts';
import type { Ledger } from '#ledger/open-ledger.ts';
import { RevocationError } from '#model/errors.ts';
import type { Instant, Json, System } from '#model/system.ts';
import { checkApprovals, type Approval, type Approver } from './approvals.ts';
import type { BeforeStates } from './before-states.ts';
import { isDone, type Journal } from './journal.ts';
import { planDigest, scopeIn, type Plan, type PlanStep } from './plan.ts';
import { actionOf, type ActionPack, type ContextOf } from './playbooks.ts';
import { stateDigest } from './steps.ts';

/** What became of a step in this run. `would`: a dry run. `waits`: an earlier step of its system did not end well. */
export interface StepResult {
  readonly step: PlanStep;
  readonly result:
    'done' | 'found-done' | 'done-before' | 'would' | 'failed' | 'changed' | 'waits' | 'not-connected';
  readonly detail: string | null;
}

export interface ApplyOptions {
  readonly plan: Plan;
  readonly pack: ActionPack;
  readonly approvals: readonly Approval[];
  readonly approvers: readonly Approver[];
  readonly journal: Journal;
  /** null: a dry run, which changes nothing and enters nothing. */
  readonly ledger: Ledger | null;
  readonly states: BeforeStates;
  readonly contextOf: ContextOf;
  readonly now: () => Instant;
  /** Called once, when nothing stands in the way and before the first step. */
  readonly onApproved: () => Promise<void>;
  readonly onStep: (result: StepResult) => Promise<void>;
}

/**
 * Carries a plan out, from where an earlier run stopped. Each step: read, compare with what the plan saw, keep what
 * undoing needs, enter the intent, act, enter the outcome. What does not end well stops the later steps of its system
 * and of no other. Throws RevocationError before the first step where the plan must not be carried out.
 */
export async function applyPlan(options: ApplyOptions): Promise<StepResult[]> {
  const { plan, journal } = options;
  if (!journal.planned) {
    throw new RevocationError('the ledger knows no plan with this digest', {
      hint: 'The plan was edited, or made with another ledger. Make it again with nhi revoke plan.',
    });
  }
  if (options.now() > plan.validUntil) {
    throw new RevocationError(`the plan was valid until ${plan.validUntil}`, {
      hint: 'Make it again: it shows what is left, and what was done stays done.',
    });
  }
  checkApprovals(plan, options.approvals, options.approvers);
  await options.onApproved();

  const results: StepResult[] = [];
  const stopped = new Set<System>();
  for (const step of plan.steps) {
    const result = stopped.has(step.system)
      ? { step, result: 'waits' as const, detail: 'an earlier step of this system did not end well' }
      : await carryOut(step, options);
    if (BAD.has(result.result)) stopped.add(step.system);
    results.push(result);
    await options.onStep(result);
  }
  return results;
}

const BAD: ReadonlySet<StepResult['result']> = new Set(['failed', 'changed', 'not-connected']);

async function carryOut(step: PlanStep, options: ApplyOptions): Promise<StepResult> {
  const { plan, pack, journal, ledger, contextOf, states } = options;
  const record = journal.steps.get(step.id);
  if (isDone(record)) return { step, result: 'done-before', detail: record?.time ?? null };
  const context = contextOf(step.system, scopeIn(plan, step.identityUid));
  if (context === null) {
    return { step, result: 'not-connected', detail: `no target with credentials that act in ${step.system}` };
  }
  const action = actionOf(pack, step.action);
  const enter = enterer(step, options);
  try {
    const state = await action.read(step.parameters, context);
    if (state.done) {
      await enter('outcome', { outcome: 'found-done', after: stateDigest(state) });
      return {
        step,
        result: 'found-done',
        detail: record?.open === true ? 'by a run that was stopped' : null,
      };
    }
    const changed = changeOf(step, state);
    if (changed !== null) return { step, result: 'changed', detail: changed };
    if (ledger === null) return { step, result: 'would', detail: null };
    await states.keep(step.id, state);
    await enter('intent', { action: step.action, parameters: step.parameters, before: stateDigest(state) });
    const receipt = await action.act(step.parameters, state, context);
    await enter('outcome', { outcome: 'done', requestId: receipt.requestId });
    return { step, result: 'done', detail: receipt.requestId };
  } catch (error) {
    if (!(error instanceof ActionError)) throw error;
    const needs = error.missingPermission === null ? '' : ` (needs ${error.missingPermission})`;
    const detail = `${error.failure}: ${error.message}${needs}`;
    await enter('outcome', { outcome: 'failed', failure: error.failure, detail });
    return { step, result: 'failed', detail };
  }
}

function changeOf(step: PlanStep, state: ObjectState): string | null {
  if (step.before === null) return 'the plan was made without reading it: make the plan again';
  return step.before === stateDigest(state)
    ? null
    : 'it changed since the plan was made: make the plan again';
}

function enterer(step: PlanStep, { plan, ledger }: ApplyOptions) {
  return async (kind: 'intent' | 'outcome', body: { readonly [key: string]: Json }): Promise<void> => {
    await ledger?.append({ kind, body: { plan: planDigest(plan), step: step.id, ...body } });
  };
}
