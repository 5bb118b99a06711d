import { observe, type Observation } from '#model/record.ts';
import type { Json } from '#model/system.ts';
import { federatedSubjectUid } from '#model/uid.ts';
import type { ResourceView } from '../terraform/resource-view.ts';
import {
  computeAzure,
  lastPart,
  objectIdOf,
  RESOURCE_ID_TAG,
  resourceIdOf,
  type AzureNames,
} from './names.ts';

/** The row of a resource; null: it is not about access, or what decides is known only after applying. */
export function rowOf(view: ResourceView, names: AzureNames): Observation | null {
  switch (view.type) {
    case 'azurerm_role_assignment':
      return assignment(view, names);
    case 'azurerm_role_definition':
      return definition(view);
    case 'azurerm_user_assigned_identity':
      return managedIdentity(view, names);
    case 'azurerm_federated_identity_credential':
      return federatedCredential(view, names);
    default:
      return null;
  }
}

function assignment(view: ResourceView, names: AzureNames): Observation | null {
  const scope = view.text('scope');
  const principal = view.text('principal_id');
  if (scope === null || principal === null) {
    view.open('scope or principal_id: known only after applying: who gets it where is not known');
    return null;
  }
  const written = view.text('role_definition_id') ?? view.text('role_definition_name');
  const roleUid = names.roleUid(view.text('role_definition_id'), view.text('role_definition_name'));
  if (roleUid === null || !names.isDescribed(roleUid)) {
    view.open(`what the role ${written ?? '(known only after applying)'} gives is not in the snapshot`);
  }
  const principalUid = names.principalUid(principal, view.text('principal_type'));
  const at = scope === '/' ? '' : scope.replace(/\/+$/u, '');
  const uid = view.text('id') ?? `${at}/providers/microsoft.authorization/roleassignments/${view.address}`;
  return observe('grants', {
    uid: uid.toLowerCase(),
    system: 'azure',
    scopeUid: at === '' ? '/' : at.toLowerCase(),
    principalUid,
    principalKind: principalUid.includes(':group:') ? 'group' : 'identity',
    roleUid: roleUid ?? `/providers/microsoft.authorization/roledefinitions/${view.address}`.toLowerCase(),
    kind: 'role-assignment',
    state: 'active',
    condition: view.text('condition'),
    resourceUid: null,
    createdAt: null,
    raw: null,
  });
}

function definition(view: ResourceView): Observation {
  const id = lastPart(computeAzure(view, 'role_definition_resource_id') ?? view.address);
  const isOpen = view.isUnknown('permissions');
  if (isOpen) view.open('permissions: known only after applying: what it gives is not known');
  const document: Json = {
    permissions: view.blocks('permissions').map((block) => ({
      actions: texts(block['actions']),
      notActions: texts(block['not_actions']),
      dataActions: texts(block['data_actions']),
      notDataActions: texts(block['not_data_actions']),
    })),
  };
  return observe('roles', {
    uid: `/providers/microsoft.authorization/roledefinitions/${id}`.toLowerCase(),
    system: 'azure',
    scopeUid: '/',
    kind: 'role-definition',
    name: view.text('name') ?? id,
    managedBy: 'customer',
    createdAt: null,
    document: isOpen ? null : document,
    breadth: null,
    raw: null,
  });
}

function managedIdentity(view: ResourceView, names: AzureNames): Observation {
  return observe('identities', {
    uid: names.principalUid(objectIdOf(view), null),
    system: 'azure',
    scopeUid: names.home,
    kind: 'managed-identity',
    name: view.text('name') ?? view.address,
    class: 'non-human',
    classReason: 'a managed identity is for programs',
    managedBy: 'customer',
    enabled: null,
    createdAt: null,
    tags: { [RESOURCE_ID_TAG]: resourceIdOf(view).toLowerCase() },
    environment: null,
    providerId: null,
    raw: null,
  });
}

function federatedCredential(view: ResourceView, names: AzureNames): Observation | null {
  const parent = view.text('parent_id') ?? view.text('user_assigned_identity_id');
  const issuer = view.text('issuer');
  const identityUid = parent === null ? null : names.identityOf(parent);
  if (parent === null || issuer === null || identityUid === null) {
    view.open(
      'parent_id or issuer: not in the snapshot, or known only after applying: who is trusted is not known',
    );
    return null;
  }
  const subject = view.text('subject');
  return observe('trusts', {
    uid: (
      view.text('id') ?? `${parent}/federatedidentitycredentials/${view.text('name') ?? view.address}`
    ).toLowerCase(),
    system: 'azure',
    scopeUid: names.home,
    identityUid,
    trusted: federatedSubjectUid(issuer, subject ?? '*'),
    trustedKind: 'federated-subject',
    mechanism: 'federated-credential',
    condition: { audiences: [...view.texts('audience')] },
    external: null,
    certainty: subject === null ? 'conditional' : 'certain',
    raw: null,
  });
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}
