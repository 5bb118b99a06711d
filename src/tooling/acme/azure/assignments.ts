import { ago, armTime } from '../clock.ts';
import { userId } from '../people.ts';
import { pick, uuid } from '../seed.ts';
import { APPLICATIONS } from './applications.ts';
import { MANAGED_IDENTITIES } from './managed-identities.ts';
import { roleDefinitionId } from './roles.ts';
import type { Assigned } from './spec.ts';
import { type Subscription, principalId, SANDBOX, STORES, subscriptionPath } from './tenant.ts';

/** `GET …/roleAssignments` of one subscription. */
export function roleAssignments(subscription: Subscription): object {
  const programs = [...APPLICATIONS, ...MANAGED_IDENTITIES].flatMap(({ name, roles = [] }) =>
    roles
      .filter(({ at }) => isIn(at, subscription))
      .map((assigned) => assignment(subscription, principalId(name), 'ServicePrincipal', assigned)),
  );
  // The platform team's own administrator of the sandbox, who owns the pipeline's application as well.
  const owner: Assigned = { role: 'Owner', at: subscriptionPath(SANDBOX) };
  const people =
    subscription === SANDBOX ? [assignment(subscription, userId('mara.lindqvist'), 'User', owner)] : [];
  return { value: [...people, ...programs] };
}

function assignment(
  subscription: Subscription,
  principal: string,
  principalType: 'ServicePrincipal' | 'User',
  { role, at }: Assigned,
): object {
  const key = `role assignment ${principal} ${role} ${at}`;
  const id = uuid(key);
  const made = armTime(ago(60 + pick(key, 200), key));
  return {
    properties: {
      roleDefinitionId: roleDefinitionId(subscription, role),
      principalId: principal,
      principalType,
      scope: at,
      condition: null,
      conditionVersion: null,
      createdOn: made,
      updatedOn: made,
      createdBy: userId('mara.lindqvist'),
      updatedBy: userId('mara.lindqvist'),
      delegatedManagedIdentityResourceId: null,
      description: null,
    },
    id: `${at}/providers/Microsoft.Authorization/roleAssignments/${id}`,
    type: 'Microsoft.Authorization/roleAssignments',
    name: id,
  };
}

/**
 * `GET …/denyAssignments` of one subscription: a deployment stack protects what the stores keep
 * (https://learn.microsoft.com/azure/azure-resource-manager/bicep/deployment-stacks).
 */
export function denyAssignments(subscription: Subscription): object {
  if (subscription !== STORES) return { value: [] };
  const id = uuid('deny assignment stores-data');
  const scope = `${subscriptionPath(subscription)}/resourceGroups/rg-stores-data`;
  const deny = {
    properties: {
      denyAssignmentName: "Deny assignment created by deployment stack 'stores-data'",
      description: null,
      permissions: [{ actions: ['*/delete'], notActions: [], dataActions: [], notDataActions: [] }],
      scope,
      doNotApplyToChildScopes: false,
      principals: [
        { id: '00000000-0000-0000-0000-000000000000', type: 'SystemDefined', displayName: 'All Principals' },
      ],
      excludePrincipals: [{ id: principalId('data-pipelines'), type: 'ServicePrincipal' }],
      isSystemProtected: true,
    },
    id: `${scope}/providers/Microsoft.Authorization/denyAssignments/${id}`,
    type: 'Microsoft.Authorization/denyAssignments',
    name: id,
  };
  return { value: [deny] };
}

function isIn(scope: string, subscription: Subscription): boolean {
  return `${scope}/`.startsWith(`${subscriptionPath(subscription)}/`);
}
