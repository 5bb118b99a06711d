import { createPublicKey } from 'node:crypto';
import type { PartialRows } from '#audit/example-rows.ts';
import type { ActingContext, Action, Evaluator, FormerAccess } from '#contract/action.ts';
import { ledgerEntries, openLedger } from '#ledger/open-ledger.ts';
import type { System, Uid } from '#model/system.ts';
import { approve } from '#revocation/approvals.ts';
import { applyPlan } from '#revocation/apply.ts';
import { beforeStates } from '#revocation/before-states.ts';
import { readJournal } from '#revocation/journal.ts';
import { makePlan } from '#revocation/make-plan.ts';
import { planDigest } from '#revocation/plan.ts';
import { formerAccess, readIdentity } from '#revocation/read-subjects.ts';
import { rollBack } from '#revocation/roll-back.ts';
import type { Twin } from '#revocation/twins.ts';
import { verifyPlan, type VerifyOptions } from '#revocation/verify-plan.ts';
import { NOW, openEstate } from '../estates/estate.ts';
import { newKey, TIME } from '../ledger/ledger-for-test.ts';
import { POLICY } from '../revocation/small-plan.ts';
import { tempDir } from '../temp-dir.ts';

/** A plan in one cloud, with everything that carries it out; the ledger and the kept states are real files. */
export async function cloudPlan(options: {
  readonly rows: readonly PartialRows[];
  readonly identity: { readonly uid: Uid; readonly system: System };
  readonly actions: readonly Action[];
  readonly evaluator: Evaluator;
  readonly context: ActingContext;
}) {
  const { rows, identity, actions, evaluator, context } = options;
  return workloadPlan({
    rows,
    identities: [{ ...identity, why: 'it was asked for' }],
    actions,
    evaluators: [evaluator],
    contextOf: () => context,
  });
}

/** A plan for all identities of a workload, in as many systems as `contextOf` knows. */
export async function workloadPlan(options: {
  readonly rows: readonly PartialRows[];
  readonly identities: readonly Twin[];
  readonly actions: readonly Action[];
  readonly evaluators: readonly Evaluator[];
  readonly contextOf: (system: System) => ActingContext;
}) {
  const { identities, actions, evaluators, contextOf } = options;
  const steps = actions.map(({ id }) => id);
  const playbook = { id: 'all', title: 'All', about: '', scope: 'identity', steps } as const;
  const pack = { actions, evaluators, playbooks: [playbook] };
  const snapshot = await openEstate(...options.rows);
  const plan = await makePlan(
    snapshot,
    {
      id: 'p1',
      identities,
      playbook,
      only: null,
      deletes: false,
      requester: 'requester',
      reason: 'unused',
      snapshot: { id: 's1', asOf: NOW },
      policy: POLICY,
      now: NOW,
    },
    pack,
    async (action, parameters) => action.read(parameters, contextOf(action.system)),
  );
  const former = new Map<Uid, FormerAccess>();
  for (const { uid } of identities) {
    const records = await readIdentity(snapshot, uid);
    if (records === null) throw new Error('no such identity');
    former.set(uid, formerAccess(records));
  }
  const dataDir = await tempDir();
  const ledger = openLedger(dataDir, newKey(), () => TIME);
  await ledger.append({ kind: 'plan', body: { plan: planDigest(plan) } });
  const approverKey = newKey();
  const journal = async () => readJournal(ledgerEntries(dataDir), planDigest(plan));
  const base = { plan, pack, ledger, states: beforeStates(dataDir), contextOf };
  return {
    plan,
    apply: async () =>
      applyPlan({
        ...base,
        approvals: ['ada', 'ben'].map((approver) =>
          approve(plan, { approver, overrules: ['use-unknown'], time: NOW, key: approverKey }),
        ),
        approvers: ['ada', 'ben'].map((name) => ({ name, key: createPublicKey(approverKey) })),
        journal: await journal(),
        now: () => NOW,
        onApproved: async () => undefined,
        onStep: async () => undefined,
      }),
    verify: async (more: Partial<VerifyOptions> = {}) =>
      verifyPlan({ ...base, journal: await journal(), former, after: null, now: NOW, ...more }),
    rollBack: async () => rollBack({ ...base, journal: await journal(), onStep: async () => undefined }),
  };
}
