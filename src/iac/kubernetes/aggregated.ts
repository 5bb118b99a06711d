import type { Observation } from '#model/record.ts';
import type { Uid } from '#model/system.ts';
import { isValues } from '../terraform/resource-view.ts';
import type { Unknown } from '../proposal.ts';

const LABEL = /^rbac\.authorization\.k8s\.io\/aggregate-to-/u;

/**
 * Says of ClusterRoles which roles of the snapshot may gather up by their labels that this is not worked out:
 * https://kubernetes.io/docs/reference/access-authn-authz/rbac/#aggregated-clusterroles.
 */
export function aggregatedUnknowns(
  rows: readonly Observation[],
  sources: ReadonlyMap<Uid, string>,
): Unknown[] {
  return rows.flatMap((observation) => {
    if (observation.table !== 'roles' || observation.row.kind !== 'cluster-role') return [];
    const { uid, name, raw } = observation.row;
    const labels = isValues(raw) && isValues(raw['labels']) ? Object.keys(raw['labels']) : [];
    return labels
      .filter((label) => LABEL.test(label))
      .map((label) => ({
        address: sources.get(uid) ?? uid,
        what: `ClusterRole ${name} is labelled ${label}: what the ClusterRoles that gather it up give then is not worked out`,
      }));
  });
}
