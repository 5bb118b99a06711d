import type { Action } from '#contract/action.ts';
import { textOf } from '../shared/parameter.ts';
import { armRemoval } from './arm-resource.ts';
import { directoryObject, servicePrincipal, textAt } from './names.ts';
import { ROLES_SETTLE, TOKENS_SETTLE } from './settle.ts';
import type { TokenOf } from './token.ts';

const ASSIGNMENT = /\/providers\/microsoft\.authorization\/roleassignments\/[\da-f-]+$/iu;
const FEDERATED =
  /\/providers\/microsoft\.managedidentity\/userassignedidentities\/[^/]+\/federatedidentitycredentials\/[^/]+$/iu;

/**
 * Takes a role on Azure's resources away: https://learn.microsoft.com/rest/api/authorization/role-assignments/delete. What
 * is merely eligible (PIM) is another object, which this is not for.
 */
export function deleteRoleAssignment(tokenOf: TokenOf): Action {
  return armRemoval(
    {
      id: 'azure/delete-role-assignment',
      title: (parameters) => `Delete the role assignment ${textOf(parameters, 'id')}`,
      parametersFor: (subject) => {
        if (subject.table !== 'grants' || subject.row.kind !== 'role-assignment') return null;
        if (subject.row.state !== 'active') return null;
        const object = servicePrincipal(subject.identity);
        const id = textAt(subject.row.raw, 'id') ?? subject.row.uid;
        return object === null || !ASSIGNMENT.test(id) ? null : { tenant: object.tenant, id };
      },
      settle: ROLES_SETTLE,
      type: 'Microsoft.Authorization/roleAssignments',
      apiVersion: '2022-04-01',
      fields: [
        'roleDefinitionId',
        'principalId',
        'principalType',
        'description',
        'condition',
        'conditionVersion',
        'delegatedManagedIdentityResourceId',
      ],
    },
    tokenOf,
  );
}

/** Takes the trust of a user-assigned managed identity in an issuer's subject away. */
export function deleteManagedFederatedCredential(tokenOf: TokenOf): Action {
  return armRemoval(
    {
      id: 'azure/delete-managed-identity-federated-credential',
      title: (parameters) => `Delete the federated credential ${textOf(parameters, 'id')}`,
      parametersFor: (subject) => {
        if (subject.table !== 'trusts' || subject.row.mechanism !== 'federated-credential') return null;
        const object = directoryObject(subject.identity);
        const id = textAt(subject.row.raw, 'id') ?? subject.row.uid;
        return object === null || !FEDERATED.test(id) ? null : { tenant: object.tenant, id };
      },
      settle: TOKENS_SETTLE,
      type: 'Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials',
      apiVersion: '2023-01-31',
      fields: ['issuer', 'subject', 'audiences'],
    },
    tokenOf,
  );
}
