import type { Action, Evaluator } from '#contract/action.ts';
import { awsActions } from './actions/aws/index.ts';
import { simulator } from './actions/aws/simulator.ts';
import { kubernetesActions } from './actions/kubernetes/index.ts';
import { subjectAccessReview } from './actions/kubernetes/subject-access-review.ts';

/** Every action of every system. */
export const actions: readonly Action[] = [...awsActions, ...kubernetesActions];

/** The systems that can be asked for a decision. */
export const evaluators: readonly Evaluator[] = [simulator, subjectAccessReview];

/** The playbooks' files in this folder. */
export const playbookFiles: readonly string[] = [
  'assign-owner.yaml',
  'complete-collection.yaml',
  'deactivate-then-delete-key.yaml',
  'delete-role.yaml',
  'disable-password.yaml',
  'quarantine-then-delete.yaml',
  'reduce-role.yaml',
  'remove-binding.yaml',
  'remove-grant.yaml',
  'remove-grants.yaml',
  'remove-trust.yaml',
  'renew-or-remove-waiver.yaml',
  'review-access.yaml',
  'rotate-key.yaml',
  'split-identity.yaml',
  'tighten-trust.yaml',
];
