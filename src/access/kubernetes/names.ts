import { clusterUserUid, serviceAccountUid } from '#model/uid.ts';
import type { Uid } from '#model/system.ts';

/** Who a binding names, as the authorizer compares it: a user name or a group name. */
export interface Subject {
  readonly kind: 'user' | 'group';
  readonly name: string;
}

const SERVICE_ACCOUNT = 'system:serviceaccount:';
const NODE = 'system:node:';

/** The members of this group are allowed everything, before any authorizer is asked. */
export const MASTERS = 'system:masters';

/**
 * The subject behind a uid of a cluster (`k8s:prod:…`), or null where the uid names none that could ever ask: a
 * ServiceAccount without a namespace, or an object of another kind.
 */
export function subjectOf(clusterUid: Uid, uid: Uid): Subject | null {
  if (!uid.startsWith(`${clusterUid}:`)) return null;
  const rest = uid.slice(clusterUid.length + 1);
  if (rest.startsWith('user:')) return { kind: 'user', name: rest.slice('user:'.length) };
  if (rest.startsWith('group:')) return { kind: 'group', name: rest.slice('group:'.length) };
  if (!rest.startsWith('serviceaccount:')) return null;
  const [namespace = '', name = ''] = splitOnce(rest.slice('serviceaccount:'.length), '/');
  return namespace === '' || name === '' ? null : { kind: 'user', name: serviceAccountUser(namespace, name) };
}

/** `system:serviceaccount:<namespace>:<name>`. */
function serviceAccountUser(namespace: string, name: string): string {
  return `${SERVICE_ACCOUNT}${namespace}:${name}`;
}

/** The ServiceAccount that a user name stands for, or null. */
export function serviceAccountOf(user: string): { readonly namespace: string; readonly name: string } | null {
  if (!user.startsWith(SERVICE_ACCOUNT)) return null;
  const [namespace = '', name = '', ...more] = user.slice(SERVICE_ACCOUNT.length).split(':');
  return namespace === '' || name === '' || more.length > 0 ? null : { namespace, name };
}

/** Whether a user name is a node's. */
export function isNode(user: string): boolean {
  return user.startsWith(NODE);
}

/**
 * The groups that come with a user name: those that the API server adds itself, and for a node the one without which
 * it is no node (https://kubernetes.io/docs/reference/access-authn-authz/authentication/,
 * https://kubernetes.io/docs/reference/access-authn-authz/node/).
 */
export function implicitGroups(user: string): readonly string[] {
  const account = serviceAccountOf(user);
  if (account !== null) {
    return ['system:serviceaccounts', `system:serviceaccounts:${account.namespace}`, 'system:authenticated'];
  }
  if (user === 'system:anonymous') return ['system:unauthenticated'];
  return isNode(user) ? ['system:nodes', 'system:authenticated'] : ['system:authenticated'];
}

/** The uid of a user name in a cluster: a ServiceAccount's own, where it is one. */
export function userUid(cluster: string, user: string): Uid {
  const account = serviceAccountOf(user);
  return account === null
    ? clusterUserUid(cluster, user)
    : serviceAccountUid(cluster, account.namespace, account.name);
}

function splitOnce(text: string, separator: string): readonly string[] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + separator.length)];
}
