import { PROD } from '../aws/account.ts';
import type { ManagedIdentitySpec } from './spec.ts';
import { appId, groupPath, principalId, resourcePath, SANDBOX, STORES, TENANT } from './tenant.ts';

const EKS_ISSUER = `https://${PROD.clusterIssuer}`;
const IDENTITY = 'Microsoft.ManagedIdentity/userAssignedIdentities';
const vault = resourcePath(STORES, 'rg-stores-data', 'Microsoft.KeyVault/vaults', 'kv-acme-stores');
const registry = resourcePath(
  STORES,
  'rg-stores-web',
  'Microsoft.ContainerRegistry/registries',
  'acmestores',
);
const blobs = resourcePath(STORES, 'rg-stores-data', 'Microsoft.Storage/storageAccounts', 'acmestoresdata');
const bus = resourcePath(STORES, 'rg-stores-data', 'Microsoft.ServiceBus/namespaces', 'sb-acme-prices');

/** The managed identities of both subscriptions; `../planted-azure.ts` says what is wrong with some of them. */
export const MANAGED_IDENTITIES: readonly ManagedIdentitySpec[] = [
  {
    name: 'id-stores-sync',
    subscription: STORES,
    group: 'rg-stores-data',
    team: 'data',
    federated: [{ name: 'prod-eks', issuer: EKS_ISSUER, subject: 'system:serviceaccount:data:stores-sync' }],
    roles: [{ role: 'Storage Blob Data Contributor', at: blobs }],
  },
  {
    name: 'id-stores-web',
    subscription: STORES,
    group: 'rg-stores-web',
    team: 'web-shop',
    roles: [
      { role: 'AcrPull', at: registry },
      { role: 'Storage Blob Data Reader', at: blobs },
    ],
  },
  {
    name: 'id-price-feed',
    subscription: STORES,
    group: 'rg-stores-data',
    team: 'web-shop',
    federated: [{ name: 'prod-eks', issuer: EKS_ISSUER, subject: 'system:serviceaccount:shop:wishlist' }],
    roles: [{ role: 'Azure Service Bus Data Sender', at: bus }],
  },
  {
    name: 'id-till-config',
    subscription: STORES,
    group: 'rg-stores-web',
    team: 'operations',
    roles: [{ role: 'Key Vault Secrets User', at: vault }],
  },
  {
    name: 'id-sandbox-preview',
    subscription: SANDBOX,
    group: 'rg-sandbox',
    team: 'platform',
    roles: [{ role: 'Reader', at: groupPath(SANDBOX, 'rg-sandbox') }],
  },
];

/** `az identity list` of both subscriptions. */
export function identityList(): readonly object[] {
  return MANAGED_IDENTITIES.map(({ name, subscription, group, team }) => ({
    clientId: appId(name),
    id: resourcePath(subscription, group, IDENTITY, name),
    isolationScope: null,
    location: 'westeurope',
    name,
    principalId: principalId(name),
    resourceGroup: group,
    systemData: null,
    tags: { environment: subscription.environment, owner: team },
    tenantId: TENANT,
    type: IDENTITY,
  }));
}

/** `az identity federated-credential list` of each identity that has some. */
export function identityCredentials(): readonly object[] {
  return MANAGED_IDENTITIES.flatMap(({ name, subscription, group, federated = [] }) =>
    federated.map((credential) => ({
      audiences: ['api://AzureADTokenExchange'],
      id: `${resourcePath(subscription, group, IDENTITY, name)}/federatedIdentityCredentials/${credential.name}`,
      issuer: credential.issuer,
      name: credential.name,
      resourceGroup: group,
      subject: credential.subject,
      systemData: null,
      type: `${IDENTITY}/federatedIdentityCredentials`,
    })),
  );
}
