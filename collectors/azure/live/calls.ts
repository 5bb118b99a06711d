import type { Feed } from '#model/scope.ts';

/** One list that is read, what it supplies and what it needs. */
export interface Call {
  readonly api: 'management' | 'graph';
  /** Below the API's base, with `{scope}` for where it is asked. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly feeds: readonly Feed[];
  /** The right by the system's own name. */
  readonly permission: string;
}

const AUTHORIZATION = '{scope}/providers/Microsoft.Authorization';

/** What is read once: the subscriptions, and the groups above them. */
export const SUBSCRIPTIONS = arm(
  '/subscriptions',
  '2022-12-01',
  [],
  'Microsoft.Resources/subscriptions/read',
);
export const MANAGEMENT_GROUPS = arm(
  '/providers/Microsoft.Management/managementGroups',
  '2021-04-01',
  [],
  'Microsoft.Management/managementGroups/read',
);
export const MANAGEMENT_GROUP: Call = {
  ...arm('{scope}', '2021-04-01', [], 'Microsoft.Management/managementGroups/read'),
  query: { 'api-version': '2021-04-01', $expand: 'children' },
};

/** What is read of each management group. Without `atScope()` its list ends in an error or in all that is below. */
export const AT_MANAGEMENT_GROUP: readonly Call[] = [
  {
    ...arm(
      `${AUTHORIZATION}/roleAssignments`,
      '2022-04-01',
      ['grants'],
      'Microsoft.Authorization/roleAssignments/read',
    ),
    query: { 'api-version': '2022-04-01', $filter: 'atScope()' },
  },
];

/** What is read of each subscription: what applies to it, inherited from above too, and what is below. */
export const AT_SUBSCRIPTION: readonly Call[] = [
  arm(
    `${AUTHORIZATION}/roleAssignments`,
    '2022-04-01',
    ['grants'],
    'Microsoft.Authorization/roleAssignments/read',
  ),
  arm(
    `${AUTHORIZATION}/roleDefinitions`,
    '2022-04-01',
    ['roles'],
    'Microsoft.Authorization/roleDefinitions/read',
  ),
  arm(
    `${AUTHORIZATION}/denyAssignments`,
    '2022-04-01',
    ['guardrails'],
    'Microsoft.Authorization/denyAssignments/read',
  ),
  arm(
    `${AUTHORIZATION}/roleEligibilityScheduleInstances`,
    '2020-10-01',
    ['grants'],
    'Microsoft.Authorization/roleEligibilityScheduleInstances/read',
  ),
  arm(
    `${AUTHORIZATION}/roleAssignmentScheduleInstances`,
    '2020-10-01',
    ['grants'],
    'Microsoft.Authorization/roleAssignmentScheduleInstances/read',
  ),
  arm(
    '{scope}/providers/Microsoft.ManagedIdentity/userAssignedIdentities',
    '2023-01-31',
    ['identities'],
    'Microsoft.ManagedIdentity/userAssignedIdentities/read',
  ),
  arm(
    '{scope}/resources',
    '2021-04-01',
    ['identities', 'workloads'],
    'Microsoft.Resources/subscriptions/resources/read',
  ),
  resources('Microsoft.KeyVault/vaults', '2023-07-01', ['grants']),
  resources('Microsoft.Storage/storageAccounts', '2023-05-01', ['credentials']),
  resources('Microsoft.ContainerRegistry/registries', '2023-07-01', ['credentials']),
  resources('Microsoft.DocumentDB/databaseAccounts', '2024-05-15', ['credentials']),
  resources('Microsoft.ServiceBus/namespaces', '2021-11-01', ['credentials']),
  resources('Microsoft.EventHub/namespaces', '2021-11-01', ['credentials']),
  resources('Microsoft.ContainerService/managedClusters', '2024-05-01', ['credentials']),
];

/** What is read of each user-assigned identity. */
export const AT_MANAGED_IDENTITY = arm(
  '{scope}/federatedIdentityCredentials',
  '2023-01-31',
  ['trusts'],
  'Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials/read',
);

const READ_APPLICATIONS = 'Application.Read.All';
const OWNERS = { $expand: 'owners', $top: '100' };

/** What is read of the directory. Agents come first: a plain list may hold them without saying what they are. */
export const AT_DIRECTORY: readonly Call[] = [
  graph('/v1.0/servicePrincipals/microsoft.graph.agentIdentity', {}, ['identities'], READ_APPLICATIONS),
  graph(
    '/v1.0/servicePrincipals/microsoft.graph.agentIdentityBlueprintPrincipal',
    {},
    ['identities'],
    READ_APPLICATIONS,
  ),
  graph('/v1.0/applications/microsoft.graph.agentIdentityBlueprint', {}, ['identities'], READ_APPLICATIONS),
  graph(
    '/v1.0/servicePrincipals',
    OWNERS,
    ['identities', 'credentials', 'roles', 'owners'],
    READ_APPLICATIONS,
  ),
  graph('/v1.0/applications', OWNERS, ['identities', 'credentials', 'owners'], READ_APPLICATIONS),
  graph(
    '/v1.0/applications',
    { $select: 'id,appId', $expand: 'federatedIdentityCredentials', $top: '100' },
    ['trusts'],
    READ_APPLICATIONS,
  ),
  graph('/v1.0/groups', { $expand: 'members', $top: '100' }, ['groups'], 'Directory.Read.All'),
  graph('/v1.0/oauth2PermissionGrants', { $top: '999' }, ['grants'], 'Directory.Read.All'),
  graph('/v1.0/roleManagement/directory/roleDefinitions', {}, ['roles'], 'RoleManagement.Read.Directory'),
  graph('/v1.0/roleManagement/directory/roleAssignments', {}, ['grants'], 'RoleManagement.Read.Directory'),
  graph(
    '/v1.0/roleManagement/directory/roleEligibilityScheduleInstances',
    {},
    ['grants'],
    'RoleEligibilitySchedule.Read.Directory',
  ),
  graph('/beta/reports/servicePrincipalSignInActivities', {}, ['usages'], 'AuditLog.Read.All'),
  graph('/beta/reports/appCredentialSignInActivities', {}, ['usages'], 'AuditLog.Read.All'),
];

/** Who holds the roles that a service principal offers. */
export const APP_ROLES_OF = graph(
  '/v1.0/servicePrincipals/{scope}/appRoleAssignedTo',
  { $top: '999' },
  ['grants'],
  READ_APPLICATIONS,
);

/** Who may make itself a member or owner of a group; only a filter by group or principal is answered. */
export const GROUP_ELIGIBILITIES = graph(
  '/v1.0/identityGovernance/privilegedAccess/group/eligibilityScheduleInstances',
  { $filter: "groupId eq '{scope}'" },
  ['grants'],
  'PrivilegedEligibilitySchedule.Read.AzureADGroup',
);

/** `$expand` stops at twenty (https://learn.microsoft.com/graph/query-parameters#expand): the rest comes by itself. */
export const EXPANDED = 20;
export const MEMBERS = graph(
  '/v1.0/groups/{scope}/members',
  { $top: '999' },
  ['groups'],
  'Directory.Read.All',
);
export const APPLICATION_OWNERS = graph(
  '/v1.0/applications/{scope}/owners',
  {},
  ['owners'],
  READ_APPLICATIONS,
);
export const PRINCIPAL_OWNERS = graph(
  '/v1.0/servicePrincipals/{scope}/owners',
  {},
  ['owners'],
  READ_APPLICATIONS,
);

/** Every call that is ever made. */
export const ALL_CALLS: readonly Call[] = [
  SUBSCRIPTIONS,
  MANAGEMENT_GROUPS,
  MANAGEMENT_GROUP,
  ...AT_MANAGEMENT_GROUP,
  ...AT_SUBSCRIPTION,
  AT_MANAGED_IDENTITY,
  ...AT_DIRECTORY,
  APP_ROLES_OF,
  GROUP_ELIGIBILITIES,
  MEMBERS,
  APPLICATION_OWNERS,
  PRINCIPAL_OWNERS,
];

function arm(path: string, version: string, feeds: readonly Feed[], permission: string): Call {
  return { api: 'management', path, query: { 'api-version': version }, feeds, permission };
}

/** The resources of one kind with their settings, which no list of all resources tells. */
function resources(type: string, version: string, feeds: readonly Feed[]): Call {
  return arm(`{scope}/providers/${type}`, version, feeds, `${type}/read`);
}

function graph(
  path: string,
  query: Readonly<Record<string, string>>,
  feeds: readonly Feed[],
  permission: string,
): Call {
  return { api: 'graph', path, query, feeds, permission };
}
