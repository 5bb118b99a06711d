import type { Capability } from '#model/entitlement.ts';

/** What a directory role or an application permission of Microsoft Graph gives, and where it leads. */
export interface DirectoryPower {
  /** The role's template id, or the permission's value. */
  readonly id: string;
  readonly capabilities: readonly Capability[];
  /** Whom its holder can become: the tenant's administrator, any application, any group, any person; null: nobody. */
  readonly becomes: 'tenant-admin' | 'applications' | 'groups' | 'users' | null;
  /** `conditional`: not everybody of these, or not without something else. */
  readonly certainty: 'certain' | 'conditional';
  readonly why: string;
}

// id | capabilities | becomes (~: conditional) | why.
// Template ids: https://learn.microsoft.com/entra/identity/role-based-access-control/permissions-reference
export const DIRECTORY_ROLES: readonly DirectoryPower[] = readTable(`
62e90394-69f5-4237-9190-012177145e10 | admin identity-admin policy-guardrail-remove | tenant-admin | Global Administrator: may do everything in the tenant
e8611ab8-c189-46e8-94e1-60213ab1f814 | identity-admin | tenant-admin | Privileged Role Administrator: assigns any directory role and application permission
7be44c8a-adaf-4e2a-84d6-ab2649e08a13 | identity-admin credential-create | users | Privileged Authentication Administrator: sets credentials of everybody, administrators too
9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3 | credential-create | applications | Application Administrator: adds credentials to any application
158c047a-c907-4556-b7ef-446551a6b5f7 | credential-create | applications | Cloud Application Administrator: adds credentials to any application
8ac3fc64-6eca-42ea-9e69-59f4c7b60eb2 | identity-admin credential-create | ~applications | Hybrid Identity Administrator: manages federation and the applications of synchronisation
e00e864a-17c5-4a4b-9c06-f5b95a8d5bd8 | identity-admin credential-create | users | Partner Tier2 Support: sets passwords of everybody
4ba39ca4-527c-499a-b93d-d9b492c50246 | credential-create | ~users | Partner Tier1 Support: sets passwords of people without a role
fe930be7-5e62-47db-91af-98c3a49a38b1 | identity-admin credential-create | ~users | User Administrator: sets passwords of people without a privileged role, and manages groups
c4e39bd9-1100-46d3-8c65-fb160da0071f | credential-create | ~users | Authentication Administrator: sets credentials of people without a privileged role
729827e3-9c14-49f7-bb1b-9608f156bbb8 | credential-create | ~users | Helpdesk Administrator: sets passwords of people without a privileged role
966707d0-3269-4727-9be2-8c3a10f19b9d | credential-create | ~users | Password Administrator: sets passwords of people without a privileged role
fdd7a751-b60b-444a-984c-02652fe8fa1c | identity-admin | ~groups | Groups Administrator: joins any group that is not role-assignable
9360feb5-f418-4baa-8175-e2a00bac4301 | identity-admin | ~groups | Directory Writers: joins any group that is not role-assignable
8329153b-31d0-4727-b945-745eb3bc5f31 | identity-admin | ~tenant-admin | Domain Name Administrator: federates a domain with an issuer of its own
be2f45a1-457d-42af-a067-6ec1fa63bc45 | identity-admin | ~users | External Identity Provider Administrator: lets identities of another issuer in
194ae4cb-b126-40b2-bd5b-6091b380977d | policy-guardrail-remove | - | Security Administrator: changes security policies
b1be1c3e-b65d-4f19-8427-f6fa0d97feb9 | policy-guardrail-remove | - | Conditional Access Administrator: lifts conditional access
3a2c62db-5318-420d-8d74-23affee5d9d5 | compute-run | ~- | Intune Administrator: runs scripts on managed devices
f2ef992c-3afb-46b9-b7cf-a126ee74c451 | metadata-read | - | Global Reader: reads the whole directory
88d8e3e3-8f55-4a1e-953a-9b9898b8876b | metadata-read | - | Directory Readers: reads the directory
`);

// Values: https://learn.microsoft.com/graph/permissions-reference
export const GRAPH_PERMISSIONS: readonly DirectoryPower[] = readTable(`
RoleManagement.ReadWrite.Directory | identity-admin | tenant-admin | assigns any directory role
AppRoleAssignment.ReadWrite.All | identity-admin | tenant-admin | grants itself any application permission
Application.ReadWrite.All | credential-create | applications | adds a credential to any application
Application.ReadUpdate.All | credential-create | ~applications | changes any application
Application.ReadWrite.OwnedBy | credential-create | - | adds a credential to applications that it owns
ServicePrincipalEndpoint.ReadWrite.All | credential-create | ~applications | changes owners of service principals
RoleAssignmentSchedule.ReadWrite.Directory | identity-admin | tenant-admin | makes any directory role active
RoleEligibilitySchedule.ReadWrite.Directory | identity-admin | ~tenant-admin | makes any directory role eligible
RoleManagementPolicy.ReadWrite.Directory | policy-guardrail-remove | - | drops approval and multi-factor authentication of roles
PrivilegedAccess.ReadWrite.AzureADGroup | identity-admin | groups | joins groups, role-assignable ones too
PrivilegedAssignmentSchedule.ReadWrite.AzureADGroup | identity-admin | groups | joins groups, role-assignable ones too
PrivilegedEligibilitySchedule.ReadWrite.AzureADGroup | identity-admin | ~groups | becomes eligible for groups
Policy.ReadWrite.PermissionGrant | policy-guardrail-remove | - | changes who may consent to what
Domain.ReadWrite.All | identity-admin | ~tenant-admin | federates a domain with an issuer of its own
Organization.ReadWrite.All | identity-admin | ~tenant-admin | trusts a certificate authority of its own
UserAuthenticationMethod.ReadWrite.All | credential-create | users | adds a way of signing in to anybody
User-PasswordProfile.ReadWrite.All | credential-create | ~users | sets passwords
User.ReadWrite.All | credential-create | ~users | changes people, passwords too where a role allows
Directory.ReadWrite.All | identity-admin | ~groups | joins groups that are not role-assignable
Group.ReadWrite.All | identity-admin | ~groups | joins groups that are not role-assignable
GroupMember.ReadWrite.All | identity-admin | ~groups | joins groups that are not role-assignable
EntitlementManagement.ReadWrite.All | identity-admin | ~groups | gives itself access packages
Policy.ReadWrite.ConditionalAccess | policy-guardrail-remove | - | lifts conditional access
AdministrativeUnit.ReadWrite.All | policy-guardrail-remove | ~- | takes people out of restricted units
DeviceManagementConfiguration.ReadWrite.All | compute-run | ~- | runs scripts on managed devices
DeviceManagementScripts.ReadWrite.All | compute-run | ~- | runs scripts on managed devices
DeviceManagementRBAC.ReadWrite.All | identity-admin | ~- | assigns roles over managed devices
Mail.Read | data-read | - | reads everybody’s mail
Mail.ReadWrite | data-read data-write data-delete | - | reads and changes everybody’s mail
Files.Read.All | data-read | - | reads every file
Files.ReadWrite.All | data-read data-write data-delete | - | reads and changes every file
Sites.Read.All | data-read | - | reads every site
Sites.FullControl.All | data-read data-write data-delete | - | controls every site
Directory.Read.All | metadata-read | - | reads the whole directory
Application.Read.All | metadata-read | - | reads every application
`);

function readTable(text: string): DirectoryPower[] {
  return text
    .trim()
    .split('\n')
    .map((line) => {
      const [id = '', capabilities = '', becomes = '', why = ''] = line.split(' | ');
      const whom = becomes.replace('~', '');
      return {
        id,
        // The words are the model's: a test holds the tables to it.
        capabilities: capabilities.split(' ') as Capability[],
        becomes: whom === '-' ? null : (whom as DirectoryPower['becomes']),
        certainty: becomes.startsWith('~') ? 'conditional' : 'certain',
        why,
      };
    });
}
