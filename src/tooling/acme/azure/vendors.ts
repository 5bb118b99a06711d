import { ago, secondsTime } from '../clock.ts';
import { uuid } from '../seed.ts';
import { appId, principalId } from './tenant.ts';

/** Microsoft Graph's own application, and the tenant that Microsoft registers its applications in. */
const GRAPH_APP = '00000003-0000-0000-c000-000000000000';
const MICROSOFT = 'f8cdef31-a31e-4b4a-93e4-5f571e91255a';

/** https://learn.microsoft.com/graph/permissions-reference */
const APP_ROLES = {
  'RoleManagement.ReadWrite.Directory': '9e3f62cf-ca93-4989-b6ce-bf83c28f9fe8',
  'Directory.Read.All': '7ab1d382-f21e-4acd-a863-ba3e13f7da61',
} as const;

/** The object id of Microsoft Graph's service principal in Acme's tenant. */
export const GRAPH_PRINCIPAL = uuid('principal Microsoft Graph');

/** The id of an application permission of Microsoft Graph. */
export function permissionId(name: string): string {
  const known: Readonly<Record<string, string>> = APP_ROLES;
  return known[name] ?? '';
}

/** The principals of other tenants' applications: Microsoft Graph, and what a vendor's product signs in as. */
export const VENDOR_PRINCIPALS: readonly object[] = [
  {
    ...foreign('Microsoft Graph', 1200, MICROSOFT),
    id: GRAPH_PRINCIPAL,
    appId: GRAPH_APP,
    servicePrincipalNames: [GRAPH_APP],
    appRoles: Object.entries(APP_ROLES).map(([value, id]) => ({
      allowedMemberTypes: ['Application'],
      description: value,
      displayName: value,
      id,
      isEnabled: true,
      origin: 'Application',
      value,
    })),
  },
  foreign('Ledgerline Connector', 330, uuid('tenant of Ledgerline Accounting')),
];

function foreign(name: string, age: number, home: string): object {
  return {
    id: principalId(name),
    deletedDateTime: null,
    accountEnabled: true,
    alternativeNames: [],
    appDisplayName: name,
    appId: appId(name),
    appOwnerOrganizationId: home,
    createdDateTime: secondsTime(ago(age, `principal ${name}`)),
    displayName: name,
    servicePrincipalNames: [appId(name)],
    servicePrincipalType: 'Application',
    appRoles: [],
    keyCredentials: [],
    passwordCredentials: [],
    owners: [],
  };
}
