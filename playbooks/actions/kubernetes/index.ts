import type { Action } from '#contract/action.ts';
import { removeClusterRoleBinding } from './remove-cluster-role-binding.ts';
import { removeRoleBinding } from './remove-role-binding.ts';

/** Everything that can be done in a Kubernetes cluster. */
export const kubernetesActions: readonly Action[] = [removeRoleBinding, removeClusterRoleBinding];
