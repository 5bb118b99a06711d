import type { Capability } from '#model/entitlement.ts';

/** Actions that give a capability, and why. Each is one that a role must give, not a pattern. */
interface Row {
  readonly capability: Capability;
  readonly plane: 'control' | 'data';
  readonly actions: readonly string[];
  readonly why: string;
}

// Names are those of https://learn.microsoft.com/azure/role-based-access-control/resource-provider-operations.
const ROWS: readonly Row[] = [
  row(
    'identity-admin',
    'control',
    'gives anybody any role at the scope',
    'Microsoft.Authorization/roleAssignments/write',
  ),
  row(
    'identity-admin',
    'control',
    'changes what custom roles hold',
    'Microsoft.Authorization/roleDefinitions/write',
  ),
  row(
    'identity-admin',
    'control',
    'makes roles eligible or active for anybody',
    `Microsoft.Authorization/roleEligibilityScheduleRequests/write
    Microsoft.Authorization/roleAssignmentScheduleRequests/write`,
  ),
  row(
    'identity-admin',
    'control',
    'becomes administrator of user access at the root',
    'Microsoft.Authorization/elevateAccess/action',
  ),
  row(
    'impersonate',
    'control',
    'attaches a managed identity to what it runs',
    'Microsoft.ManagedIdentity/userAssignedIdentities/assign/action',
  ),
  row(
    'credential-create',
    'control',
    'lets an identity of another issuer be the managed identity',
    'Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials/write',
  ),
  row(
    'credential-create',
    'control',
    'reads or renews keys that open a service without an identity',
    `Microsoft.Storage/storageAccounts/listKeys/action Microsoft.Storage/storageAccounts/regenerateKey/action
    Microsoft.ContainerRegistry/registries/listCredentials/action Microsoft.DocumentDB/databaseAccounts/listKeys/action
    Microsoft.ServiceBus/namespaces/authorizationRules/listKeys/action
    Microsoft.EventHub/namespaces/authorizationRules/listKeys/action
    Microsoft.ContainerService/managedClusters/listClusterAdminCredential/action`,
  ),
  row(
    'secret-read',
    'data',
    'reads secret values of a vault',
    'Microsoft.KeyVault/vaults/secrets/getSecret/action Microsoft.KeyVault/vaults/keys/decrypt/action',
  ),
  row(
    'secret-read',
    'control',
    'changes who may read the vault, or reads settings that hold secrets',
    `Microsoft.KeyVault/vaults/write Microsoft.KeyVault/vaults/accessPolicies/write Microsoft.Web/sites/config/list/action
    Microsoft.Web/sites/publishxml/action`,
  ),
  row(
    'data-read',
    'data',
    'reads what customers stored',
    `Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read
    Microsoft.Storage/storageAccounts/queueServices/queues/messages/read
    Microsoft.Storage/storageAccounts/tableServices/tables/entities/read
    Microsoft.DocumentDB/databaseAccounts/readMetadata Microsoft.ServiceBus/namespaces/messages/receive/action
    Microsoft.EventHub/namespaces/messages/receive/action`,
  ),
  row(
    'data-write',
    'data',
    'changes what customers stored',
    `Microsoft.Storage/storageAccounts/blobServices/containers/blobs/write
    Microsoft.Storage/storageAccounts/queueServices/queues/messages/write
    Microsoft.Storage/storageAccounts/tableServices/tables/entities/write
    Microsoft.ServiceBus/namespaces/messages/send/action Microsoft.EventHub/namespaces/messages/send/action`,
  ),
  row(
    'data-delete',
    'data',
    'destroys what customers stored',
    'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/delete',
  ),
  row(
    'data-delete',
    'control',
    'destroys what holds data, or the keys that open it',
    `Microsoft.Storage/storageAccounts/delete Microsoft.Sql/servers/databases/delete Microsoft.KeyVault/vaults/delete
    Microsoft.DocumentDB/databaseAccounts/delete Microsoft.Compute/disks/delete Microsoft.Resources/subscriptions/resourceGroups/delete
    Microsoft.RecoveryServices/vaults/backupFabrics/protectionContainers/protectedItems/delete`,
  ),
  row(
    'compute-run',
    'control',
    'runs code of its own choosing',
    `Microsoft.Compute/virtualMachines/write Microsoft.Compute/virtualMachines/runCommand/action
    Microsoft.Compute/virtualMachines/runCommands/write Microsoft.Compute/virtualMachines/extensions/write
    Microsoft.Compute/virtualMachineScaleSets/extensions/write Microsoft.HybridCompute/machines/extensions/write
    Microsoft.Automation/automationAccounts/runbooks/write Microsoft.Automation/automationAccounts/jobs/write
    Microsoft.Logic/workflows/write Microsoft.Web/sites/functions/write Microsoft.Web/sites/write
    Microsoft.ContainerService/managedClusters/runcommand/action Microsoft.ContainerInstance/containerGroups/write
    Microsoft.App/containerApps/exec/action Microsoft.Resources/deploymentScripts/write
    Microsoft.MachineLearningServices/workspaces/computes/write Microsoft.DataFactory/factories/pipelines/write
    Microsoft.Synapse/workspaces/write`,
  ),
  row(
    'compute-run',
    'data',
    'signs in to machines',
    'Microsoft.Compute/virtualMachines/login/action Microsoft.Compute/virtualMachines/loginAsAdmin/action',
  ),
  row(
    'network-change',
    'control',
    'opens or bends network paths',
    `Microsoft.Network/networkSecurityGroups/securityRules/write Microsoft.Network/networkSecurityGroups/write
    Microsoft.Network/virtualNetworks/virtualNetworkPeerings/write Microsoft.Network/routeTables/routes/write
    Microsoft.Network/azureFirewalls/write Microsoft.Network/dnsZones/write`,
  ),
  row(
    'logging-tamper',
    'control',
    'loses or diverts what was logged',
    `Microsoft.Insights/diagnosticSettings/delete Microsoft.Insights/diagnosticSettings/write
    Microsoft.OperationalInsights/workspaces/delete Microsoft.Insights/activityLogAlerts/delete
    Microsoft.OperationalInsights/workspaces/purge/action`,
  ),
  row(
    'policy-guardrail-remove',
    'control',
    'lifts a limit that others rely on',
    `Microsoft.Authorization/policyAssignments/delete Microsoft.Authorization/policyAssignments/write
    Microsoft.Authorization/policyExemptions/write Microsoft.Authorization/locks/delete
    Microsoft.Authorization/denyAssignments/delete Microsoft.Authorization/roleManagementPolicies/write`,
  ),
  row(
    'metadata-read',
    'control',
    'sees what there is and who may do what',
    `Microsoft.Authorization/roleAssignments/read Microsoft.Resources/subscriptions/resourceGroups/read
    Microsoft.Compute/virtualMachines/read Microsoft.Storage/storageAccounts/read`,
  ),
];

/** Every row, for the engine, documentation and tests. */
export const AZURE_CAPABILITY_ROWS = ROWS;

/** An action that no provider has: a role that gives it gives everything. */
export const ANY_ACTION = 'Nhi.Any/resource/write';

function row(capability: Capability, plane: Row['plane'], why: string, actions: string): Row {
  return { capability, plane, why, actions: actions.split(/\s+/u) };
}
