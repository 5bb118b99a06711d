import type { Observation } from '#model/record.ts';
import type { Uid } from '#model/system.ts';
import type { Known } from '../known.ts';
import type { Proposal, Unknown } from '../proposal.ts';
import type { Plan } from '../terraform/read-plan.ts';
import { planStates, type ResourceView } from '../terraform/resource-view.ts';
import {
  computeAzure,
  lastPart,
  objectIdOf,
  RESOURCE_ID_TAG,
  resourceIdOf,
  type AzureNames,
} from './names.ts';
import { rowOf } from './rows.ts';

/** What the Azure resources of a plan change. */
export async function azureProposal(plan: Plan, known: Known): Promise<Proposal> {
  const unknowns: Unknown[] = [];
  const { before, after } = planStates(plan, computeAzure, unknowns);
  const names = await namesOf([...before.resources, ...after.resources], known);
  const sources = new Map<Uid, string>();
  const rowsOf = (resources: readonly ResourceView[]): Observation[] =>
    resources.flatMap((view) => {
      const row = rowOf(view, names);
      if (row !== null && 'uid' in row.row) sources.set(row.row.uid, view.address);
      return row ?? [];
    });
  const [was, will] = [rowsOf(before.resources), rowsOf(after.resources)];
  return { before: was, after: will, owned: new Set(sources.keys()), sources, unknowns };
}

async function namesOf(views: readonly ResourceView[], known: Known): Promise<AzureNames> {
  const tenants = await known.scopes('azure', 'tenant');
  const home = tenants.length === 1 ? (tenants[0]?.uid ?? '') : 'entra:unknown';
  const principals = new Map<string, Uid>();
  for (const view of views) {
    const id = view.type === 'azurerm_user_assigned_identity' ? objectIdOf(view) : view.text('principal_id');
    if (id === null || principals.has(id.toLowerCase())) continue;
    const [uid] = await known.endingWith('azure', `:${id.toLowerCase()}`);
    if (uid !== undefined) principals.set(id.toLowerCase(), uid);
  }
  const identities = new Map<string, Uid>();
  for (const view of views) {
    if (view.type === 'azurerm_user_assigned_identity') {
      const id = objectIdOf(view).toLowerCase();
      identities.set(
        resourceIdOf(view).toLowerCase(),
        principals.get(id) ?? `${home}:serviceprincipal:${id}`,
      );
    }
    const parent = view.text('parent_id') ?? view.text('user_assigned_identity_id');
    if (view.type !== 'azurerm_federated_identity_credential' || parent === null) continue;
    const uid = await known.tagged('azure', RESOURCE_ID_TAG, parent);
    if (uid !== null) identities.set(parent.toLowerCase(), uid);
  }
  const roles = new Map<string, Uid>();
  const described = new Set<Uid>();
  for (const { uid, name, hasDocument } of await known.roles('azure')) {
    if (!uid.startsWith('/providers/microsoft.authorization/')) continue;
    roles.set(name.toLowerCase(), uid);
    if (hasDocument) described.add(uid);
  }
  for (const view of views) {
    if (view.type !== 'azurerm_role_definition') continue;
    const uid = roleUidOf(computeAzure(view, 'role_definition_resource_id') ?? view.address);
    roles.set((view.text('name') ?? view.address).toLowerCase(), uid);
    described.add(uid);
  }
  return {
    home,
    principalUid: (id, type) =>
      principals.get(id.toLowerCase()) ??
      `${home}:${/group/iu.test(type ?? '') ? 'group' : /user/iu.test(type ?? '') ? 'user' : 'serviceprincipal'}:${id}`.toLowerCase(),
    roleUid: (id, name) => (id === null ? (roles.get(name?.toLowerCase() ?? '') ?? null) : roleUidOf(id)),
    identityOf: (resourceId) => identities.get(resourceId.toLowerCase()) ?? null,
    isDescribed: (uid) => described.has(uid),
  };
}

/** One role uid for a definition, under whichever scope it is named: its last part is unique in a tenant. */
function roleUidOf(id: string): Uid {
  return `/providers/microsoft.authorization/roledefinitions/${lastPart(id)}`.toLowerCase();
}
