import type { PartialRows } from '#audit/example-rows.ts';
import type { Grant, Role } from '#model/grant.ts';
import type { Identity } from '#model/identity.ts';
import type { Uid } from '#model/system.ts';
import {
  clusterBindingUid,
  clusterRoleUid,
  clusterUid,
  namespaceUid,
  serviceAccountUid,
} from '#model/uid.ts';

export const CLUSTER = 'demo';
export const CLUSTER_UID: Uid = clusterUid(CLUSTER);

/** The uid of `namespace/name`. */
export function saUid(path: string): Uid {
  const [inside = '', name = ''] = path.split('/');
  return serviceAccountUid(CLUSTER, inside, name);
}

/** A ServiceAccount, `namespace/name`. */
export function serviceAccount(path: string, fields: Partial<Identity> = {}): PartialRows {
  return { identities: [{ uid: saUid(path), kind: 'service-account', name: path, ...fields }] };
}

/** A namespace as a scope inside the cluster. */
export function namespace(name: string): PartialRows {
  const scope = { uid: namespaceUid(CLUSTER, name), system: 'kubernetes', kind: 'namespace', name } as const;
  return { scopes: [{ ...scope, parentUid: CLUSTER_UID }] };
}

/** A ClusterRole. */
export function clusterRole(name: string, fields: Partial<Role> = {}): PartialRows {
  return { roles: [{ uid: clusterRoleUid(CLUSTER, name), kind: 'cluster-role', name, ...fields }] };
}

/** A ClusterRoleBinding of a ClusterRole to one ServiceAccount, as the one grant that it is; its uid is `bindingUid`. */
export function clusterBinding(
  name: string,
  role: string,
  account: string,
  fields: Partial<Grant> = {},
): PartialRows {
  const grant = {
    uid: bindingUid(name, account),
    principalUid: saUid(account),
    roleUid: clusterRoleUid(CLUSTER, role),
    kind: 'cluster-role-binding',
  };
  return { grants: [{ ...grant, ...fields }] };
}

/** A RoleBinding in a namespace of a ClusterRole to one ServiceAccount. */
export function roleBinding(
  path: string,
  role: string,
  account: string,
  fields: Partial<Grant> = {},
): PartialRows {
  const [inside = ''] = path.split('/');
  const grant = {
    uid: bindingUid(path, account),
    system: 'kubernetes',
    scopeUid: namespaceUid(CLUSTER, inside),
    principalUid: saUid(account),
    roleUid: clusterRoleUid(CLUSTER, role),
    kind: 'role-binding',
  } as const;
  return { grants: [{ ...grant, ...fields }] };
}

/** The uid of the grant that a binding (`name` or `namespace/name`) is for one ServiceAccount. */
export function bindingUid(binding: string, account: string): Uid {
  const [first = '', second] = binding.split('/');
  const uid =
    second === undefined ? clusterBindingUid(CLUSTER, first) : clusterBindingUid(CLUSTER, second, first);
  return `${uid}#serviceaccount:${account}`;
}
