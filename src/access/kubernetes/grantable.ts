import { KUBERNETES_RESOURCES } from '#catalogue/kubernetes/resources.ts';

/** Where a binding grants a role's rules: everywhere, or in its namespace. */
export type BoundIn = 'cluster' | 'namespace';

/** Kubernetes' own resources by API group. */
export const BUILT_IN = new Map(KUBERNETES_RESOURCES.map(({ group, ...names }) => [group, names]));

// Requests with these verbs name a namespace, and are authorized in it.
const ON_THE_OBJECT = new Set(['get', 'update', 'patch', 'delete']);

/**
 * Whether a binding can grant a verb at all. On what is outside any namespace a RoleBinding grants nothing, but for the
 * namespace object itself, which counts as within, and `bind`, which is asked for where the binding is to be
 * (https://kubernetes.io/docs/reference/access-authn-authz/rbac/#restrictions-on-role-binding-creation-or-update).
 */
export function isGrantable(group: string, resource: string, verb: string, where: BoundIn): boolean {
  if (where === 'cluster' || BUILT_IN.get(group)?.cluster.includes(baseOf(resource)) !== true) return true;
  if (resource === 'clusterroles' && verb === 'bind') return true;
  return group === '' && resource === 'namespaces' && ON_THE_OBJECT.has(verb);
}

/** A resource without its subresource. */
export function baseOf(resource: string): string {
  return resource.split('/', 1)[0] ?? resource;
}
