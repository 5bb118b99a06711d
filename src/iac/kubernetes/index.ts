import { join } from 'node:path';
import type { Observation } from '#model/record.ts';
import type { Uid } from '#model/system.ts';
import { clusterBindingUid, clusterRoleUid, serviceAccountUid } from '#model/uid.ts';
import { importExports, type Importing } from '../import-exports.ts';
import type { Proposal, Unknown } from '../proposal.ts';
import type { Values } from '../terraform/plan-schema.ts';
import type { Plan } from '../terraform/read-plan.ts';
import { isValues, planStates } from '../terraform/resource-view.ts';
import { aggregatedUnknowns } from './aggregated.ts';
import { objectsOf, type PlannedObject } from './terraform.ts';

/** What the Kubernetes resources of a plan change in the cluster that `importing` names. */
export async function kubernetesProposal(plan: Plan, importing: Importing): Promise<Proposal> {
  const unknowns: Unknown[] = [];
  const { before, after } = planStates(plan, () => null, unknowns);
  const was = objectsOf(before.resources);
  const will = objectsOf(after.resources);
  const rows = async (name: string, objects: readonly PlannedObject[]) =>
    withoutOpen(
      await importExports([listOf(objects)], { ...importing, folder: join(importing.folder, name) }),
      new Set(
        objects.filter(({ isOpen }) => isOpen).flatMap(({ object }) => uidOf(importing.of, object) ?? []),
      ),
    );
  const sources = new Map<Uid, string>();
  for (const { object, source } of [...was, ...will]) {
    const uid = uidOf(importing.of, object);
    if (uid !== null) sources.set(uid, source);
  }
  const proposed = await rows('kubernetes-after', will);
  return {
    before: await rows('kubernetes-before', was),
    after: proposed,
    owned: new Set(sources.keys()),
    sources,
    unknowns: [...unknowns, ...aggregatedUnknowns(proposed, sources)],
  };
}

/** The uid of what an object describes: a role, a binding or a ServiceAccount; null: none of them. */
export function uidOf(cluster: string, object: Values): Uid | null {
  const metadata = isValues(object['metadata']) ? object['metadata'] : {};
  const { name, namespace } = metadata;
  if (typeof name !== 'string') return null;
  const within = typeof namespace === 'string' && namespace !== '' ? namespace : 'default';
  switch (object['kind']) {
    case 'Role':
      return clusterRoleUid(cluster, name, within);
    case 'ClusterRole':
      return clusterRoleUid(cluster, name);
    case 'RoleBinding':
      return clusterBindingUid(cluster, name, within);
    case 'ClusterRoleBinding':
      return clusterBindingUid(cluster, name);
    case 'ServiceAccount':
      return serviceAccountUid(cluster, within, name);
    default:
      return null;
  }
}

function listOf(objects: readonly PlannedObject[]) {
  const items = objects.map(({ object }) => object);
  return { name: 'objects.json', text: JSON.stringify({ apiVersion: 'v1', kind: 'List', items }) };
}

/** A role whose rules are not known is not one without rules. */
function withoutOpen(rows: readonly Observation[], open: ReadonlySet<Uid>): Observation[] {
  return rows.map((observation) =>
    observation.table === 'roles' && open.has(observation.row.uid)
      ? { table: 'roles', row: { ...observation.row, document: null, breadth: null } }
      : observation,
  );
}
