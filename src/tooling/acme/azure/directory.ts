import { ago, secondsTime } from '../clock.ts';
import { address, everybody, type PersonId, PEOPLE, userId } from '../people.ts';
import { uuid } from '../seed.ts';
import { APPLICATIONS } from './applications.ts';
import { graphPage } from './graph-page.ts';
import { MANAGED_IDENTITIES } from './managed-identities.ts';
import type { Secret } from './spec.ts';
import { appId, applicationId, principalId, resourcePath, TENANT } from './tenant.ts';
import { VENDOR_PRINCIPALS } from './vendors.ts';

/** `GET /v1.0/applications?$expand=owners`. */
export function applications(): object {
  const value = APPLICATIONS.map(({ name, age, owner, secrets = [] }) => ({
    id: applicationId(name),
    deletedDateTime: null,
    appId: appId(name),
    createdDateTime: secondsTime(ago(age, `application ${name}`)),
    displayName: name,
    publisherDomain: 'acme.example',
    signInAudience: 'AzureADMyOrg',
    keyCredentials: [],
    passwordCredentials: secrets.map((secret) => passwordCredential(name, secret)),
    owners: [ownerOf(owner)],
  }));
  return graphPage('applications(owners())', value);
}

/** `GET /v1.0/applications?$select=id,appId&$expand=federatedIdentityCredentials`. */
export function applicationCredentials(): object {
  const value = APPLICATIONS.filter(({ federated = [] }) => federated.length > 0).map(
    ({ name, federated = [] }) => ({
      id: applicationId(name),
      appId: appId(name),
      federatedIdentityCredentials: federated.map((credential) => ({
        id: uuid(`federated credential ${name} ${credential.name}`),
        name: credential.name,
        issuer: credential.issuer,
        subject: credential.subject,
        description: null,
        audiences: ['api://AzureADTokenExchange'],
      })),
    }),
  );
  return graphPage('applications(id,appId,federatedIdentityCredentials())', value);
}

/** `GET /v1.0/servicePrincipals?$expand=owners`. */
export function servicePrincipals(): object {
  const own = APPLICATIONS.map(({ name, age, owner }) => ({
    ...principal(name, age, 'Application'),
    appOwnerOrganizationId: TENANT,
    owners: [ownerOf(owner)],
  }));
  const managed = MANAGED_IDENTITIES.map(({ name, subscription, group }) => ({
    ...principal(name, 200, 'ManagedIdentity'),
    alternativeNames: [
      'isExplicit=True',
      resourcePath(subscription, group, 'Microsoft.ManagedIdentity/userAssignedIdentities', name),
    ],
    appOwnerOrganizationId: null,
    owners: [],
  }));
  return graphPage('servicePrincipals(owners())', [...own, ...managed, ...VENDOR_PRINCIPALS]);
}

function principal(name: string, age: number, servicePrincipalType: string): object {
  return {
    id: principalId(name),
    deletedDateTime: null,
    accountEnabled: true,
    alternativeNames: [],
    appDisplayName: name,
    appId: appId(name),
    createdDateTime: secondsTime(ago(age - 1, `principal ${name}`)),
    displayName: name,
    servicePrincipalNames: [appId(name)],
    servicePrincipalType,
    appRoles: [],
    keyCredentials: [],
    passwordCredentials: [],
  };
}

/** `GET /v1.0/users?$select=…` of those who own something. */
export function users(): object {
  const value = everybody().map(({ id, name, hasLeft }, place) => ({
    id: userId(id),
    displayName: name,
    userPrincipalName: address(id),
    accountEnabled: hasLeft === undefined,
    employeeId: String(20_140 + place * 7),
    userType: 'Member',
  }));
  return graphPage('users(id,displayName,userPrincipalName,accountEnabled,employeeId,userType)', value);
}

function passwordCredential(application: string, { name, made, ends }: Secret): object {
  return {
    customKeyIdentifier: null,
    displayName: name,
    endDateTime: secondsTime(ago(ends, `secret ${application} ${name}`)),
    hint: uuid(`hint ${application} ${name}`).slice(0, 3),
    keyId: secretId(application, name),
    secretText: null,
    startDateTime: secondsTime(ago(made, `secret ${application} ${name}`)),
  };
}

/** The id of a secret of an application. */
export function secretId(application: string, name: string): string {
  return uuid(`secret ${application} ${name}`);
}

function ownerOf(id: PersonId): object {
  return {
    '@odata.type': '#microsoft.graph.user',
    id: userId(id),
    displayName: PEOPLE[id].name,
    userPrincipalName: address(id),
  };
}
