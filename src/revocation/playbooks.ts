import type { ActingContext, Action, Evaluator } from '#contract/action.ts';
import type { Playbook } from '#contract/playbook.ts';
import { UsageError } from '#model/errors.ts';
import type { System, Uid } from '#model/system.ts';

/** Everything that can be done, handed in by the command line: the core knows no action by name. */
export interface ActionPack {
  readonly actions: readonly Action[];
  readonly evaluators: readonly Evaluator[];
  readonly playbooks: readonly Playbook[];
}

/** The playbook with this id. Throws UsageError that lists those there are. */
export function playbookOf(pack: ActionPack, id: string): Playbook {
  const found = pack.playbooks.find((playbook) => playbook.id === id);
  if (found !== undefined) return found;
  throw new UsageError(`${id}: no such playbook`, {
    hint: `Choose from ${pack.playbooks.map((playbook) => playbook.id).join(', ')}.`,
  });
}

/** The action with this id. Throws UsageError: a plan of another version may name one that is gone. */
export function actionOf(pack: ActionPack, id: string): Action {
  const found = pack.actions.find((action) => action.id === id);
  if (found !== undefined) return found;
  throw new UsageError(`${id}: no such action`, { hint: 'Make the plan again with this version.' });
}

/** The system, with credentials that act, for a scope of it; null: none is configured for that scope. */
export type ContextOf = (system: System, scopeUid: Uid) => ActingContext | null;
