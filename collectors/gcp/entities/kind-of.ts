import { type Fields, memberOf, textOf } from '../fields.ts';
import { WORKLOAD_TYPES } from '../workload-types.ts';
import type { EntityKind } from './entity.ts';

/** Kinds that a resource name alone tells (https://cloud.google.com/iam/docs/reference/rest). */
const BY_NAME: readonly (readonly [RegExp, EntityKind])[] = [
  [/\/serviceAccounts\/[^/]+\/keys\/[^/]+$/u, 'key'],
  [/\/serviceAccounts\/[^/]+$/u, 'service-account'],
  [/^(?:(?:projects|organizations)\/[^/]+\/)?roles\/[^/]+$/u, 'role'],
  [/\/?(?:workloadIdentityPools|workforcePools)\/[^/]+$/u, 'pool'],
  [/(?:workloadIdentityPools|workforcePools)\/[^/]+\/providers\/[^/]+$/u, 'provider'],
  [/^policies\/.+\/denypolicies\/[^/]+$/u, 'deny-policy'],
  [/\/principalAccessBoundaryPolicies\/[^/]+$/u, 'boundary'],
  [/\/policyBindings\/[^/]+$/u, 'boundary-binding'],
  [/\/accessPolicies\/[^/]+$/u, 'access-policy'],
  [/^projects\/[^/]+\/locations\/[^/]+\/keys\/[^/]+$/u, 'api-key'],
  [/^groups\/[^/]+\/memberships\/[^/]+$/u, 'membership'],
  [/^groups\/[^/]+$/u, 'group'],
  [/^folders\/\d+$/u, 'folder'],
  [/^organizations\/\d+$/u, 'organization'],
];

/** What an object is, by its name or by members that only its kind has; null: nothing about identities. */
export function kindOf(fields: Fields): EntityKind | null {
  const has = (name: string): boolean => Object.hasOwn(fields, name);
  if (has('bindings') && Array.isArray(fields['bindings'])) return 'allow-policy';
  if (has('activityType') && has('fullResourceName')) return 'activity';
  if (fields['kind'] === 'storage#hmacKeyMetadata' || (has('accessId') && has('serviceAccountEmail')))
    return 'hmac-key';
  if (has('projectId') && (has('projectNumber') || /^projects\/\d+$/u.test(textOf(fields, 'name') ?? '')))
    return 'project';
  const name = textOf(fields, 'name') ?? '';
  const named = BY_NAME.find(([pattern]) => pattern.test(name))?.[1];
  if (named !== undefined) return named;
  if (has('email') && has('uniqueId')) return 'service-account';
  // What get-iam-policy prints of a resource that nobody was ever given a role on.
  if (has('etag') && Object.keys(fields).every((key) => key === 'etag' || key === 'version'))
    return 'allow-policy';
  return null;
}

/** What an asset of Cloud Asset Inventory is (https://cloud.google.com/asset-inventory/docs/supported-asset-types). */
export const ASSET_KINDS: Readonly<Record<string, EntityKind>> = {
  'cloudresourcemanager.googleapis.com/Organization': 'organization',
  'cloudresourcemanager.googleapis.com/Folder': 'folder',
  'cloudresourcemanager.googleapis.com/Project': 'project',
  'iam.googleapis.com/ServiceAccount': 'service-account',
  'iam.googleapis.com/ServiceAccountKey': 'key',
  'iam.googleapis.com/Role': 'role',
  'iam.googleapis.com/WorkloadIdentityPool': 'pool',
  'iam.googleapis.com/WorkloadIdentityPoolProvider': 'provider',
  'apikeys.googleapis.com/Key': 'api-key',
  ...Object.fromEntries(Object.keys(WORKLOAD_TYPES).map((type) => [type, 'workload' as const])),
};

/** The name by which an entity is known; null: it has none, so that nothing can be said of it. */
export function nameOf(kind: EntityKind, fields: Fields): string | null {
  const name = textOf(fields, 'name');
  switch (kind) {
    case 'project':
      return projectName(fields);
    case 'service-account':
      return textOf(fields, 'email') ?? name;
    case 'activity':
      return `${textOf(fields, 'activityType') ?? ''} ${textOf(fields, 'fullResourceName') ?? ''}`;
    case 'hmac-key':
      return textOf(fields, 'accessId');
    case 'allow-policy':
      return '';
    case 'organization':
    case 'folder':
    case 'key':
    case 'role':
    case 'pool':
    case 'provider':
    case 'deny-policy':
    case 'boundary':
    case 'boundary-binding':
    case 'access-policy':
    case 'api-key':
    case 'group':
    case 'membership':
    case 'workload':
      return name;
  }
}

function projectName(fields: Fields): string | null {
  const id = textOf(fields, 'projectId');
  return id === null ? null : `projects/${id}`;
}

/** The bindings' holder of what an inventory prints: `policy` of a search, `iamPolicy` or `iam_policy` of an export. */
export function policyIn(fields: Fields): Fields | null {
  return memberOf(fields, 'policy') ?? memberOf(fields, 'iamPolicy') ?? memberOf(fields, 'iam_policy');
}
