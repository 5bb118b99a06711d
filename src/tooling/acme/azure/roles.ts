import { armTime } from '../clock.ts';
import { subscriptionPath, SUBSCRIPTIONS, type Subscription } from './tenant.ts';

interface BuiltIn {
  readonly id: string;
  readonly description: string;
  readonly actions?: readonly string[];
  readonly notActions?: readonly string[];
  readonly dataActions?: readonly string[];
}

const BLOBS = 'Microsoft.Storage/storageAccounts/blobServices/containers';

/** Azure's own roles that Acme uses: https://learn.microsoft.com/azure/role-based-access-control/built-in-roles. */
const ROLES = {
  Owner: {
    id: '8e3af657-a8ff-443c-a75c-2fe8c4bcb635',
    description: 'Full access to all resources, and to who has access to them.',
    actions: ['*'],
  },
  Reader: {
    id: 'acdd72a7-3385-48ef-bd42-f606fba81ae7',
    description: 'View all resources, but does not allow you to make any changes.',
    actions: ['*/read'],
  },
  'Website Contributor': {
    id: 'de139f84-1756-47ae-9be6-808fbbe84772',
    description: 'Lets you manage websites, but not access to them.',
    actions: [
      'Microsoft.Authorization/*/read',
      'Microsoft.Insights/alertRules/*',
      'Microsoft.Insights/components/*',
      'Microsoft.ResourceHealth/availabilityStatuses/read',
      'Microsoft.Resources/deployments/*',
      'Microsoft.Resources/subscriptions/resourceGroups/read',
      'Microsoft.Support/*',
      'Microsoft.Web/certificates/*',
      'Microsoft.Web/listSitesAssignedToHostName/read',
      'Microsoft.Web/register/action',
      'Microsoft.Web/serverFarms/join/action',
      'Microsoft.Web/serverFarms/read',
      'Microsoft.Web/sites/*',
    ],
  },
  AcrPull: {
    id: '7f951dda-4ed3-4680-a7ca-43fe172d538d',
    description: 'Pull images from a registry.',
    actions: ['Microsoft.ContainerRegistry/registries/pull/read'],
  },
  'Storage Blob Data Contributor': {
    id: 'ba92f5b4-2d11-453d-a403-e96b0029c9fe',
    description: 'Read, write and delete containers and blobs.',
    actions: [
      `${BLOBS}/delete`,
      `${BLOBS}/read`,
      `${BLOBS}/write`,
      'Microsoft.Storage/storageAccounts/blobServices/generateUserDelegationKey/action',
    ],
    dataActions: ['delete', 'read', 'write', 'move/action', 'add/action'].map(
      (verb) => `${BLOBS}/blobs/${verb}`,
    ),
  },
  'Storage Blob Data Reader': {
    id: '2a2b9908-6ea1-4ae2-8e65-a410df84e7d1',
    description: 'Read and list containers and blobs.',
    actions: [
      `${BLOBS}/read`,
      'Microsoft.Storage/storageAccounts/blobServices/generateUserDelegationKey/action',
    ],
    dataActions: [`${BLOBS}/blobs/read`],
  },
  'Key Vault Secrets User': {
    id: '4633458b-17de-408a-b874-0445c86b69e6',
    description: 'Read the values of secrets.',
    dataActions: [
      'Microsoft.KeyVault/vaults/secrets/getSecret/action',
      'Microsoft.KeyVault/vaults/secrets/readMetadata/action',
    ],
  },
  'Azure Event Hubs Data Sender': {
    id: '2b629674-e913-4c01-ae53-ef4638d8f975',
    description: 'Send to an event hub.',
    actions: ['Microsoft.EventHub/*/eventhubs/read'],
    dataActions: ['Microsoft.EventHub/*/send/action'],
  },
  'Azure Service Bus Data Sender': {
    id: '69a216fc-b8fb-44d8-bc22-1f3c2cd27a39',
    description: 'Send to queues and topics.',
    actions: [
      'Microsoft.ServiceBus/*/queues/read',
      'Microsoft.ServiceBus/*/topics/read',
      'Microsoft.ServiceBus/*/topics/subscriptions/read',
    ],
    dataActions: ['Microsoft.ServiceBus/*/send/action'],
  },
} as const satisfies Readonly<Record<string, BuiltIn>>;

export type RoleName = keyof typeof ROLES;

/** The id under which a subscription knows a role. */
export function roleDefinitionId(subscription: Subscription, name: RoleName): string {
  return `${subscriptionPath(subscription)}/providers/Microsoft.Authorization/roleDefinitions/${ROLES[name].id}`;
}

/** `GET …/roleDefinitions` of one subscription: the built-in roles are the same in each. */
export function roleDefinitions(): object {
  const [first] = SUBSCRIPTIONS;
  const made = armTime(new Date('2015-02-02T21:55:09.880Z'));
  const roles: readonly (readonly [string, BuiltIn])[] = Object.entries(ROLES);
  return {
    value: roles.map(([roleName, { id, description, actions = [], notActions = [], dataActions = [] }]) => ({
      properties: {
        roleName,
        type: 'BuiltInRole',
        description,
        assignableScopes: ['/'],
        permissions: [{ actions, notActions, dataActions, notDataActions: [] }],
        createdOn: made,
        updatedOn: made,
        createdBy: null,
        updatedBy: null,
      },
      id: `${first === undefined ? '' : subscriptionPath(first)}/providers/Microsoft.Authorization/roleDefinitions/${id}`,
      type: 'Microsoft.Authorization/roleDefinitions',
      name: id,
    })),
  };
}
