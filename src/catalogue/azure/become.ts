/** Held at a scope, each of these makes its holder whatever it wants to be there. */
export const TAKEOVER_ACTIONS: readonly { readonly via: string; readonly action: string }[] = [
  { via: 'azure-assign-role', action: 'Microsoft.Authorization/roleAssignments/write' },
  { via: 'azure-schedule-role', action: 'Microsoft.Authorization/roleAssignmentScheduleRequests/write' },
];

/** Held at a scope, each of these runs code as the managed identities of what runs there. */
export const RUN_AS_ACTIONS: readonly {
  readonly via: string;
  readonly action: string;
  readonly plane: 'control' | 'data';
}[] = [
  {
    via: 'azure-run-command',
    action: 'Microsoft.Compute/virtualMachines/runCommand/action',
    plane: 'control',
  },
  {
    via: 'azure-vm-extension',
    action: 'Microsoft.Compute/virtualMachines/extensions/write',
    plane: 'control',
  },
  { via: 'azure-vm-login', action: 'Microsoft.Compute/virtualMachines/loginAsAdmin/action', plane: 'data' },
  {
    via: 'azure-runbook',
    action: 'Microsoft.Automation/automationAccounts/runbooks/write',
    plane: 'control',
  },
  { via: 'azure-logic-app', action: 'Microsoft.Logic/workflows/write', plane: 'control' },
  { via: 'azure-web-app', action: 'Microsoft.Web/sites/publishxml/action', plane: 'control' },
  { via: 'azure-function', action: 'Microsoft.Web/sites/functions/write', plane: 'control' },
  { via: 'azure-container-app', action: 'Microsoft.App/containerApps/exec/action', plane: 'control' },
  { via: 'azure-data-factory', action: 'Microsoft.DataFactory/factories/pipelines/write', plane: 'control' },
];

/** What each of them runs in: the ARM type of the workload, in lower case. */
export const WORKLOAD_TYPES: Readonly<Record<string, readonly string[]>> = {
  'azure-run-command': ['microsoft.compute/virtualmachines'],
  'azure-vm-extension': ['microsoft.compute/virtualmachines'],
  'azure-vm-login': ['microsoft.compute/virtualmachines'],
  'azure-runbook': ['microsoft.automation/automationaccounts'],
  'azure-logic-app': ['microsoft.logic/workflows'],
  'azure-web-app': ['microsoft.web/sites'],
  'azure-function': ['microsoft.web/sites'],
  'azure-container-app': ['microsoft.app/containerapps'],
  'azure-data-factory': ['microsoft.datafactory/factories'],
};

/** Attaches a user-assigned identity; needs something to attach it to. */
export const ASSIGN_IDENTITY = 'Microsoft.ManagedIdentity/userAssignedIdentities/assign/action';

/** Something to attach an identity to. */
export const ATTACH_TO: readonly string[] = [
  'Microsoft.Compute/virtualMachines/write',
  'Microsoft.ContainerInstance/containerGroups/write',
  'Microsoft.Resources/deploymentScripts/write',
  'Microsoft.Web/sites/write',
  'Microsoft.App/containerApps/write',
  'Microsoft.Logic/workflows/write',
];

/** Lets an identity of one’s own issuer be a user-assigned identity. */
export const FEDERATE_IDENTITY =
  'Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials/write';
