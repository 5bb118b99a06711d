import { type Account, PROD } from '../account.ts';
import { allow, grantsIn } from '../policy.ts';
import type { PolicySpec, RoleSpec } from '../spec.ts';
import { irsa, principal, service, vendor } from '../trust.ts';

/** Monitoring, backup, security and the vendors that work with Acme. */
export function operationsRoles(account: Account): readonly RoleSpec[] {
  return [
    ...monitoring(account),
    ...backup(account),
    ...security(account),
    ...(account === PROD ? vendors(account) : []),
  ];
}

function monitoring(account: Account): readonly RoleSpec[] {
  const { publish, metrics, secret, logs } = grantsIn(account);
  const OWN = { team: 'monitoring' } as const;
  return [
    {
      ...OWN,
      name: 'grafana',
      age: 366,
      used: 0,
      trust: irsa(account, 'monitoring', 'grafana'),
      inline: {
        'read-metrics': [
          allow(['cloudwatch:GetMetricData', 'cloudwatch:ListMetrics', 'tag:GetResources'], '*'),
        ],
      },
    },
    {
      ...OWN,
      name: 'rds-enhanced-monitoring',
      path: '/service/',
      age: 800,
      used: 0,
      trust: service('monitoring.rds.amazonaws.com', account),
      managed: ['service-role/AmazonRDSEnhancedMonitoringRole'],
    },
    {
      ...OWN,
      name: 'alert-router',
      path: '/service/',
      age: 320,
      used: 0,
      trust: service('lambda'),
      managed: ['service-role/AWSLambdaBasicExecutionRole'],
      inline: { route: [publish('on-call'), secret('monitoring/chat-webhook')] },
    },
    {
      ...OWN,
      name: 'synthetic-canary',
      path: '/service/',
      age: 320,
      used: 0,
      trust: service('lambda'),
      inline: { canary: [metrics('CloudWatchSynthetics'), logs('/aws/lambda/cwsyn-shop')] },
    },
  ];
}

function backup(account: Account): readonly RoleSpec[] {
  const { arn } = grantsIn(account);
  const OWN = { team: 'operations' } as const;
  return [
    {
      ...OWN,
      name: 'aws-backup',
      path: '/service/',
      age: 690,
      used: 0,
      trust: service('backup', account),
      managed: ['service-role/AWSBackupServiceRolePolicyForBackup'],
    },
    {
      ...OWN,
      name: 'backup-restore-test',
      path: '/service/',
      age: 400,
      used: 18,
      trust: service('states', account),
      inline: {
        restore: [
          allow('backup:StartRestoreJob', arn('backup', 'recovery-point:*')),
          allow('rds:DeleteDBInstance', arn('rds', 'db:restore-test-*')),
        ],
      },
    },
  ];
}

function security(account: Account): readonly RoleSpec[] {
  const { arn, publish, logs } = grantsIn(account);
  const OWN = { team: 'security' } as const;
  return [
    {
      ...OWN,
      name: 'security-audit',
      age: 760,
      used: 1,
      trust: principal('arn:aws:iam::444455556666:role/security-scanner'),
      managed: ['SecurityAudit'],
    },
    {
      ...OWN,
      name: 'config-recorder',
      path: '/service/',
      age: 760,
      used: 0,
      trust: service('config', account),
      managed: ['service-role/AWS_ConfigRole'],
    },
    {
      ...OWN,
      name: 'cloudtrail-to-logs',
      path: '/service/',
      age: 760,
      used: 0,
      trust: service('cloudtrail', account),
      inline: { write: [logs('/cloudtrail/acme')] },
    },
    {
      ...OWN,
      name: 'guardduty-responder',
      path: '/service/',
      age: 310,
      used: 6,
      trust: service('lambda'),
      managed: ['service-role/AWSLambdaBasicExecutionRole'],
      inline: {
        isolate: [
          allow('ec2:ModifyInstanceAttribute', arn('ec2', 'instance/*'), {
            StringEquals: { 'aws:ResourceTag/quarantine': 'allowed' },
          }),
          publish('security-alerts'),
        ],
      },
    },
    {
      ...OWN,
      name: 'secrets-rotation',
      path: '/service/',
      age: 310,
      used: 2,
      trust: service('lambda'),
      managed: ['service-role/AWSLambdaVPCAccessExecutionRole'],
      inline: {
        rotate: [
          allow(
            [
              'secretsmanager:GetSecretValue',
              'secretsmanager:PutSecretValue',
              'secretsmanager:UpdateSecretVersionStage',
            ],
            arn('secretsmanager', 'secret:rotated/*'),
          ),
        ],
      },
    },
  ];
}

/** Vendors that were set up as they should be: an agreed external id, and no more than they need. */
function vendors(account: Account): readonly RoleSpec[] {
  const { s3Read, bucket } = grantsIn(account);
  const OWN = { path: '/vendor/' } as const;
  return [
    {
      ...OWN,
      name: 'skylark-monitoring',
      team: 'monitoring',
      age: 500,
      used: 0,
      trust: vendor('777788889999', 'acme-7Qm2vK9d'),
      managed: ['job-function/ViewOnlyAccess'],
      tags: { vendor: 'Skylark Monitoring' },
    },
    {
      ...OWN,
      name: 'ledgerline-invoices',
      team: 'payments',
      age: 365,
      used: 5,
      trust: vendor('222233334444', 'LL-acme-40417'),
      inline: { invoices: [s3Read('invoices')] },
      tags: { vendor: 'Ledgerline Accounting' },
    },
    {
      ...OWN,
      name: 'parcelhub-labels',
      team: 'web-shop',
      age: 280,
      used: 0,
      trust: vendor('333344445555', 'ph_61f0c2'),
      inline: { labels: [allow('s3:PutObject', `${bucket('shipping-labels')}/parcelhub/*`)] },
      tags: { vendor: 'Parcelhub' },
    },
  ];
}

/** The permissions boundary that every team's workloads carry. */
export function operationsPolicies(): readonly PolicySpec[] {
  return [
    {
      name: 'WorkloadBoundary',
      age: 600,
      statements: [
        allow(['dynamodb:*', 's3:*', 'sqs:*', 'sns:*', 'lambda:*', 'logs:*', 'ec2:Describe*', 'rds:*'], '*', {
          StringEquals: { 'aws:RequestedRegion': 'eu-west-1' },
        }),
        allow(
          ['secretsmanager:GetSecretValue', 'kms:Decrypt', 'kms:GenerateDataKey', 'sagemaker:InvokeEndpoint'],
          '*',
        ),
        allow(
          ['ec2:*NetworkInterface*', 'elasticloadbalancing:Describe*', 'route53:List*', 'iam:PassRole'],
          '*',
        ),
        {
          Effect: 'Deny',
          Action: ['iam:Create*', 'iam:Put*', 'iam:Attach*', 'organizations:*'],
          Resource: '*',
        },
      ],
    },
  ];
}
