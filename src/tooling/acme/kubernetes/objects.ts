/** A Kubernetes object as a person writes it into a manifest. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: Metadata;
  readonly [field: string]: unknown;
}

export interface Metadata {
  readonly name: string;
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  /** What the API server adds (`uid`, `creationTimestamp`, …). */
  readonly [field: string]: unknown;
}

export interface PolicyRule {
  readonly apiGroups?: readonly string[];
  readonly resources?: readonly string[];
  readonly resourceNames?: readonly string[];
  readonly nonResourceURLs?: readonly string[];
  readonly verbs: readonly string[];
}

export interface Subject {
  readonly kind: 'ServiceAccount' | 'User' | 'Group';
  readonly name: string;
  readonly namespace?: string;
  readonly apiGroup?: string;
}

const RBAC = 'rbac.authorization.k8s.io';
const RBAC_V1 = `${RBAC}/v1`;

/** A rule from comma-separated words: `rule('apps', 'deployments,replicasets', 'get,list')`; `core` is the group ''. */
export function rule(apiGroups: string, resources: string, verbs: string, names?: string): PolicyRule {
  return {
    apiGroups: apiGroups.split(',').map((name) => (name === 'core' ? '' : name)),
    resources: resources.split(','),
    ...(names === undefined ? {} : { resourceNames: names.split(',') }),
    verbs: verbs.split(','),
  };
}

/** A rule for paths that are no resources. */
export function pathRule(paths: string, verbs: string): PolicyRule {
  return { nonResourceURLs: paths.split(','), verbs: verbs.split(',') };
}

/** A namespace; `team` becomes its owner label. */
export function namespace(name: string, team?: string, environment?: string): Manifest {
  const labels = {
    'kubernetes.io/metadata.name': name,
    ...(team === undefined ? {} : { 'acme.example/team': team }),
    ...(environment === undefined ? {} : { environment }),
  };
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } };
}

/** A ServiceAccount; `fields` are merged in (`automountServiceAccountToken`, `secrets`). */
export function serviceAccount(metadata: Metadata, fields: object = {}): Manifest {
  return { apiVersion: 'v1', kind: 'ServiceAccount', metadata, ...fields };
}

/** A ClusterRole or, with a namespace, a Role. */
export function role(metadata: Metadata, rules: readonly PolicyRule[]): Manifest {
  return {
    apiVersion: RBAC_V1,
    kind: metadata.namespace === undefined ? 'ClusterRole' : 'Role',
    metadata,
    rules,
  };
}

/** A ClusterRole that is the sum of the ClusterRoles with one of the labels. */
export function aggregatedRole(
  metadata: Metadata,
  labels: readonly string[],
  rules: readonly PolicyRule[] = [],
): Manifest {
  const clusterRoleSelectors = labels.map((label) => ({ matchLabels: { [label]: 'true' } }));
  return {
    apiVersion: RBAC_V1,
    kind: 'ClusterRole',
    metadata,
    aggregationRule: { clusterRoleSelectors },
    rules,
  };
}

/** A ClusterRoleBinding or, with a namespace, a RoleBinding, of `Role/name` or `ClusterRole/name`. */
export function binding(metadata: Metadata, roleRef: string, subjects: readonly Subject[]): Manifest {
  const [kind, name] = roleRef.split(/\/(.*)/s);
  return {
    apiVersion: RBAC_V1,
    kind: metadata.namespace === undefined ? 'ClusterRoleBinding' : 'RoleBinding',
    metadata,
    roleRef: { apiGroup: RBAC, kind, name },
    ...(subjects.length === 0 ? {} : { subjects }),
  };
}

/** A ServiceAccount as a binding's subject. */
export function account(inNamespace: string, name: string): Subject {
  return { kind: 'ServiceAccount', name, namespace: inNamespace };
}

/** A group as a binding's subject. */
export function group(name: string): Subject {
  return { apiGroup: RBAC, kind: 'Group', name };
}

/** A user as a binding's subject. */
export function user(name: string): Subject {
  return { apiGroup: RBAC, kind: 'User', name };
}
