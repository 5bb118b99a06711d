import type { Asker } from './asker.ts';
import type { Binding } from './binding.ts';
import type { Bound, Cluster } from './cluster.ts';
import type { BoundIn } from './grantable.ts';
import { combine, type Powers, powersOf } from './powers.ts';

/** What somebody can do in one place: in the cluster as a whole, or in one namespace. */
export interface Holding {
  readonly namespace: string | null;
  readonly powers: Powers;
  /** The bindings in force there; in a namespace those of the whole cluster too. */
  readonly bindings: readonly Binding[];
}

/** Every place in which somebody holds anything: the cluster, then the namespaces with bindings, in order. */
type Holdings = (asker: Asker) => readonly Holding[];

/** Works out holdings in a cluster, each role once. */
export function holdingsIn(cluster: Cluster): Holdings {
  const powersIn = { cluster: powersByRole('cluster'), namespace: powersByRole('namespace') };

  return ({ user, groups }) => {
    const bounds = boundsOf(cluster, user, groups);
    const clusterWide = bounds.flatMap((bound) => bound.clusterWide);
    const inCluster = clusterWide.map((binding) => [powersIn.cluster(binding), binding.grantUid] as const);

    const namespaces = new Set(bounds.flatMap((bound) => [...bound.byNamespace.keys()]));
    const inNamespaces = [...namespaces].toSorted().map((namespace): Holding => {
      const own = bounds.flatMap((bound) => bound.byNamespace.get(namespace) ?? []);
      const within = own.map((binding) => [powersIn.namespace(binding), binding.grantUid] as const);
      return { namespace, powers: combine([...inCluster, ...within]), bindings: [...clusterWide, ...own] };
    });
    return [{ namespace: null, powers: combine(inCluster), bindings: clusterWide }, ...inNamespaces];
  };
}

/** What is bound to a user name and to groups, each once. */
export function boundsOf(
  { users, groups: byGroup }: Cluster,
  user: string | null,
  groups: readonly string[],
): readonly Bound[] {
  const own = user === null ? undefined : users.get(user);
  return [own, ...[...new Set(groups)].map((group) => byGroup.get(group))].filter(
    (bound) => bound !== undefined,
  );
}

function powersByRole(where: BoundIn): (binding: Binding) => Powers {
  const known = new Map<Binding['role'], Powers>();
  return ({ role }) => {
    const before = known.get(role);
    if (before !== undefined) return before;
    const powers = powersOf(role?.rules ?? [], where);
    known.set(role, powers);
    return powers;
  };
}
