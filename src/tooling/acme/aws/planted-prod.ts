import { PROD, roleArn } from './account.ts';
import { allow, grantsIn } from './policy.ts';
import type { RoleSpec } from './spec.ts';
import { github, GITHUB, irsa, principal, service } from './trust.ts';
import { awsId } from '../seed.ts';

const { s3Read, s3Write, table, send } = grantsIn(PROD);
const LAMBDA = 'service-role/AWSLambdaBasicExecutionRole';

/** The roles of the production account that have something wrong with them; ../planted.ts says what. */
export const PLANTED_PROD_ROLES: readonly RoleSpec[] = [
  {
    name: 'legacy-order-export',
    path: '/service/',
    team: 'web-shop',
    age: 1210,
    used: 301,
    trust: service('lambda'),
    managed: [LAMBDA],
    inline: { export: [s3Write('order-archive')] },
  },
  {
    name: 'partner-dropzone',
    team: 'operations',
    age: 455,
    used: 8,
    trust: principal('*'),
    inline: { drop: [s3Write('dropzone')] },
  },
  {
    name: 'brightpath-analytics',
    path: '/vendor/',
    team: 'data',
    age: 350,
    used: 2,
    trust: principal('arn:aws:iam::999911112222:root'),
    managed: ['job-function/ViewOnlyAccess'],
    tags: { vendor: 'Brightpath Analytics' },
  },
  {
    name: 'docs-site-deploy',
    team: 'web-shop',
    age: 610,
    used: 4,
    trust: [
      {
        Effect: 'Allow',
        Principal: { Federated: `arn:aws:iam::${PROD.id}:oidc-provider/${GITHUB}` },
        Action: 'sts:AssumeRoleWithWebIdentity',
        Condition: { StringEquals: { [`${GITHUB}:aud`]: 'sts.amazonaws.com' } },
      },
    ],
    inline: { publish: [s3Write('docs-site')] },
  },
  {
    name: 'ops-auto-remediation',
    path: '/service/',
    team: 'platform',
    age: 520,
    used: 3,
    trust: service('lambda'),
    managed: ['AdministratorAccess'],
  },
  {
    name: 'shop-release-bot',
    team: 'web-shop',
    age: 330,
    used: 1,
    trust: github(PROD, 'repo:acme-example/release-bot:ref:refs/heads/main'),
    inline: {
      release: [
        allow(
          ['lambda:CreateFunction', 'lambda:InvokeFunction'],
          `arn:aws:lambda:eu-west-1:${PROD.id}:function:release-*`,
        ),
        allow('iam:PassRole', `arn:aws:iam::${PROD.id}:role/*`),
      ],
    },
  },
  {
    name: 'release-coordinator',
    team: 'platform',
    age: 330,
    used: 1,
    trust: principal('arn:aws:iam::444455556666:role/integration-runner'),
    inline: { next: [allow('sts:AssumeRole', roleArn(PROD, 'release-admin'))] },
  },
  {
    name: 'release-admin',
    team: 'platform',
    age: 330,
    used: 5,
    trust: principal(roleArn(PROD, 'release-coordinator')),
    inline: { everything: [allow('*', '*')] },
  },
  {
    name: 'data-exports',
    team: 'data',
    age: 270,
    used: 71,
    trust: irsa(PROD, 'data', 'exporter'),
    inline: { export: [s3Read('lake'), s3Write('exports')] },
  },
  {
    name: 'shop-recommendations',
    team: 'web-shop',
    age: 390,
    used: 1,
    trust: service('lambda'),
    managed: [LAMBDA],
    inline: { read: [grantsIn(PROD).tableRead('orders')] },
  },
  {
    name: 'data-batch-jobs',
    team: 'data',
    age: 300,
    used: 0,
    trust: [
      {
        Effect: 'Allow',
        Principal: { Federated: `arn:aws:iam::${PROD.id}:oidc-provider/${PROD.clusterIssuer}` },
        Action: 'sts:AssumeRoleWithWebIdentity',
        Condition: {
          StringEquals: { [`${PROD.clusterIssuer}:aud`]: 'sts.amazonaws.com' },
          StringLike: { [`${PROD.clusterIssuer}:sub`]: 'system:serviceaccount:data:*' },
        },
      },
    ],
    managed: ['DataLakeWrite'],
  },
  {
    // IAM shows the id in place of the ARN once the principal is gone.
    name: 'catalog-backfill',
    team: 'web-shop',
    age: 540,
    used: 66,
    trust: principal(awsId('AROA', 'a role that was deleted')),
    inline: { backfill: [table('catalog')] },
  },
  {
    name: 'iam-policy-sync',
    path: '/service/',
    team: 'platform',
    age: 410,
    used: 2,
    trust: service('lambda'),
    managed: [LAMBDA, 'PolicySync'],
  },
  {
    name: 'support-secrets-viewer',
    team: 'operations',
    age: 290,
    used: 12,
    trust: service('lambda'),
    inline: { read: [allow('secretsmanager:GetSecretValue', '*')] },
  },
  {
    name: 'temp-athena-debug',
    team: null,
    age: 205,
    used: 38,
    trust: service('ec2'),
    managed: ['DataLakeRead'],
    instanceProfile: true,
  },
  {
    name: 'mail-parser',
    path: '/service/',
    team: null,
    age: 930,
    used: 0,
    trust: service('lambda'),
    inline: { parse: [s3Read('inbound-mail'), send('shop-mail')] },
  },
  {
    name: 'sales-dashboard',
    team: 'data',
    age: 240,
    used: 1,
    trust: [
      ...service('ecs-tasks', PROD),
      ...principal('arn:aws:iam::444455556666:role/sales-dashboard-dev'),
    ],
    managed: ['DataLakeRead'],
  },
];
