import type { Call } from './calls.ts';
import { BUCKET_POLICIES, POLICY_LISTS } from './regional/resource-policies.ts';
import { WORKLOAD_LISTS } from './regional/workload-lists.ts';

/** Every call that is made in an account, but for those that are optional. */
export const CALLS_OF_ACCOUNT: readonly Call[] = [
  'access-analyzer:GetFindingV2',
  'access-analyzer:ListAnalyzers',
  'access-analyzer:ListFindingsV2',
  'bedrock-agentcore:GetWorkloadIdentity',
  'bedrock-agentcore:ListWorkloadIdentities',
  // DescribeStacks without a name asks for it as well.
  'cloudformation:ListStacks',
  'cloudtrail:LookupEvents',
  'codebuild:BatchGetProjects',
  'codebuild:ListProjects',
  'ec2:DescribeInstances',
  'ec2:DescribeLaunchTemplateVersions',
  'eks:DescribeAccessEntry',
  'eks:DescribeCluster',
  'eks:DescribeNodegroup',
  'eks:DescribePodIdentityAssociation',
  'eks:ListAccessEntries',
  'eks:ListClusters',
  'eks:ListNodegroups',
  'eks:ListPodIdentityAssociations',
  'iam:GenerateCredentialReport',
  'iam:GetAccessKeyLastUsed',
  'iam:GetAccountAuthorizationDetails',
  'iam:GetCredentialReport',
  'iam:GetLoginProfile',
  'iam:GetOpenIDConnectProvider',
  'iam:GetPolicy',
  'iam:GetPolicyVersion',
  'iam:GetSAMLProvider',
  'iam:ListAccessKeys',
  'iam:ListInstanceProfiles',
  'iam:ListMFADevices',
  'iam:ListOpenIDConnectProviders',
  'iam:ListSAMLProviders',
  'iam:ListSSHPublicKeys',
  'iam:ListServerCertificates',
  'iam:ListServiceSpecificCredentials',
  'iam:ListSigningCertificates',
  'kms:ListGrants',
  'rolesanywhere:ListProfiles',
  'rolesanywhere:ListSubjects',
  'rolesanywhere:ListTrustAnchors',
  'secretsmanager:GetResourcePolicy',
  'secretsmanager:ListSecrets',
  'sqs:GetQueueAttributes',
  'sqs:ListQueues',
  'ssm:DescribeParameters',
  ...[BUCKET_POLICIES, ...POLICY_LISTS].flatMap(({ list, get }) => [list, get]),
  ...WORKLOAD_LISTS.flatMap(({ list, describe }) =>
    describe === undefined ? [list] : [list, describe.call],
  ),
];

/** With `lastAccessed`. */
export const CALLS_OF_LAST_ACCESSED: readonly Call[] = [
  'iam:GenerateServiceLastAccessedDetails',
  'iam:GetServiceLastAccessedDetails',
];

/** Made with the credentials that were signed in with, whichever account they are about. */
export const CALLS_OF_ORGANIZATION: readonly Call[] = [
  'identitystore:ListGroupMemberships',
  'identitystore:ListGroups',
  'identitystore:ListUsers',
  'organizations:DescribeOrganization',
  'organizations:DescribePolicy',
  'organizations:ListAccountsForParent',
  'organizations:ListOrganizationalUnitsForParent',
  'organizations:ListPolicies',
  'organizations:ListRoots',
  'organizations:ListTargetsForPolicy',
  'sso:DescribePermissionSet',
  'sso:ListAccountAssignments',
  'sso:ListInstances',
  'sso:ListPermissionSetsProvisionedToAccount',
];
