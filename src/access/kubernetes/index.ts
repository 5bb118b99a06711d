import type { AccessRecords, KubernetesRequest, SystemAccess } from '#access/engine.ts';
import { questionFinder } from './asker.ts';
import { indexCluster } from './cluster.ts';
import { splitByCluster } from './clusters.ts';
import { decide } from './decide.ts';

/** The effective access of every cluster in the records: RBAC as the API server evaluates it. */
export function kubernetesAccess(records: AccessRecords): SystemAccess<KubernetesRequest> {
  const clusters = new Map([...splitByCluster(records)].map(([uid, rows]) => [uid, indexCluster(uid, rows)]));
  const questionOf = questionFinder(clusters);
  return {
    system: 'kubernetes',
    decide: (request) => {
      const question = questionOf(request);
      if ('decision' in question) return question;
      const { cluster, asker, namespace } = question;
      return decide(cluster, asker, namespace === undefined ? request : { namespace, ...request });
    },
    entitlements: () => [],
    edges: () => [],
    gaps: () => [...clusters.values()].flatMap(({ leftOut }) => leftOut),
  };
}
