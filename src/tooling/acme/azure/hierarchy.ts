import { type Subscription, subscriptionPath, SUBSCRIPTIONS, TENANT } from './tenant.ts';

/** `az rest --url /subscriptions?api-version=2022-12-01`: unlike `az account list` it has the tags. */
export function subscriptionList(): object {
  return { value: SUBSCRIPTIONS.map(subscription), count: { type: 'Total', value: SUBSCRIPTIONS.length } };
}

function subscription({ id, name, environment }: Subscription): object {
  return {
    id: `/subscriptions/${id}`,
    authorizationSource: 'RoleBased',
    managedByTenants: [],
    tags: { environment },
    subscriptionId: id,
    tenantId: TENANT,
    displayName: name,
    state: 'Enabled',
    subscriptionPolicies: {
      locationPlacementId: 'Public_2014-09-01',
      quotaId: 'EnterpriseAgreement_2014-09-01',
      spendingLimit: 'Off',
    },
  };
}

/** The root management group with `$expand=children`: both subscriptions lie right below it. */
export function rootGroup(): object {
  return {
    id: `/providers/Microsoft.Management/managementGroups/${TENANT}`,
    type: 'Microsoft.Management/managementGroups',
    name: TENANT,
    properties: {
      tenantId: TENANT,
      displayName: 'Tenant Root Group',
      details: { version: 1, updatedTime: '2023-05-02T08:14:55.7309514Z', updatedBy: TENANT, parent: null },
      children: SUBSCRIPTIONS.map((each) => ({
        id: subscriptionPath(each),
        type: '/subscriptions',
        name: each.id,
        displayName: each.name,
      })),
    },
  };
}
