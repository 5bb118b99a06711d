import type { Capability } from '#model/entitlement.ts';
import { awsAccessLevels, awsActionCount, awsActionNumber } from './actions.ts';

/** Actions that give one capability, and why they do. */
interface CapabilityRow {
  readonly capability: Capability;
  readonly why: string;
  /** `service:Action`, between spaces. */
  readonly actions: string;
}

/**
 * What actions of AWS let somebody do, in the words of all systems. `admin` and `escalate` are no row's: they follow
 * from all that an identity can do together.
 */
export const AWS_CAPABILITIES: readonly CapabilityRow[] = [
  {
    capability: 'identity-admin',
    why: 'gives a user, group or role more rights',
    actions:
      'iam:AttachUserPolicy iam:AttachGroupPolicy iam:AttachRolePolicy iam:PutUserPolicy iam:PutGroupPolicy iam:PutRolePolicy iam:AddUserToGroup',
  },
  {
    capability: 'identity-admin',
    why: 'changes what an attached policy says',
    actions: 'iam:CreatePolicyVersion iam:SetDefaultPolicyVersion iam:DeletePolicyVersion',
  },
  {
    capability: 'identity-admin',
    why: 'takes rights away, or the policy that denied them',
    actions:
      'iam:DetachUserPolicy iam:DetachGroupPolicy iam:DetachRolePolicy iam:DeleteUserPolicy iam:DeleteGroupPolicy iam:DeleteRolePolicy iam:RemoveUserFromGroup',
  },
  {
    capability: 'identity-admin',
    why: 'says who may become a role',
    actions: 'iam:UpdateAssumeRolePolicy iam:CreateRole',
  },
  {
    capability: 'identity-admin',
    why: 'says whose tokens or certificates the account trusts',
    actions:
      'iam:CreateOpenIDConnectProvider iam:AddClientIDToOpenIDConnectProvider iam:UpdateOpenIDConnectProviderThumbprint iam:CreateSAMLProvider iam:UpdateSAMLProvider rolesanywhere:CreateTrustAnchor rolesanywhere:UpdateTrustAnchor rolesanywhere:EnableTrustAnchor rolesanywhere:CreateProfile rolesanywhere:UpdateProfile',
  },
  {
    capability: 'identity-admin',
    why: 'assigns accounts and rights in Identity Center',
    actions:
      'sso:CreateAccountAssignment sso:AttachManagedPolicyToPermissionSet sso:AttachCustomerManagedPolicyReferenceToPermissionSet sso:PutInlinePolicyToPermissionSet sso-directory:AddMemberToGroup identitystore:CreateGroupMembership',
  },
  {
    capability: 'identity-admin',
    why: 'gives rights within a cluster',
    actions:
      'eks:CreateAccessEntry eks:UpdateAccessEntry eks:AssociateAccessPolicy eks:CreatePodIdentityAssociation eks:UpdatePodIdentityAssociation',
  },
  {
    capability: 'credential-create',
    why: 'makes a credential for a user, or makes an old one work again',
    actions:
      'iam:CreateAccessKey iam:UpdateAccessKey iam:CreateLoginProfile iam:UpdateLoginProfile iam:CreateServiceSpecificCredential iam:ResetServiceSpecificCredential iam:UpdateServiceSpecificCredential iam:UploadSigningCertificate iam:UploadSSHPublicKey',
  },
  {
    capability: 'credential-create',
    why: 'makes credentials that do not end with those they were made from',
    actions: 'sts:GetFederationToken',
  },
  {
    capability: 'credential-create',
    why: 'issues certificates or keys that something else accepts',
    actions:
      'acm-pca:IssueCertificate iot:CreateKeysAndCertificate iot:RegisterCertificate redshift:GetClusterCredentials redshift:GetClusterCredentialsWithIAM redshift-serverless:GetCredentials',
  },
  {
    capability: 'impersonate',
    why: 'acts as a role that lets it',
    actions: 'sts:AssumeRole eks-auth:AssumeRoleForPodIdentity',
  },
  {
    capability: 'impersonate',
    why: 'gets a token of an agent or of the user it works for',
    actions:
      'bedrock-agentcore:GetWorkloadAccessToken bedrock-agentcore:GetWorkloadAccessTokenForJWT bedrock-agentcore:GetWorkloadAccessTokenForUserId',
  },
  {
    capability: 'secret-read',
    why: 'reads stored secrets',
    actions:
      'secretsmanager:GetSecretValue secretsmanager:BatchGetSecretValue ssm:GetParameter ssm:GetParameters ssm:GetParametersByPath ssm:GetParameterHistory',
  },
  {
    capability: 'secret-read',
    why: 'reads the keys and tokens that an agent calls others with',
    actions: 'bedrock-agentcore:GetResourceApiKey bedrock-agentcore:GetResourceOauth2Token',
  },
  {
    capability: 'secret-read',
    why: 'reads the password or key of a machine or database',
    actions:
      'ec2:GetPasswordData lightsail:GetInstanceAccessDetails lightsail:GetRelationalDatabaseMasterUserPassword lightsail:DownloadDefaultKeyPair',
  },
  {
    capability: 'data-read',
    why: 'reads stored objects, records or messages',
    actions:
      's3:GetObject s3:GetObjectVersion s3:GetObjectTorrent s3express:CreateSession s3-object-lambda:GetObject dynamodb:GetItem dynamodb:BatchGetItem dynamodb:Query dynamodb:Scan dynamodb:PartiQLSelect dynamodb:GetRecords sqs:ReceiveMessage kinesis:GetRecords kinesis:SubscribeToShard cassandra:Select timestream:Select neptune-db:ReadDataViaQuery sagemaker:GetRecord sagemaker:BatchGetRecord bedrock:Retrieve',
  },
  {
    capability: 'data-read',
    why: 'queries or logs in to a database',
    actions:
      'rds-data:ExecuteStatement rds-data:BatchExecuteStatement rds-db:connect redshift-data:ExecuteStatement redshift-data:BatchExecuteStatement redshift-data:GetStatementResult athena:GetQueryResults athena:StartQueryExecution es:ESHttpGet es:ESHttpPost aoss:APIAccessAll dsql:DbConnect dsql:DbConnectAdmin lakeformation:GetDataAccess',
  },
  {
    capability: 'data-read',
    why: 'copies data out whole',
    actions:
      'dynamodb:ExportTableToPointInTime ebs:GetSnapshotBlock ec2:ModifySnapshotAttribute ec2:ModifyImageAttribute rds:ModifyDBSnapshotAttribute rds:ModifyDBClusterSnapshotAttribute rds:StartExportTask backup:StartRestoreJob backup:StartCopyJob elasticfilesystem:ClientMount',
  },
  {
    capability: 'data-read',
    why: 'reads logs, code or images',
    actions:
      'logs:GetLogEvents logs:FilterLogEvents logs:StartQuery logs:GetQueryResults rds:DownloadDBLogFilePortion lambda:GetFunction codecommit:GitPull codecommit:GetFile ecr:BatchGetImage ecr:GetDownloadUrlForLayer',
  },
  {
    capability: 'data-read',
    why: 'turns what is encrypted into text',
    actions: 'kms:Decrypt kms:ReEncryptFrom',
  },
  {
    capability: 'data-write',
    why: 'writes objects, records or messages',
    actions:
      's3:PutObject s3:ReplicateObject s3:RestoreObject s3express:CreateSession s3-object-lambda:PutObject dynamodb:PutItem dynamodb:UpdateItem dynamodb:BatchWriteItem dynamodb:PartiQLInsert dynamodb:PartiQLUpdate sqs:SendMessage sns:Publish kinesis:PutRecord kinesis:PutRecords firehose:PutRecord firehose:PutRecordBatch events:PutEvents cassandra:Modify timestream:WriteRecords neptune-db:WriteDataViaQuery elasticfilesystem:ClientWrite elasticfilesystem:ClientRootAccess sagemaker:PutRecord',
  },
  {
    capability: 'data-write',
    why: 'changes a database through its query interface',
    actions:
      'rds-data:ExecuteStatement rds-data:BatchExecuteStatement redshift-data:ExecuteStatement redshift-data:BatchExecuteStatement es:ESHttpPut es:ESHttpPost es:ESHttpPatch aoss:APIAccessAll dsql:DbConnect dsql:DbConnectAdmin',
  },
  {
    capability: 'data-write',
    why: 'replaces secrets, code or images',
    actions:
      'secretsmanager:PutSecretValue secretsmanager:UpdateSecret ssm:PutParameter codecommit:GitPush codecommit:PutFile ecr:PutImage',
  },
  {
    capability: 'data-delete',
    why: 'deletes objects, records or messages',
    actions:
      's3:DeleteObject s3:DeleteObjectVersion s3-object-lambda:DeleteObject dynamodb:DeleteItem dynamodb:BatchWriteItem dynamodb:PartiQLDelete sqs:DeleteMessage sqs:PurgeQueue es:ESHttpDelete neptune-db:DeleteDataViaQuery glacier:DeleteArchive sagemaker:DeleteRecord',
  },
  {
    capability: 'data-delete',
    why: 'deletes a store with all that it holds',
    actions:
      's3:DeleteBucket dynamodb:DeleteTable rds:DeleteDBInstance rds:DeleteDBCluster redshift:DeleteCluster ec2:DeleteVolume elasticfilesystem:DeleteFileSystem fsx:DeleteFileSystem sqs:DeleteQueue kinesis:DeleteStream es:DeleteDomain glacier:DeleteVault ecr:DeleteRepository ecr:BatchDeleteImage codecommit:DeleteRepository cassandra:Drop timestream:DeleteTable timestream:DeleteDatabase secretsmanager:DeleteSecret ssm:DeleteParameter ssm:DeleteParameters dsql:DeleteCluster',
  },
  {
    capability: 'data-delete',
    why: 'deletes the copies that a store would be restored from',
    actions:
      'dynamodb:DeleteBackup rds:DeleteDBSnapshot rds:DeleteDBClusterSnapshot rds:DeleteDBInstanceAutomatedBackup redshift:DeleteClusterSnapshot ec2:DeleteSnapshot backup:DeleteRecoveryPoint backup:DeleteBackupVault fsx:DeleteBackup',
  },
  {
    capability: 'data-delete',
    why: 'makes encrypted data unreadable, or has it expire',
    actions: 'kms:ScheduleKeyDeletion kms:DeleteImportedKeyMaterial s3:PutLifecycleConfiguration',
  },
  {
    capability: 'compute-run',
    why: 'starts machines or containers',
    actions:
      'ec2:RunInstances ec2:StartInstances ec2:RequestSpotInstances ec2:RequestSpotFleet ec2:CreateFleet autoscaling:CreateAutoScalingGroup autoscaling:UpdateAutoScalingGroup ecs:RunTask ecs:StartTask ecs:CreateService ecs:UpdateService eks:CreateNodegroup batch:SubmitJob lightsail:CreateInstances apprunner:CreateService apprunner:UpdateService elasticbeanstalk:CreateEnvironment elasticbeanstalk:UpdateEnvironment cloud9:CreateEnvironmentEC2',
  },
  {
    capability: 'compute-run',
    why: 'runs code as a function, build or workflow',
    actions:
      'lambda:CreateFunction lambda:UpdateFunctionCode lambda:UpdateFunctionConfiguration lambda:InvokeFunction lambda:CreateEventSourceMapping codebuild:CreateProject codebuild:UpdateProject codebuild:StartBuild codebuild:StartBuildBatch states:CreateStateMachine states:UpdateStateMachine states:StartExecution cloudformation:CreateStack cloudformation:UpdateStack cloudformation:CreateChangeSet cloudformation:ExecuteChangeSet cloudformation:CreateStackSet cloudformation:CreateStackInstances datapipeline:CreatePipeline datapipeline:PutPipelineDefinition datapipeline:ActivatePipeline',
  },
  {
    capability: 'compute-run',
    why: 'runs data or learning jobs',
    actions:
      'glue:CreateJob glue:UpdateJob glue:StartJobRun glue:CreateDevEndpoint glue:UpdateDevEndpoint glue:CreateSession glue:RunStatement sagemaker:CreateNotebookInstance sagemaker:CreatePresignedNotebookInstanceUrl sagemaker:CreateTrainingJob sagemaker:CreateProcessingJob sagemaker:CreateNotebookInstanceLifecycleConfig sagemaker:UpdateNotebookInstanceLifecycleConfig elasticmapreduce:RunJobFlow elasticmapreduce:AddJobFlowSteps emr-serverless:StartJobRun emr-containers:StartJobRun',
  },
  {
    capability: 'compute-run',
    why: 'runs commands on machines that are there',
    actions:
      'ssm:SendCommand ssm:StartSession ssm:ResumeSession ssm:StartAutomationExecution ssm:CreateAssociation ssm:UpdateAssociation ec2-instance-connect:SendSSHPublicKey ec2-instance-connect:SendSerialConsoleSSHPublicKey ec2:ModifyInstanceAttribute ecs:ExecuteCommand',
  },
  {
    capability: 'compute-run',
    why: "runs models or agents at the account's cost",
    actions:
      'bedrock:InvokeModel bedrock:InvokeModelWithResponseStream bedrock:InvokeAgent bedrock-agentcore:InvokeAgentRuntime bedrock-agentcore:StartCodeInterpreterSession bedrock-agentcore:InvokeCodeInterpreter sagemaker:InvokeEndpoint',
  },
  {
    capability: 'network-change',
    why: 'opens or closes ports',
    actions:
      'ec2:AuthorizeSecurityGroupIngress ec2:AuthorizeSecurityGroupEgress ec2:RevokeSecurityGroupIngress ec2:RevokeSecurityGroupEgress ec2:ModifySecurityGroupRules ec2:CreateNetworkAclEntry ec2:ReplaceNetworkAclEntry ec2:DeleteNetworkAclEntry ec2:ModifyNetworkInterfaceAttribute elasticloadbalancing:SetSecurityGroups',
  },
  {
    capability: 'network-change',
    why: 'changes where traffic goes',
    actions:
      'ec2:CreateRoute ec2:ReplaceRoute ec2:DeleteRoute ec2:AssociateRouteTable ec2:AttachInternetGateway ec2:CreateNatGateway ec2:AssociateAddress ec2:CreateVpcPeeringConnection ec2:AcceptVpcPeeringConnection ec2:CreateVpcEndpoint ec2:ModifyVpcEndpoint ec2:DeleteVpcEndpoints ec2:CreateVpnConnection ec2:CreateTransitGatewayRoute ec2:ModifySubnetAttribute elasticloadbalancing:CreateListener elasticloadbalancing:ModifyListener elasticloadbalancing:CreateRule elasticloadbalancing:ModifyRule route53:ChangeResourceRecordSets route53resolver:CreateResolverRule route53resolver:AssociateResolverRule cloudfront:CreateDistribution cloudfront:UpdateDistribution globalaccelerator:CreateListener globalaccelerator:UpdateListener',
  },
  {
    capability: 'network-change',
    why: 'takes a firewall away or changes it',
    actions:
      'network-firewall:UpdateFirewallPolicy network-firewall:UpdateRuleGroup network-firewall:DeleteFirewall wafv2:UpdateWebACL wafv2:DisassociateWebACL wafv2:DeleteWebACL wafv2:UpdateIPSet wafv2:UpdateRuleGroup',
  },
  {
    capability: 'logging-tamper',
    why: 'stops or narrows the audit trail',
    actions:
      'cloudtrail:StopLogging cloudtrail:DeleteTrail cloudtrail:UpdateTrail cloudtrail:PutEventSelectors cloudtrail:PutInsightSelectors cloudtrail:DeleteEventDataStore cloudtrail:UpdateEventDataStore cloudtrail:StopEventDataStoreIngestion',
  },
  {
    capability: 'logging-tamper',
    why: 'stops the record of configuration',
    actions:
      'config:StopConfigurationRecorder config:DeleteConfigurationRecorder config:PutConfigurationRecorder config:DeleteDeliveryChannel config:DeleteConfigRule',
  },
  {
    capability: 'logging-tamper',
    why: 'turns detection off or blind',
    actions:
      'guardduty:DeleteDetector guardduty:UpdateDetector guardduty:CreateFilter guardduty:UpdateFilter guardduty:CreateIPSet guardduty:UpdateIPSet guardduty:StopMonitoringMembers guardduty:DisassociateFromAdministratorAccount guardduty:DeletePublishingDestination securityhub:DisableSecurityHub securityhub:BatchDisableStandards securityhub:DisassociateFromAdministratorAccount access-analyzer:DeleteAnalyzer access-analyzer:CreateArchiveRule macie2:DisableMacie inspector2:Disable detective:DeleteGraph',
  },
  {
    capability: 'logging-tamper',
    why: 'deletes logs or has them expire',
    actions:
      'logs:DeleteLogGroup logs:DeleteLogStream logs:PutRetentionPolicy logs:DeleteSubscriptionFilter logs:DeleteMetricFilter ec2:DeleteFlowLogs s3:PutBucketLogging wafv2:DeleteLoggingConfiguration route53resolver:DisassociateResolverQueryLogConfig route53resolver:DeleteResolverQueryLogConfig',
  },
  {
    capability: 'logging-tamper',
    why: 'silences an alarm',
    actions:
      'cloudwatch:DeleteAlarms cloudwatch:DisableAlarmActions events:DisableRule events:DeleteRule events:RemoveTargets',
  },
  {
    capability: 'policy-guardrail-remove',
    why: 'takes a permissions boundary off, or puts a wider one on',
    actions:
      'iam:DeleteUserPermissionsBoundary iam:DeleteRolePermissionsBoundary iam:PutUserPermissionsBoundary iam:PutRolePermissionsBoundary sso:DeletePermissionsBoundaryFromPermissionSet sso:PutPermissionsBoundaryToPermissionSet',
  },
  {
    capability: 'policy-guardrail-remove',
    why: "lifts an organisation's policies from accounts",
    actions:
      'organizations:DetachPolicy organizations:DeletePolicy organizations:UpdatePolicy organizations:DisablePolicyType organizations:MoveAccount organizations:LeaveOrganization organizations:RemoveAccountFromOrganization organizations:DeleteOrganization controltower:DisableControl controltower:DisableBaseline',
  },
  {
    capability: 'policy-guardrail-remove',
    why: 'lets data be made public, or deleted before its time',
    actions:
      's3:PutBucketPublicAccessBlock s3:PutAccountPublicAccessBlock s3:DeleteBucketPolicy s3:BypassGovernanceRetention ec2:DisableImageBlockPublicAccess ec2:DisableSnapshotBlockPublicAccess ec2:DisableEbsEncryptionByDefault backup:DeleteBackupVaultAccessPolicy backup:DeleteBackupVaultLockConfiguration secretsmanager:DeleteResourcePolicy',
  },
  {
    capability: 'policy-guardrail-remove',
    why: 'weakens how people must sign in',
    actions:
      'iam:DeactivateMFADevice iam:DeleteVirtualMFADevice iam:UpdateAccountPasswordPolicy iam:DeleteAccountPasswordPolicy',
  },
  {
    capability: 'policy-guardrail-remove',
    why: 'takes away what keeps a model within bounds',
    actions: 'bedrock:DeleteGuardrail bedrock:UpdateGuardrail',
  },
  {
    capability: 'metadata-read',
    why: 'shows who is there and what they may do',
    actions:
      'iam:GetAccountAuthorizationDetails iam:GetCredentialReport iam:GetUser iam:GetRole iam:GetGroup iam:GetPolicy iam:GetPolicyVersion iam:GetUserPolicy iam:GetRolePolicy iam:GetGroupPolicy organizations:DescribeOrganization organizations:DescribePolicy config:SelectResourceConfig config:GetResourceConfigHistory',
  },
];

/** The numbers of the actions that give a capability; for `metadata-read` those that only list things as well. */
export function awsCapabilityActions(capability: Capability): readonly number[] {
  const named = AWS_CAPABILITIES.filter((row) => row.capability === capability)
    .flatMap(({ actions }) => actions.split(' '))
    .map(awsActionNumber)
    .filter((number) => number >= 0);
  if (capability !== 'metadata-read') return [...new Set(named)];
  const listing = Array.from({ length: awsActionCount() }, (_, number) => number).filter((number) =>
    awsAccessLevels(number).includes('List'),
  );
  return [...new Set([...named, ...listing])];
}
