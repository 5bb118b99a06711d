import { bindingRemoval } from './binding-removal.ts';

/** Takes an identity out of a RoleBinding. */
export const removeRoleBinding = bindingRemoval('role-binding');
