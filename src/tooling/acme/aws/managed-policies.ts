import { allow } from './policy.ts';
import type { Statement } from './spec.ts';

/**
 * Policies that AWS manages, by path and name. The documents are written for this estate: they grant the kind of
 * thing that the real ones grant, in far fewer words.
 */
const AWS_MANAGED: Readonly<Record<string, readonly Statement[]>> = {
  AdministratorAccess: [allow('*', '*')],
  PowerUserAccess: [
    { Effect: 'Allow', NotAction: ['iam:*', 'organizations:*', 'account:*'], Resource: '*' },
    allow(['iam:CreateServiceLinkedRole', 'iam:ListRoles', 'organizations:DescribeOrganization'], '*'),
  ],
  ReadOnlyAccess: [
    allow(
      [
        'ec2:Describe*',
        'rds:Describe*',
        'ecs:Describe*',
        'ecs:List*',
        'eks:Describe*',
        'iam:Get*',
        'iam:List*',
      ],
      '*',
    ),
    allow(
      [
        'lambda:GetPolicy',
        'lambda:List*',
        'route53:List*',
        's3:GetBucket*',
        's3:ListAllMyBuckets',
        'tag:Get*',
      ],
      '*',
    ),
  ],
  SecurityAudit: [
    allow(
      [
        'access-analyzer:List*',
        'cloudtrail:DescribeTrails',
        'config:Describe*',
        'guardduty:List*',
        'iam:Get*',
      ],
      '*',
    ),
    allow(
      ['iam:List*', 'kms:GetKeyPolicy', 'kms:List*', 's3:GetBucketPolicy', 's3:GetBucketPublicAccessBlock'],
      '*',
    ),
  ],
  IAMUserChangePassword: [
    allow('iam:ChangePassword', 'arn:aws:iam::*:user/${aws:username}'),
    allow('iam:GetAccountPasswordPolicy', '*'),
  ],
  'job-function/ViewOnlyAccess': [
    allow(
      ['autoscaling:Describe*', 'cloudwatch:Describe*', 'cloudwatch:List*', 'ec2:Describe*', 'ecs:List*'],
      '*',
    ),
    allow(
      ['elasticloadbalancing:Describe*', 'lambda:ListFunctions', 'rds:Describe*', 's3:ListAllMyBuckets'],
      '*',
    ),
  ],
  'job-function/Billing': [
    allow(['budgets:ViewBudget', 'ce:Get*', 'cur:Describe*', 'invoicing:Get*', 'payments:List*'], '*'),
  ],
  AmazonEC2ContainerRegistryReadOnly: [
    allow(
      ['ecr:GetAuthorizationToken', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer', 'ecr:DescribeImages'],
      '*',
    ),
  ],
  AmazonEKSClusterPolicy: [
    allow(
      ['ec2:Describe*', 'ec2:CreateTags', 'ec2:CreateSecurityGroup', 'elasticloadbalancing:Describe*'],
      '*',
    ),
    allow('iam:CreateServiceLinkedRole', '*', {
      StringEquals: { 'iam:AWSServiceName': 'elasticloadbalancing.amazonaws.com' },
    }),
  ],
  AmazonEKSWorkerNodePolicy: [
    allow(['ec2:DescribeInstances', 'ec2:DescribeVolumes', 'eks:DescribeCluster'], '*'),
  ],
  AmazonEKS_CNI_Policy: [
    allow(['ec2:AssignPrivateIpAddresses', 'ec2:AttachNetworkInterface', 'ec2:CreateNetworkInterface'], '*'),
    allow('ec2:CreateTags', 'arn:aws:ec2:*:*:network-interface/*'),
  ],
  AmazonSSMManagedInstanceCore: [
    allow(['ssm:UpdateInstanceInformation', 'ssm:ListAssociations', 'ssm:GetDocument'], '*'),
    allow(
      ['ssmmessages:CreateControlChannel', 'ssmmessages:CreateDataChannel', 'ec2messages:GetMessages'],
      '*',
    ),
  ],
  CloudWatchAgentServerPolicy: [
    allow(['cloudwatch:PutMetricData', 'logs:PutLogEvents', 'logs:CreateLogStream'], '*'),
  ],
  'service-role/AWSLambdaBasicExecutionRole': [
    allow(['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'], '*'),
  ],
  'service-role/AWSLambdaVPCAccessExecutionRole': [
    allow(['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'], '*'),
    allow(['ec2:CreateNetworkInterface', 'ec2:DescribeNetworkInterfaces', 'ec2:DeleteNetworkInterface'], '*'),
  ],
  'service-role/AmazonECSTaskExecutionRolePolicy': [
    allow(
      ['ecr:GetAuthorizationToken', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer', 'logs:PutLogEvents'],
      '*',
    ),
  ],
  'service-role/AmazonEBSCSIDriverPolicy': [
    allow(['ec2:DescribeVolumes', 'ec2:DescribeSnapshots', 'ec2:DescribeInstances'], '*'),
    allow(
      ['ec2:AttachVolume', 'ec2:DetachVolume', 'ec2:CreateVolume'],
      ['arn:aws:ec2:*:*:volume/*', 'arn:aws:ec2:*:*:instance/*'],
    ),
  ],
  'service-role/AWSGlueServiceRole': [
    allow(
      [
        'glue:GetJob',
        'glue:GetConnection',
        'glue:GetDatabase',
        's3:GetBucketLocation',
        'cloudwatch:PutMetricData',
      ],
      '*',
    ),
    allow('s3:GetObject', 'arn:aws:s3:::aws-glue-*/*'),
  ],
  'service-role/AmazonRDSEnhancedMonitoringRole': [
    allow(['logs:CreateLogGroup', 'logs:PutRetentionPolicy'], 'arn:aws:logs:*:*:log-group:RDS*'),
    allow(['logs:CreateLogStream', 'logs:PutLogEvents'], 'arn:aws:logs:*:*:log-group:RDS*:log-stream:*'),
  ],
  'service-role/AWSBackupServiceRolePolicyForBackup': [
    allow(
      ['rds:CreateDBSnapshot', 'rds:DescribeDBSnapshots', 'ec2:CreateSnapshot', 'ec2:DescribeVolumes'],
      '*',
    ),
    allow(['dynamodb:CreateBackup', 'dynamodb:DescribeTable'], 'arn:aws:dynamodb:*:*:table/*'),
  ],
  'service-role/AWS_ConfigRole': [
    allow(['ec2:Describe*', 'iam:Get*', 'iam:List*', 'rds:Describe*', 's3:GetBucketAcl'], '*'),
  ],
};

/** Service-linked roles: the name's ending, the service that holds it, its policy and what that grants. */
export const SERVICE_LINKED: readonly (readonly [string, string, string, readonly string[]])[] = [
  [
    'AutoScaling',
    'autoscaling',
    'AutoScalingServiceRolePolicy',
    ['ec2:RunInstances', 'ec2:TerminateInstances'],
  ],
  [
    'ElasticLoadBalancing',
    'elasticloadbalancing',
    'AWSElasticLoadBalancingServiceRolePolicy',
    ['ec2:DescribeSubnets'],
  ],
  ['RDS', 'rds', 'AmazonRDSServiceRolePolicy', ['ec2:DescribeSubnets', 'rds:CrossRegionCommunication']],
  [
    'ECS',
    'ecs',
    'AmazonECSServiceRolePolicy',
    ['ec2:DescribeNetworkInterfaces', 'elasticloadbalancing:RegisterTargets'],
  ],
  ['AmazonEKS', 'eks', 'AmazonEKSServiceRolePolicy', ['ec2:CreateNetworkInterface', 'ec2:DescribeVpcs']],
  [
    'AmazonEKSNodegroup',
    'eks-nodegroup',
    'AWSServiceRoleForAmazonEKSNodegroup',
    ['autoscaling:UpdateAutoScalingGroup'],
  ],
  ['Support', 'support', 'AWSSupportServiceRolePolicy', ['ec2:DescribeInstances', 'rds:DescribeDBInstances']],
  [
    'TrustedAdvisor',
    'trustedadvisor',
    'AWSTrustedAdvisorServiceRolePolicy',
    ['ec2:DescribeAddresses', 'iam:GetAccountSummary'],
  ],
  [
    'AmazonGuardDuty',
    'guardduty',
    'AmazonGuardDutyServiceRolePolicy',
    ['ec2:DescribeInstances', 'organizations:ListAccounts'],
  ],
  ['AccessAnalyzer', 'access-analyzer', 'AccessAnalyzerServiceRolePolicy', ['iam:GetRole', 'iam:ListRoles']],
  ['CloudTrail', 'cloudtrail', 'CloudTrailServiceRolePolicy', ['organizations:DescribeOrganization']],
  ['SSO', 'sso', 'AWSSSOServiceRolePolicy', ['iam:GetSAMLProvider', 'iam:ListRolePolicies']],
];

/** What an AWS-managed policy grants; undefined for a name that is not one. */
export function awsManagedStatements(name: string): readonly Statement[] | undefined {
  const linked = SERVICE_LINKED.find(([, , policy]) => name === `aws-service-role/${policy}`);
  return linked === undefined ? AWS_MANAGED[name] : [allow(linked[3], '*')];
}
