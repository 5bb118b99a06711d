import { json, loopback, type Answer, type Loopback } from '#test/collectors/shared/live/loopback.ts';
import type { AzureTarget } from '#model/target/azure.ts';

export const TENANT = '11111111-1111-4111-8111-111111111111';
export const SUBSCRIPTION = '22222222-2222-4222-8222-222222222222';
export const PRINCIPAL = '33333333-3333-4333-8333-333333333333';
export const APPLICATION = '44444444-4444-4444-8444-444444444444';
export const OTHER = '55555555-5555-4555-8555-555555555555';
export const READER = 'acdd72a7-3385-48ef-bd42-f606fba81ae7';
export const AT = `/subscriptions/${SUBSCRIPTION}`;
export const AUTHORIZATION = `${AT}/providers/Microsoft.Authorization`;
export const GROUP = `/providers/Microsoft.Management/managementGroups/${TENANT}`;

/** What both APIs answer, by path. */
export type Routes = Readonly<Record<string, unknown>>;

/** A small tenant: one subscription below its root group, one application with a secret, one role assigned. */
export const TENANT_ROUTES: Routes = {
  '/subscriptions': {
    value: [{ id: AT, subscriptionId: SUBSCRIPTION, tenantId: TENANT, displayName: 'pay', state: 'Enabled' }],
  },
  '/providers/Microsoft.Management/managementGroups': {
    value: [{ id: GROUP, type: 'Microsoft.Management/managementGroups', name: TENANT, properties: {} }],
  },
  [GROUP]: {
    id: GROUP,
    type: 'Microsoft.Management/managementGroups',
    name: TENANT,
    properties: { tenantId: TENANT, displayName: 'Root', children: [{ id: AT, type: '/subscriptions' }] },
  },
  [`${AUTHORIZATION}/roleAssignments`]: {
    value: [
      {
        id: `${AUTHORIZATION}/roleAssignments/a1`,
        type: 'Microsoft.Authorization/roleAssignments',
        properties: {
          roleDefinitionId: `${AUTHORIZATION}/roleDefinitions/${READER}`,
          principalId: PRINCIPAL,
          principalType: 'ServicePrincipal',
          scope: AT,
        },
      },
    ],
  },
  [`${AUTHORIZATION}/roleDefinitions`]: {
    value: [
      {
        id: `${AUTHORIZATION}/roleDefinitions/${READER}`,
        type: 'Microsoft.Authorization/roleDefinitions',
        name: READER,
        properties: { roleName: 'Reader', type: 'BuiltInRole', permissions: [{ actions: ['*/read'] }] },
      },
    ],
  },
  [`${AUTHORIZATION}/permissions`]: {
    value: [{ actions: ['*/read'], notActions: ['Microsoft.Authorization/denyAssignments/read'] }],
  },
  '/v1.0/servicePrincipals': {
    '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#servicePrincipals',
    value: [
      {
        id: PRINCIPAL,
        appId: 'app',
        displayName: 'pay-deploy',
        servicePrincipalType: 'Application',
        appRoles: [{ id: OTHER, value: 'Pay.All' }],
        owners: [],
      },
    ],
  },
  '/v1.0/applications': {
    '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#applications',
    value: [
      {
        id: APPLICATION,
        appId: 'app',
        displayName: 'pay-deploy',
        passwordCredentials: [{ keyId: 'k1', endDateTime: '2027-01-01T00:00:00Z' }],
        owners: [],
      },
    ],
  },
  '/beta/reports/servicePrincipalSignInActivities': {
    '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#reports/servicePrincipalSignInActivities',
    value: [
      {
        id: 'x',
        appId: 'app',
        lastSignInActivity: { lastSignInDateTime: '2026-11-09T00:00:00Z' },
        applicationAuthenticationClientSignInActivity: { lastSignInDateTime: '2026-11-01T00:00:00Z' },
      },
    ],
  },
};

/** Serves both APIs on one port: a value as JSON, a function as it likes, and an empty list everywhere else. */
export async function azureServer(routes: Routes, turns: Routes = {}): Promise<Loopback> {
  const asked = new Map<string, number>();
  return loopback((response, request, body) => {
    const url = new URL(request.url ?? '', 'http://localhost');
    const path = decodeURIComponent(url.pathname);
    const turn = asked.get(path) ?? 0;
    asked.set(path, turn + 1);
    const first = turn === 0 ? turns[path] : undefined;
    const page = url.searchParams.get('page');
    const found = first ?? routes[page === null ? path : `${path}?page=${page}`] ?? { value: [] };
    if (isAnswer(found)) found(response, request, body);
    else json(found)(response, request, body);
  });
}

/** A target whose APIs are the server. */
export function targetOf(base: string, more: Partial<AzureTarget> = {}): AzureTarget {
  return {
    system: 'azure',
    name: 'pay',
    tenant: TENANT,
    subscriptions: 'all',
    managementEndpoint: base,
    graphEndpoint: base,
    concurrency: 4,
    ...more,
  };
}

function isAnswer(value: unknown): value is Answer {
  return typeof value === 'function';
}
