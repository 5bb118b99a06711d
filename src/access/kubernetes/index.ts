import type { AccessRecords, KubernetesRequest, SystemAccess } from '../engine.ts';
import { questionFinder } from './asker.ts';
import { indexCluster } from './cluster.ts';
import { splitByCluster } from './clusters.ts';
import { decide } from './decide.ts';
import { clusterEdges } from './edges.ts';
import { clusterEntitlements } from './entitlements.ts';

/** The effective access of every cluster in the records: RBAC as the API server evaluates it. */
export function kubernetesAccess(records: AccessRecords): SystemAccess<KubernetesRequest> {
  const all = [...splitByCluster(records)].map(([uid, rows]) => ({ cluster: indexCluster(uid, rows), rows }));
  const questionOf = questionFinder(new Map(all.map(({ cluster }) => [cluster.uid, cluster])));
  return {
    system: 'kubernetes',
    decide: (request) => {
      const question = questionOf(request);
      if ('decision' in question) return question;
      const { cluster, asker, namespace } = question;
      return decide(cluster, asker, namespace === undefined ? request : { namespace, ...request });
    },
    *entitlements() {
      for (const { cluster, rows } of all) yield* clusterEntitlements(cluster, rows);
    },
    *edges() {
      for (const { cluster, rows } of all) yield* clusterEdges(cluster, rows);
    },
    gaps: () => all.flatMap(({ cluster }) => cluster.leftOut),
  };
}
