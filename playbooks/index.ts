import type { Action, Evaluator } from '#contract/action.ts';
import { awsActions } from './actions/aws/index.ts';
import { kubernetesActions } from './actions/kubernetes/index.ts';

/** Every action of every system. */
export const actions: readonly Action[] = [...awsActions, ...kubernetesActions];

/** The systems that can be asked for a decision. */
export const evaluators: readonly Evaluator[] = [];

/** The playbooks' files in this folder. */
export const playbookFiles: readonly string[] = [];
