import type { Grant } from '#model/grant.ts';
import type { Uid } from '#model/system.ts';
import { clusterGroupUid, clusterUserUid, serviceAccountUid } from '#model/uid.ts';
import type { SubjectBody } from '../objects/rbac.ts';

/** Whom a binding's subject means. */
export interface Principal {
  readonly kind: Grant['principalKind'] & ('identity' | 'group');
  readonly uid: Uid;
  /** The subject's part of a grant's uid: `serviceaccount:ns/name`, `user:name`, `group:name`. */
  readonly key: string;
}

/** What a binding can name. */
export const SUBJECT_KINDS: ReadonlySet<string> = new Set(['ServiceAccount', 'User', 'Group']);

/**
 * Whom a subject of a binding in `namespace` ('': a ClusterRoleBinding) means; null: Kubernetes knows no such kind. A
 * ServiceAccount without a namespace is of the binding's own; in a ClusterRoleBinding it is nobody.
 */
export function principalOf(cluster: string, subject: SubjectBody, namespace: string): Principal | null {
  const { kind, name } = subject;
  switch (kind) {
    case 'ServiceAccount': {
      const home = (subject.namespace ?? '') === '' ? namespace : (subject.namespace ?? '');
      const uid = serviceAccountUid(cluster, home, name);
      return { kind: 'identity', uid, key: `serviceaccount:${home}/${name}` };
    }
    case 'User':
      return { kind: 'identity', uid: userUid(cluster, name), key: `user:${name}` };
    case 'Group':
      return { kind: 'group', uid: clusterGroupUid(cluster, name), key: `group:${name}` };
    default:
      return null;
  }
}

/** The uid of a user name; a ServiceAccount's user name is the ServiceAccount. */
export function userUid(cluster: string, name: string): Uid {
  const account = serviceAccountNamed(name);
  return account === null
    ? clusterUserUid(cluster, name)
    : serviceAccountUid(cluster, account.namespace, account.name);
}

/**
 * The ServiceAccount whose user name this is, or null
 * (https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-subjects).
 */
export function serviceAccountNamed(
  user: string,
): { readonly namespace: string; readonly name: string } | null {
  const [, namespace, name] = /^system:serviceaccount:([^:]+):([^:]+)$/u.exec(user) ?? [];
  return namespace === undefined || name === undefined ? null : { namespace, name };
}
