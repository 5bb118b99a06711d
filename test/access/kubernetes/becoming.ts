import { kubernetesAccess } from '#access/kubernetes/index.ts';
import { becomingGraph, pathsFrom } from '#access/reach/index.ts';
import { type Estate, estateRecords } from '#test/access/kubernetes/estate.ts';

/**
 * Whom somebody can become in one step in the cluster `prod`, as `technique name` or `technique? name` (conditional),
 * names without `k8s:prod:`, sorted.
 */
export function oneStep(estate: Estate, from: string): string[] {
  const paths = pathsFrom(becomingGraph(kubernetesAccess(estateRecords(estate)).edges()), `k8s:prod:${from}`);
  return [...paths.reached()]
    .flatMap((uid) => {
      const path = paths.pathOf(uid);
      const [hop, ...more] = path?.hops ?? [];
      if (path === null || hop === undefined || more.length > 0) return [];
      return `${hop.via}${path.certainty === 'certain' ? '' : '?'} ${hop.to.slice('k8s:prod:'.length)}`;
    })
    .toSorted();
}

/** A ClusterRole with these rules, bound to the user ann in the whole cluster. */
export function everywhere(...rules: readonly Rule[]): Pick<Estate, 'roles' | 'bindings'> {
  return {
    roles: { 'ClusterRole/r': rules },
    bindings: { 'ClusterRoleBinding/b': { role: 'ClusterRole/r', subjects: ['User/ann'] } },
  };
}

/** A ClusterRole with these rules, bound to the user ann in the namespace pay. */
export function inPay(...rules: readonly Rule[]): Pick<Estate, 'roles' | 'bindings'> {
  return {
    roles: { 'ClusterRole/r': rules },
    bindings: { 'RoleBinding/pay/b': { role: 'ClusterRole/r', subjects: ['User/ann'] } },
  };
}

/** A rule as a role has it. */
export type Rule = Readonly<Record<string, readonly string[]>>;

/** A rule: `rule('create', 'pods')`, `rule('bind', 'clusterroles', RBAC, 'view')`. */
export function rule(verbs: string, resources: string, group = '', ...names: readonly string[]): Rule {
  const limit = names.length === 0 ? {} : { resourceNames: names };
  return { verbs: verbs.split(' '), apiGroups: [group], resources: resources.split(' '), ...limit };
}

export const RBAC = 'rbac.authorization.k8s.io';
