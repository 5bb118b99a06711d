import { bindingRemoval } from './binding-removal.ts';

/** Takes an identity out of a ClusterRoleBinding. */
export const removeClusterRoleBinding = bindingRemoval('cluster-role-binding');
