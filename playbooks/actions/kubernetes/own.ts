import type { Identity } from '#model/identity.ts';

/** Whether an identity is the customer's own: a ServiceAccount, or a user whom only bindings name. */
export function isOwn({ kind, managedBy }: Identity): boolean {
  return managedBy === 'customer' && (kind === 'service-account' || kind === 'user');
}

/** Cluster, namespace and name of a ServiceAccount; null: the identity is none. */
export function placeIn({
  uid,
  name,
  scopeUid,
}: Identity): { readonly cluster: string; readonly namespace: string; readonly name: string } | null {
  const before = `${scopeUid}:serviceaccount:`;
  const [namespace, last] = uid.startsWith(before) ? uid.slice(before.length).split('/') : [];
  if (namespace === undefined || namespace === '' || last !== name) return null;
  return { cluster: scopeUid.replace(/^k8s:/u, ''), namespace, name };
}
