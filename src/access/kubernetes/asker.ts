import type { KubernetesRequest } from '../engine.ts';
import type { Decision } from '#model/decision.ts';
import type { Uid } from '#model/system.ts';
import { namespaceOf } from './binding.ts';
import type { Cluster } from './cluster.ts';
import { clusterFinder } from './clusters.ts';
import { implicitGroups, subjectOf } from './names.ts';

/** Who asks: a user name (null: nobody in particular) and the groups. */
export interface Asker {
  readonly user: string | null;
  readonly groups: readonly string[];
}

/** A question that one cluster can answer. */
export interface Question {
  readonly cluster: Cluster;
  readonly asker: Asker & {
    /** Kubernetes does not know in which groups a user signs in. */
    readonly mayHaveMoreGroups: boolean;
  };
  /** The namespace that the request's scope names, where it is one. */
  readonly namespace: string | undefined;
}

/**
 * Finds the cluster and the asker of a request; a Decision where there is none. A principal that no row knows asks
 * all the same: RBAC compares names.
 */
export function questionFinder(
  clusters: ReadonlyMap<Uid, Cluster>,
): (request: KubernetesRequest) => Question | Decision {
  const clusterOf = clusterFinder(clusters.keys());
  const only = clusters.size === 1 ? [...clusters.keys()][0] : undefined;

  return ({ principal, groups, scope }) => {
    const asked = scope === undefined ? null : clusterOf(scope);
    // A name that is within the cluster asked about is not looked for in others.
    const home = asked !== null && principal.startsWith(`${asked}:`) ? asked : clusterOf(principal);
    const chosen = scope === undefined ? (home ?? only) : asked;
    const cluster = chosen === undefined || chosen === null ? undefined : clusters.get(chosen);
    if (cluster === undefined) return unanswerable(noCluster(scope, clusters.size));
    if (home !== null && home !== cluster.uid) {
      return unanswerable(`${principal} belongs to ${home}, the question is about ${cluster.uid}`);
    }
    const subject = home === null ? null : subjectOf(cluster.uid, principal);
    if (subject === null && principal.startsWith('k8s:') && !cluster.users.has(principal)) {
      return unanswerable(`${principal} is nobody in ${cluster.uid}`);
    }
    const namespace = (scope === undefined ? null : namespaceOf(cluster.uid, scope)) ?? undefined;
    if (subject?.kind === 'group') {
      const asker = { user: null, groups: groups ?? groupsOfMember(subject.name), mayHaveMoreGroups: false };
      return { cluster, asker, namespace };
    }
    const user = subject?.name ?? principal;
    const mayHaveMoreGroups = groups === undefined && !user.startsWith('system:');
    return {
      cluster,
      asker: { user, groups: groups ?? groupsOf(cluster, user), mayHaveMoreGroups },
      namespace,
    };
  };
}

/** The groups of a user name: the implicit ones and those on record. */
export function groupsOf({ memberships }: Cluster, user: string): readonly string[] {
  const known = memberships.get(user);
  const implicit = implicitGroups(user);
  return known === undefined ? implicit : [...implicit, ...known];
}

/** The groups of somebody of whom only one group is known. */
export function groupsOfMember(group: string): readonly string[] {
  return group === 'system:unauthenticated' ? [group] : [group, 'system:authenticated'];
}

function noCluster(scope: Uid | undefined, known: number): string {
  if (scope !== undefined) return `no cluster with the scope ${scope} is in the records`;
  return known === 0
    ? 'no cluster is in the records'
    : `${known} clusters are in the records: the scope says which`;
}

function unanswerable(text: string): Decision {
  return { decision: 'unknown', reasons: [{ kind: 'missing', source: null, text }] };
}
