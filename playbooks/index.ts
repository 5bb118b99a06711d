import type { Action, Evaluator } from '#contract/action.ts';
import { awsActions } from './actions/aws/index.ts';
import { simulator } from './actions/aws/simulator.ts';
import { azureActions, azureEvaluator } from './actions/azure/index.ts';
import { gcpActions, gcpEvaluator } from './actions/gcp/index.ts';
import { kubernetesActions } from './actions/kubernetes/index.ts';
import { subjectAccessReview } from './actions/kubernetes/subject-access-review.ts';

/** Every action of every system. */
export const actions: readonly Action[] = [
  ...awsActions,
  ...azureActions,
  ...gcpActions,
  ...kubernetesActions,
];

/** The systems that can be asked for a decision. */
export const evaluators: readonly Evaluator[] = [
  simulator,
  azureEvaluator,
  gcpEvaluator,
  subjectAccessReview,
];

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
