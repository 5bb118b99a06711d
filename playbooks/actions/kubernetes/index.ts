import type { Action } from '#contract/action.ts';
import { deleteServiceAccount } from './delete-service-account.ts';
import { deleteTokenSecret } from './delete-token-secret.ts';
import { disableAutomount } from './disable-automount.ts';
import { removeClusterRoleBinding } from './remove-cluster-role-binding.ts';
import { removeRoleBinding } from './remove-role-binding.ts';

/** Everything that can be done in a Kubernetes cluster. */
export const kubernetesActions: readonly Action[] = [
  disableAutomount,
  removeRoleBinding,
  removeClusterRoleBinding,
  deleteTokenSecret,
  deleteServiceAccount,
];
