import type { Feed } from '#model/scope.ts';
import type { GcpTarget } from '#model/target/gcp.ts';

/** Google's APIs, by the first part of their host. */
export type Api =
  'cloudresourcemanager' | 'cloudasset' | 'cloudidentity' | 'iam' | 'policyanalyzer' | 'apikeys' | 'storage';

/**
 * Where a call's right can be given: on a project, only on an organisation or folder, or by no role of IAM but as an
 * administrator of Google Workspace or Cloud Identity.
 */
type Level = 'project' | 'organization' | 'workspace';

/** One kind of question, with the right that it takes. */
export interface Call {
  readonly api: Api;
  /** As Google's reference and audit logs call it. */
  readonly name: string;
  readonly permission: string;
  readonly feed: Feed;
  readonly level: Level;
}

function call(api: Api, name: string, permission: string, feed: Feed, level: Level = 'project'): Call {
  return { api, name, permission, feed, level };
}

/** The right to read groups is no permission of IAM: https://cloud.google.com/identity/docs/how-to/setup#assigning_an_admin_role_to_the_service_account. */
export const GROUPS_READER = 'the administrator role Groups Reader';

/** Everything that a reading asks. Some permissions are written with the service's host, others without: that is their name. */
export const CALLS = {
  organization: call(
    'cloudresourcemanager',
    'organizations.get',
    'resourcemanager.organizations.get',
    'grants',
    'organization',
  ),
  folder: call(
    'cloudresourcemanager',
    'folders.get',
    'resourcemanager.folders.get',
    'grants',
    'organization',
  ),
  folders: call(
    'cloudresourcemanager',
    'folders.list',
    'resourcemanager.folders.list',
    'grants',
    'organization',
  ),
  projects: call(
    'cloudresourcemanager',
    'projects.list',
    'resourcemanager.projects.list',
    'grants',
    'organization',
  ),
  project: call('cloudresourcemanager', 'projects.get', 'resourcemanager.projects.get', 'grants'),
  organizationPolicy: call(
    'cloudresourcemanager',
    'organizations.getIamPolicy',
    'resourcemanager.organizations.getIamPolicy',
    'grants',
    'organization',
  ),
  folderPolicy: call(
    'cloudresourcemanager',
    'folders.getIamPolicy',
    'resourcemanager.folders.getIamPolicy',
    'grants',
    'organization',
  ),
  projectPolicy: call(
    'cloudresourcemanager',
    'projects.getIamPolicy',
    'resourcemanager.projects.getIamPolicy',
    'grants',
  ),
  resourcePolicies: call(
    'cloudasset',
    'searchAllIamPolicies',
    'cloudasset.assets.searchAllIamPolicies',
    'grants',
  ),
  workloads: call('cloudasset', 'assets.list', 'cloudasset.assets.listResource', 'workloads'),
  groupLookup: call('cloudidentity', 'groups.lookup', GROUPS_READER, 'groups', 'workspace'),
  group: call('cloudidentity', 'groups.get', GROUPS_READER, 'groups', 'workspace'),
  memberships: call('cloudidentity', 'groups.memberships.list', GROUPS_READER, 'groups', 'workspace'),
  denyPolicies: call('iam', 'policies.listPolicies', 'iam.denypolicies.list', 'guardrails'),
  denyPolicy: call('iam', 'policies.get', 'iam.denypolicies.get', 'guardrails'),
  boundaries: call(
    'iam',
    'principalAccessBoundaryPolicies.list',
    'iam.principalaccessboundarypolicies.list',
    'guardrails',
    'organization',
  ),
  boundaryBindings: call('iam', 'policyBindings.list', 'iam.policybindings.list', 'guardrails'),
  accessPolicies: call('iam', 'accessPolicies.list', 'iam.accesspolicies.list', 'resource-policies'),
  serviceAccounts: call('iam', 'serviceAccounts.list', 'iam.serviceAccounts.list', 'identities'),
  accountPolicy: call('iam', 'serviceAccounts.getIamPolicy', 'iam.serviceAccounts.getIamPolicy', 'trusts'),
  accountKeys: call('iam', 'serviceAccounts.keys.list', 'iam.serviceAccountKeys.list', 'credentials'),
  roles: call('iam', 'roles.list', 'iam.roles.list', 'roles'),
  pools: call('iam', 'workloadIdentityPools.list', 'iam.googleapis.com/workloadIdentityPools.list', 'trusts'),
  providers: call(
    'iam',
    'workloadIdentityPools.providers.list',
    'iam.googleapis.com/workloadIdentityPoolProviders.list',
    'trusts',
  ),
  workforcePools: call(
    'iam',
    'workforcePools.list',
    'iam.googleapis.com/workforcePools.list',
    'trusts',
    'organization',
  ),
  workforceProviders: call(
    'iam',
    'workforcePools.providers.list',
    'iam.googleapis.com/workforcePoolProviders.list',
    'trusts',
    'organization',
  ),
  accountActivities: call(
    'policyanalyzer',
    'activities.query serviceAccountLastAuthentication',
    'policyanalyzer.serviceAccountLastAuthenticationActivities.query',
    'usages',
  ),
  keyActivities: call(
    'policyanalyzer',
    'activities.query serviceAccountKeyLastAuthentication',
    'policyanalyzer.serviceAccountKeyLastAuthenticationActivities.query',
    'usages',
  ),
  apiKeys: call('apikeys', 'keys.list', 'apikeys.keys.list', 'credentials'),
  hmacKeys: call('storage', 'hmacKeys.list', 'storage.hmacKeys.list', 'credentials'),
} as const;

/**
 * The calls that a target takes rights of IAM for. What stands above a project without an organisation is asked for too, but
 * rights over it can only be given there.
 */
export function callsOf({ organization, projects }: GcpTarget): readonly Call[] {
  const every: readonly Call[] = Object.values(CALLS);
  const all = every.filter(({ level }) => level !== 'workspace');
  if (organization === null) return all.filter(({ level }) => level === 'project');
  // An organisation's projects are listed; those that are named are asked for, with the folders above them.
  const spared: readonly Call[] =
    projects === 'all' ? [CALLS.project, CALLS.folder] : [CALLS.projects, CALLS.folders];
  return all.filter((each) => !spared.includes(each));
}

/** What charging quota to a project takes there (https://cloud.google.com/docs/quotas/quota-project). */
export const QUOTA_PERMISSION = 'serviceusage.services.use';
