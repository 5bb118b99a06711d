import type { Uid } from '#model/system.ts';
import type { ResourceView } from '../terraform/resource-view.ts';

/** What of Azure's own names plans do not say. */
export interface AzureNames {
  /** The tenant's scope. */
  readonly home: Uid;
  readonly principalUid: (objectId: string, type: string | null) => Uid;
  /** A role by its id, or else by its name; null: neither the plan nor the snapshot has it. */
  readonly roleUid: (id: string | null, name: string | null) => Uid | null;
  /** The principal of a user-assigned identity by its resource id; null: neither the plan nor the snapshot has it. */
  readonly identityOf: (resourceId: string) => Uid | null;
  readonly isDescribed: (roleUid: Uid) => boolean;
}

/** The tag under which the collector keeps a managed identity's resource id. */
export const RESOURCE_ID_TAG = 'azure:resource-id';

/** What comes after the last slash. */
export function lastPart(id: string): string {
  // Azure's provider writes `<id>|<scope>` for role definitions.
  const [own = ''] = id.split('|');
  return own.slice(own.lastIndexOf('/') + 1);
}

/** The object id of a user-assigned identity; one that is made while applying is called by its address. */
export function objectIdOf(view: ResourceView): string {
  const known = view.value('principal_id');
  return typeof known === 'string' ? known : view.address;
}

/** The resource id of a user-assigned identity; one that is made while applying is called by its address. */
export function resourceIdOf(view: ResourceView): string {
  const known = view.value('id');
  return typeof known === 'string' ? known : `/planned/${view.address}`;
}

/** https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/resources/user_assigned_identity and alike. */
export function computeAzure(view: ResourceView, attribute: string): string | null {
  const known = view.value(attribute);
  if (typeof known === 'string') return known;
  if (view.type === 'azurerm_user_assigned_identity') {
    if (attribute === 'principal_id') return objectIdOf(view);
    return attribute === 'id' ? resourceIdOf(view) : null;
  }
  if (view.type !== 'azurerm_role_definition') return null;
  const id = view.value('role_definition_id');
  const own = typeof id === 'string' && id !== '' ? lastPart(id) : view.address;
  return /^(?:id|role_definition_id|role_definition_resource_id)$/u.test(attribute) ? own : null;
}
