import type { Fields } from './files/fields.ts';

/** Kinds of resource that let in whoever has a key of theirs, without any identity of Entra. */
export interface KeyedKind {
  readonly credential: string;
  readonly names: readonly string[];
  /** Whether the keys open it: some kinds are open unless they are told not to be, some the other way round. */
  readonly isOpen: (fields: Fields) => boolean;
}

const unlessDisabled = (fields: Fields): boolean => fields['disableLocalAuth'] !== true;

/** By ARM type, in lower case. Keys are never read: that needs a right that no reader has. */
const KEYED: Readonly<Record<string, KeyedKind>> = {
  // https://learn.microsoft.com/azure/storage/common/shared-key-authorization-prevent
  'microsoft.storage/storageaccounts': {
    credential: 'account-key',
    names: ['key1', 'key2'],
    isOpen: (fields) => fields['allowSharedKeyAccess'] !== false,
  },
  // https://learn.microsoft.com/azure/container-registry/container-registry-authentication#admin-account
  'microsoft.containerregistry/registries': {
    credential: 'admin-password',
    names: ['password', 'password2'],
    isOpen: (fields) => fields['adminUserEnabled'] === true,
  },
  // https://learn.microsoft.com/azure/cosmos-db/how-to-connect-role-based-access-control#disable-key-based-authentication
  'microsoft.documentdb/databaseaccounts': {
    credential: 'account-key',
    names: ['primary', 'secondary'],
    isOpen: unlessDisabled,
  },
  // https://learn.microsoft.com/azure/service-bus-messaging/disable-local-authentication
  'microsoft.servicebus/namespaces': {
    credential: 'shared-access-key',
    names: ['shared access policies'],
    isOpen: unlessDisabled,
  },
  // https://learn.microsoft.com/azure/event-hubs/authenticate-shared-access-signature
  'microsoft.eventhub/namespaces': {
    credential: 'shared-access-key',
    names: ['shared access policies'],
    isOpen: unlessDisabled,
  },
  // https://learn.microsoft.com/azure/aks/manage-local-accounts-managed-azure-ad
  'microsoft.containerservice/managedclusters': {
    credential: 'local-account',
    names: ['clusterAdmin'],
    isOpen: (fields) => fields['disableLocalAccounts'] !== true,
  },
};

/** What the keys of resources of an ARM type are; null: it has none that let in. */
export function keyedKind(type: string): KeyedKind | null {
  return Object.hasOwn(KEYED, type.toLowerCase()) ? (KEYED[type.toLowerCase()] ?? null) : null;
}
