import type { Action, ObjectState, Parameters, Subject } from '#contract/action.ts';
import type { Playbook } from '#contract/playbook.ts';
import { canonicalDigest } from '#ledger/canonical.ts';
import type { Instant, Uid } from '#model/system.ts';
import type { PlanStep } from './plan.ts';
import { actionOf, type ActionPack } from './playbooks.ts';
import type { RevocationPolicy } from './policy.ts';
import { subjectsOf, type IdentityRecords } from './read-subjects.ts';

/** Looks at an action's object as it is now; null: its system is not connected, or did not answer. */
export type Look = (action: Action, parameters: Parameters, identityUid: Uid) => Promise<ObjectState | null>;

const PHASES = ['contain', 'remove', 'delete'] as const;

/**
 * The steps of a playbook for some identities: containment in every system before anything is removed, deletion last
 * and only where it is asked for. `only` limits them to one row, for a finding about a single credential or grant.
 */
export async function stepsOf(
  records: readonly IdentityRecords[],
  playbook: Playbook,
  pack: ActionPack,
  options: {
    readonly only: Uid | null;
    readonly deletes: boolean;
    readonly look: Look;
    readonly settleSeconds: RevocationPolicy['settleSeconds'];
    readonly now: Instant;
  },
): Promise<PlanStep[]> {
  const actions = playbook.steps.map((id) => actionOf(pack, id));
  const wanted = PHASES.filter((phase) => phase !== 'delete' || options.deletes)
    .flatMap((phase) => actions.filter((action) => action.phase === phase))
    .flatMap((action) => records.flatMap((each) => stepsOfAction(action, each, options)));
  const steps: PlanStep[] = [];
  for (const { action, parameters, subject, identityUid } of wanted) {
    const state = await options.look(action, parameters, identityUid);
    steps.push({
      id: `s${steps.length + 1}`,
      action: action.id,
      phase: action.phase,
      system: action.system,
      identityUid,
      subjectUid: subject.row.uid,
      title: action.title(parameters),
      closes: action.closes,
      parameters,
      before: state === null ? null : stateDigest(state),
      undoable: action.undo !== undefined,
      settleSeconds: options.settleSeconds[action.system] ?? action.settle.seconds,
    });
  }
  return steps;
}

interface Wanted {
  readonly action: Action;
  readonly parameters: Parameters;
  readonly subject: Subject;
  readonly identityUid: Uid;
}

function stepsOfAction(
  action: Action,
  records: IdentityRecords,
  { only, now }: { readonly only: Uid | null; readonly now: Instant },
): Wanted[] {
  if (action.system !== records.identity.system) return [];
  return subjectsOf(records)
    .filter(({ row }) => only === null || row.uid === only)
    .flatMap((subject) => {
      const own = action.parametersFor(subject);
      if (own === null) return [];
      const parameters = action.closes === 'sessions' ? { ...own, plannedAt: now } : own;
      return [{ action, parameters, subject, identityUid: records.identity.uid }];
    });
}

/** The digest by which a change of the object is noticed. */
export function stateDigest({ present, document }: ObjectState): string {
  return canonicalDigest({ present, document });
}
