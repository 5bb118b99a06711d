import { azJson } from '../print.ts';
import { credentialActivities, signInActivities } from './activity.ts';
import { denyAssignments, roleAssignments } from './assignments.ts';
import { applicationCredentials, applications, servicePrincipals, users } from './directory.ts';
import { graphPage } from './graph-page.ts';
import { rootGroup, subscriptionList } from './hierarchy.ts';
import { identityCredentials, identityList } from './managed-identities.ts';
import { appRoleAssignments, consentGrants, directoryRoleAssignments, directoryRoles } from './rights.ts';
import { roleDefinitions } from './roles.ts';
import { SUBSCRIPTIONS } from './tenant.ts';

/** The exports of the tenant and its subscriptions, by file name. */
export function azureFiles(): ReadonlyMap<string, string> {
  const files: Readonly<Record<string, object>> = {
    subscriptions: subscriptionList(),
    'management-groups': rootGroup(),
    'role-definitions': roleDefinitions(),
    'managed-identities': identityList(),
    'identity-federated-credentials': identityCredentials(),
    applications: applications(),
    'application-federated-credentials': applicationCredentials(),
    'service-principals': servicePrincipals(),
    users: users(),
    groups: graphPage('groups(members())', []),
    'app-role-assignments': appRoleAssignments(),
    'consent-grants': consentGrants(),
    'directory-roles': directoryRoles(),
    'directory-role-assignments': directoryRoleAssignments(),
    'directory-role-eligibilities': graphPage(
      'roleManagement/directory/roleEligibilityScheduleInstances',
      [],
    ),
    'sign-in-activities': signInActivities(),
    'credential-activities': credentialActivities(),
    ...Object.fromEntries(
      SUBSCRIPTIONS.flatMap((each) => [
        [`role-assignments-${each.id}`, roleAssignments(each)],
        [`deny-assignments-${each.id}`, denyAssignments(each)],
      ]),
    ),
  };
  return new Map(Object.entries(files).map(([name, value]) => [`${name}.json`, azJson(value)]));
}
