import type { Identity } from '#model/identity.ts';

/** Whether an identity is the customer's own: a ServiceAccount, or a user whom only bindings name. */
export function isOwn({ kind, managedBy }: Identity): boolean {
  return managedBy === 'customer' && (kind === 'service-account' || kind === 'user');
}
