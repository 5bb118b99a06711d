import { ago, secondsTime } from '../clock.ts';
import { userId } from '../people.ts';
import { uuid } from '../seed.ts';
import { APPLICATIONS } from './applications.ts';
import { graphPage } from './graph-page.ts';
import { principalId } from './tenant.ts';
import { GRAPH_PRINCIPAL, permissionId } from './vendors.ts';

/** `GET /v1.0/servicePrincipals/{Microsoft Graph}/appRoleAssignedTo`. */
export function appRoleAssignments(): object {
  const value = APPLICATIONS.flatMap(({ name, permissions = [] }) =>
    permissions.map((permission) => ({
      id: uuid(`app role assignment ${name} ${permission}`).replaceAll('-', ''),
      deletedDateTime: null,
      appRoleId: permissionId(permission),
      createdDateTime: secondsTime(ago(300, `app role assignment ${name}`)),
      principalDisplayName: name,
      principalId: principalId(name),
      principalType: 'ServicePrincipal',
      resourceDisplayName: 'Microsoft Graph',
      resourceId: GRAPH_PRINCIPAL,
    })),
  );
  return graphPage('appRoleAssignments', value);
}

/** `GET /v1.0/oauth2PermissionGrants`: what a vendor's product may do for those who sign in to it. */
export function consentGrants(): object {
  const grant = {
    clientId: principalId('Ledgerline Connector'),
    consentType: 'AllPrincipals',
    id: uuid('consent Ledgerline Connector').replaceAll('-', ''),
    principalId: null,
    resourceId: GRAPH_PRINCIPAL,
    scope: 'User.Read openid profile',
  };
  return graphPage('oauth2PermissionGrants', [grant]);
}

const GLOBAL_ADMINISTRATOR = '62e90394-69f5-4237-9190-012177145e10';
const GLOBAL_READER = 'f2ef992c-3afb-46b9-b7cf-a126ee74c451';

/** `GET /v1.0/roleManagement/directory/roleDefinitions`, those that somebody holds. */
export function directoryRoles(): object {
  const role = (id: string, displayName: string, description: string): object => ({
    id,
    description,
    displayName,
    isBuiltIn: true,
    isEnabled: true,
    resourceScopes: ['/'],
    templateId: id,
    version: '1',
    rolePermissions: [],
  });
  return graphPage('roleManagement/directory/roleDefinitions', [
    role(GLOBAL_ADMINISTRATOR, 'Global Administrator', 'Manages everything in Entra and what uses it.'),
    role(GLOBAL_READER, 'Global Reader', 'Reads what a Global Administrator reads, without changing it.'),
  ]);
}

/** `GET /v1.0/roleManagement/directory/roleAssignments`: only people hold directory roles. */
export function directoryRoleAssignments(): object {
  const assigned = (roleDefinitionId: string, principal: string): object => ({
    id: uuid(`directory role ${roleDefinitionId} ${principal}`).replaceAll('-', ''),
    principalId: principal,
    directoryScopeId: '/',
    roleDefinitionId,
  });
  return graphPage('roleManagement/directory/roleAssignments', [
    assigned(GLOBAL_ADMINISTRATOR, userId('noor.castell')),
    assigned(GLOBAL_READER, userId('mara.lindqvist')),
  ]);
}
