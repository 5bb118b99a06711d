import type { Action, Parameters, Subject } from '#contract/action.ts';
import type { Json } from '#model/system.ts';
import { textOf } from '../shared/parameter.ts';
import { listedRemoval } from './listed-object.ts';
import { directoryObject, pick, servicePrincipal, textAt } from './names.ts';
import { TOKENS_SETTLE } from './settle.ts';
import type { TokenOf } from './token.ts';

/** Takes an application permission away: https://learn.microsoft.com/graph/api/serviceprincipal-delete-approleassignments. */
export function deleteAppRoleAssignment(tokenOf: TokenOf): Action {
  return listedRemoval(
    {
      id: 'azure/delete-app-role-assignment',
      title: (parameters) =>
        `Delete the assignment of app role ${textOf(parameters, 'appRoleId')} of ${textOf(parameters, 'resourceId')} to ${textOf(parameters, 'principalId')}`,
      parametersFor: (subject) =>
        grantParameters(subject, 'app-role-assignment', ['principalId', 'resourceId', 'appRoleId']),
      permissions: { read: 'Application.Read.All', write: 'AppRoleAssignment.ReadWrite.All' },
      settle: TOKENS_SETTLE,
      listPath: (parameters) =>
        `v1.0/servicePrincipals/${segment(parameters, 'principalId')}/appRoleAssignments`,
      fields: ['principalId', 'resourceId', 'appRoleId'],
      isIt: (item, parameters) => hasAll(item, parameters, ['resourceId', 'appRoleId']),
    },
    tokenOf,
  );
}

/** Takes consent to act for users away: https://learn.microsoft.com/graph/api/oauth2permissiongrant-delete. */
export function deleteConsentGrant(tokenOf: TokenOf): Action {
  return listedRemoval(
    {
      id: 'azure/delete-consent-grant',
      title: (parameters) =>
        `Delete the consent of ${textAt(parameters, 'principalId') ?? 'all users'} to ${textOf(parameters, 'clientId')} for ${textOf(parameters, 'resourceId')}`,
      parametersFor: (subject) => {
        const found = grantParameters(subject, 'oauth2-permission-grant', [
          'clientId',
          'resourceId',
          'consentType',
        ]);
        if (found === null || subject.table !== 'grants') return found;
        return { ...found, ...pick(subject.row.raw, ['principalId']) };
      },
      permissions: {
        read: 'DelegatedPermissionGrant.ReadWrite.All',
        write: 'DelegatedPermissionGrant.ReadWrite.All',
      },
      settle: TOKENS_SETTLE,
      listPath: () => 'v1.0/oauth2PermissionGrants',
      filter: (parameters) => filterBy('clientId', parameters),
      fields: ['clientId', 'consentType', 'principalId', 'resourceId', 'scope'],
      isIt: (item, parameters) =>
        hasAll(item, parameters, ['clientId', 'resourceId', 'consentType', 'principalId']),
    },
    tokenOf,
  );
}

/** Takes a directory role away: https://learn.microsoft.com/graph/api/unifiedroleassignment-delete. */
export function deleteDirectoryRoleAssignment(tokenOf: TokenOf): Action {
  return listedRemoval(
    {
      id: 'azure/delete-directory-role-assignment',
      title: (parameters) =>
        `Delete the assignment of directory role ${textOf(parameters, 'roleDefinitionId')} to ${textOf(parameters, 'principalId')} over ${textOf(parameters, 'directoryScopeId')}`,
      parametersFor: (subject) =>
        grantParameters(subject, 'directory-role-assignment', [
          'principalId',
          'roleDefinitionId',
          'directoryScopeId',
        ]),
      permissions: {
        read: 'RoleManagement.ReadWrite.Directory',
        write: 'RoleManagement.ReadWrite.Directory',
      },
      settle: TOKENS_SETTLE,
      listPath: () => 'v1.0/roleManagement/directory/roleAssignments',
      filter: (parameters) => filterBy('principalId', parameters),
      fields: ['principalId', 'roleDefinitionId', 'directoryScopeId'],
      isIt: (item, parameters) =>
        hasAll(item, parameters, ['principalId', 'roleDefinitionId', 'directoryScopeId']),
    },
    tokenOf,
  );
}

/** Takes the trust in an issuer's subject away: https://learn.microsoft.com/graph/api/federatedidentitycredential-delete. */
export function deleteFederatedCredential(tokenOf: TokenOf): Action {
  return listedRemoval(
    {
      id: 'azure/delete-federated-credential',
      title: (parameters) =>
        `Delete the federated credential ${textOf(parameters, 'name')} of ${textOf(parameters, 'id')}`,
      parametersFor: (subject) => {
        if (subject.table !== 'trusts' || subject.row.mechanism !== 'federated-credential') return null;
        const object = directoryObject(subject.identity);
        const name = textAt(subject.row.raw, 'name');
        return object?.collection !== 'applications' || name === null
          ? null
          : { tenant: object.tenant, id: object.id, name };
      },
      permissions: { read: 'Application.ReadWrite.All', write: 'Application.ReadWrite.All' },
      settle: TOKENS_SETTLE,
      listPath: (parameters) => `v1.0/applications/${segment(parameters, 'id')}/federatedIdentityCredentials`,
      fields: ['name', 'issuer', 'subject', 'audiences', 'description', 'claimsMatchingExpression'],
      isIt: (item, parameters) => hasAll(item, parameters, ['name']),
    },
    tokenOf,
  );
}

/** For active grants of this kind that a service principal holds itself: the ids in the row, as Graph says them. */
function grantParameters(subject: Subject, kind: string, keys: readonly string[]): Parameters | null {
  if (subject.table !== 'grants' || subject.row.kind !== kind || subject.row.state !== 'active') return null;
  const object = servicePrincipal(subject.identity);
  const ids = Object.fromEntries(keys.map((key) => [key, textAt(subject.row.raw, key)]));
  return object === null || Object.values(ids).includes(null) ? null : { tenant: object.tenant, ...ids };
}

/** Ids have no case; what neither side has is the same. */
function hasAll(item: Json, parameters: Parameters, keys: readonly string[]): boolean {
  return keys.every((key) => textAt(item, key)?.toLowerCase() === textAt(parameters, key)?.toLowerCase());
}

function segment(parameters: Parameters, name: string): string {
  return encodeURIComponent(textOf(parameters, name));
}

function filterBy(key: string, parameters: Parameters): string {
  const value = textOf(parameters, key).replaceAll("'", "''");
  return `?$filter=${encodeURIComponent(`${key} eq '${value}'`)}`;
}
