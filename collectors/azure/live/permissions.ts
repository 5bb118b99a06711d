import type { PermissionDocument } from '#contract/live.ts';
import type { AzureTarget } from '#model/target/azure.ts';
import { ALL_CALLS } from './calls.ts';

/** Ids of Microsoft Graph's application permissions: https://learn.microsoft.com/graph/permissions-reference. */
const GRAPH_IDS: Readonly<Record<string, string>> = {
  'Application.Read.All': '9a5d68dd-52b0-4cc2-bd40-abcf44ac3a30',
  'AuditLog.Read.All': 'b0afded3-3588-46d8-8b3d-9842eff778da',
  'Directory.Read.All': '7ab1d382-f21e-4acd-a863-ba3e13f7da61',
  'PrivilegedEligibilitySchedule.Read.AzureADGroup': 'edb419d6-7edc-42a3-9345-509bfdf5d87c',
  'RoleEligibilitySchedule.Read.Directory': 'ff278e11-4a33-4d0c-83d2-d01dc58929a5',
  'RoleManagement.Read.Directory': '483bed4a-2ad3-4361-a73b-c83ccdbdc53c',
};

const GRAPH_APP = '00000003-0000-0000-c000-000000000000';

/** What `read` needs: Reader over the resources of the target, and application permissions of Microsoft Graph. */
export function permissions({ tenant, subscriptions }: AzureTarget): readonly PermissionDocument[] {
  const root = `/providers/Microsoft.Management/managementGroups/${tenant ?? '$TENANT_ID'}`;
  const scopes = subscriptions === 'all' ? [root] : subscriptions.map((id) => `/subscriptions/${id}`);
  return [
    {
      title: 'Reader for the service principal $PRINCIPAL_ID (its object id): run once',
      extension: 'sh',
      text: lines(
        scopes.map(
          (scope) =>
            `az role assignment create --assignee-object-id "$PRINCIPAL_ID" --assignee-principal-type ServicePrincipal --role Reader --scope "${scope}"`,
        ),
      ),
      permissions: named('management'),
    },
    {
      title:
        'Application permissions of Microsoft Graph for the application $APPLICATION_ID: run once, as an administrator',
      extension: 'sh',
      text: lines([
        ...named('graph').map(
          (name) =>
            `az ad app permission add --id "$APPLICATION_ID" --api ${GRAPH_APP} --api-permissions ${GRAPH_IDS[name] ?? name}=Role # ${name}`,
        ),
        'az ad app permission admin-consent --id "$APPLICATION_ID"',
      ]),
      permissions: named('graph'),
    },
  ];
}

function named(api: 'management' | 'graph'): readonly string[] {
  const calls = ALL_CALLS.filter((call) => call.api === api);
  return [...new Set(calls.map(({ permission }) => permission))].toSorted();
}

function lines(commands: readonly string[]): string {
  return `${commands.join('\n')}\n`;
}
