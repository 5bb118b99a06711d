import { createPublicKey, type KeyObject } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { join } from 'node:path';
import type { PartialRows } from '#audit/example-rows.ts';
import type { ActingContext } from '#contract/action.ts';
import { ledgerEntries, openLedger, type Ledger } from '#ledger/open-ledger.ts';
import type { Target } from '#model/target.ts';
import { actions, evaluators, playbookFiles } from '#playbooks/index.ts';
import { readPlaybook } from '#playbooks/read-playbook.ts';
import { approve } from '#revocation/approvals.ts';
import { applyPlan, type ApplyOptions, type StepResult } from '#revocation/apply.ts';
import { beforeStates } from '#revocation/before-states.ts';
import { readJournal } from '#revocation/journal.ts';
import { makePlan } from '#revocation/make-plan.ts';
import { planDigest, type Plan } from '#revocation/plan.ts';
import { playbookOf, type ActionPack } from '#revocation/playbooks.ts';
import { rollBack, type UndoResult } from '#revocation/roll-back.ts';
import { NOW, openEstate } from '#test/estates/estate.ts';
import { POLICY } from '#test/revocation/small-plan.ts';

export const TIME = '2026-11-20T12:00:00.000Z';

/** The actions and playbooks that come with the program. */
export async function pack(): Promise<ActionPack> {
  const playbooks = await Promise.all(
    playbookFiles.map((file) => readPlaybook(join(process.cwd(), 'playbooks', file))),
  );
  return { actions, evaluators, playbooks };
}

/** A context that acts in a target, with the keys of a test. */
export function contextFor(target: Target): ActingContext {
  return {
    target,
    asOf: new Date().toISOString(),
    signal: new AbortController().signal,
    clock: { now: () => Date.now(), sleep: (milliseconds) => wait(Math.min(milliseconds, 100)) },
    random: () => 0,
    environment: { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' },
    progress: () => undefined,
  };
}

export interface PlanFor {
  readonly uids: readonly string[];
  readonly playbook?: string;
  readonly only?: string;
  readonly deletes?: boolean;
}

/** Plans with what comes with the program, looking at the real system. */
export async function planOn(rows: PartialRows, context: ActingContext, asked: PlanFor): Promise<Plan> {
  const all = await pack();
  const snapshot = await openEstate(rows);
  return makePlan(
    snapshot,
    {
      id: 'p1',
      identities: asked.uids.map((uid) => ({ uid, system: context.target.system, why: 'it was asked for' })),
      playbook: playbookOf(all, asked.playbook ?? 'quarantine-then-delete'),
      only: asked.only ?? null,
      deletes: asked.deletes ?? false,
      requester: 'requester',
      reason: 'unused',
      snapshot: { id: 's1', asOf: NOW },
      policy: { ...POLICY, quietDays: 0, approvals: { low: 1, high: 1 } },
      now: TIME,
    },
    all,
    (action, parameters) => action.read(parameters, context),
  );
}

/** A ledger that knows a plan. */
export async function ledgerFor(plan: Plan, dataDir: string, key: KeyObject): Promise<Ledger> {
  const ledger = openLedger(dataDir, key, () => TIME);
  await ledger.append({ kind: 'plan', body: { plan: planDigest(plan) } });
  return ledger;
}

/** Carries a plan out, whatever holds it approved away. */
export async function carryOut(
  plan: Plan,
  dataDir: string,
  key: KeyObject,
  context: ActingContext,
  more: Partial<ApplyOptions> = {},
): Promise<StepResult[]> {
  const held = plan.guards.filter(({ verdict }) => verdict === 'hold').map(({ id }) => id);
  return applyPlan({
    plan,
    pack: await pack(),
    approvals: [approve(plan, { approver: 'ada', overrules: held, time: TIME, key })],
    approvers: [{ name: 'ada', key: createPublicKey(key) }],
    journal: await readJournal(ledgerEntries(dataDir), planDigest(plan)),
    ledger: openLedger(dataDir, key, () => TIME),
    states: beforeStates(dataDir),
    contextOf: () => context,
    now: () => TIME,
    onApproved: async () => undefined,
    onStep: async () => undefined,
    ...more,
  });
}

/** Undoes a plan. */
export async function takeBack(
  plan: Plan,
  dataDir: string,
  key: KeyObject,
  context: ActingContext,
): Promise<UndoResult[]> {
  return rollBack({
    plan,
    pack: await pack(),
    journal: await readJournal(ledgerEntries(dataDir), planDigest(plan)),
    ledger: openLedger(dataDir, key, () => TIME),
    states: beforeStates(dataDir),
    contextOf: () => context,
    onStep: async () => undefined,
  });
}
