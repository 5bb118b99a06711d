import { keyedKind } from '../keyed-kinds.ts';
import type { Fields } from './fields.ts';

/** What an entity can be. */
export type EntityKind =
  | 'subscription'
  | 'management-group'
  | 'role-assignment'
  | 'role-definition'
  | 'deny-assignment'
  | 'eligibility'
  | 'managed-identity'
  | 'arm-federated-credential'
  | 'service-principal'
  | 'application'
  | 'federated-credential'
  | 'app-role-assignment'
  | 'consent'
  | 'directory-role'
  | 'directory-assignment'
  | 'directory-eligibility'
  | 'group'
  | 'group-eligibility'
  | 'user'
  | 'member-of'
  | 'owner-of'
  | 'sign-in-activity'
  | 'credential-activity'
  | 'vault'
  | 'keyed-resource'
  | 'resource';

/** A map, since a file may call a type `__proto__`. */
const ARM_TYPES: ReadonlyMap<string, EntityKind> = new Map<string, EntityKind>(
  Object.entries({
    'microsoft.authorization/roleassignments': 'role-assignment',
    'microsoft.authorization/roledefinitions': 'role-definition',
    'microsoft.authorization/denyassignments': 'deny-assignment',
    'microsoft.authorization/roleeligibilityscheduleinstances': 'eligibility',
    'microsoft.authorization/roleassignmentscheduleinstances': 'role-assignment',
    'microsoft.managedidentity/userassignedidentities': 'managed-identity',
    'microsoft.managedidentity/userassignedidentities/federatedidentitycredentials':
      'arm-federated-credential',
    'microsoft.management/managementgroups': 'management-group',
    '/providers/microsoft.management/managementgroups': 'management-group',
  } as const),
);

/** What an entity is, by its type or by members that only its kind has; null: nothing about identities. */
export function kindOf(fields: Fields, context: string): EntityKind | null {
  const type = fields['type'];
  const arm = typeof type === 'string' ? ARM_TYPES.get(type.toLowerCase()) : undefined;
  if (arm !== undefined) return arm;
  const resource = resourceKind(fields);
  if (resource !== null) return resource;
  const part = PART.exec(context)?.[1]?.toLowerCase();
  if (part !== undefined) return part === 'members' ? 'member-of' : 'owner-of';
  const has = (...names: string[]): boolean => names.every((name) => name in fields);
  if (has('keyId', 'signInActivity')) return 'credential-activity';
  if (has('appId', 'lastSignInActivity')) return 'sign-in-activity';
  if (has('servicePrincipalType') || isAgent(fields, context)) return 'service-principal';
  if (has('appId') && ['passwordCredentials', 'federatedIdentityCredentials'].some((name) => has(name)))
    return 'application';
  if (has('issuer', 'audiences')) return 'federated-credential';
  if (has('appRoleId', 'resourceId', 'principalId')) return 'app-role-assignment';
  if (has('consentType', 'clientId', 'resourceId')) return 'consent';
  if (has('rolePermissions')) return 'directory-role';
  if (has('groupId', 'principalId', 'accessId')) return 'group-eligibility';
  if (has('roleDefinitionId', 'principalId', 'directoryScopeId'))
    return /roleEligibilitySchedule/iu.test(context) ? 'directory-eligibility' : 'directory-assignment';
  if (has('securityEnabled') || fields['@odata.type'] === '#microsoft.graph.group') return 'group';
  if (has('userPrincipalName')) return 'user';
  if (has('tenantId', 'state') || has('subscriptionId', 'displayName')) return 'subscription';
  return null;
}

/**
 * A resource of a subscription. The list of all resources leaves their settings out, so that only a list of one kind
 * tells what lets in: Resource Manager puts settings below `properties`, `az` beside the rest.
 */
function resourceKind(fields: Fields): EntityKind | null {
  const { id, type } = fields;
  if (typeof id !== 'string' || typeof type !== 'string') return null;
  if (!/^\/subscriptions\/[^/]+\/resourcegroups\/[^/]+\/providers\//iu.test(id)) return null;
  const isDetailed = 'properties' in fields || 'provisioningState' in fields;
  if (isDetailed && type.toLowerCase() === 'microsoft.keyvault/vaults') return 'vault';
  return isDetailed && keyedKind(type) !== null ? 'keyed-resource' : 'resource';
}

/** A page of members or owners, whose objects may be of any kind. */
const PART = /(?:groups|applications|servicePrincipals)\('[0-9a-f-]{36}'\)\/(members|owners)/iu;

/** Agent identities and the principals of their blueprints are service principals: https://learn.microsoft.com/graph/api/resources/agentidentity. */
function isAgent(fields: Fields, context: string): boolean {
  const type = typeof fields['@odata.type'] === 'string' ? fields['@odata.type'] : '';
  return /microsoft\.graph\.agentIdentity(?:BlueprintPrincipal)?\b/u.test(`${type} ${context}`);
}
