import { DEV, roleArn, PROD } from './account.ts';
import { SERVICE } from './owner-tags.ts';
import { allow, grantsIn } from './policy.ts';
import type { PolicySpec, RoleSpec, UserSpec } from './spec.ts';
import { github, GITHUB, principal, service } from './trust.ts';

const { s3Read, s3Write, arn } = grantsIn(DEV);
const LAMBDA = 'service-role/AWSLambdaBasicExecutionRole';

/** The roles of the development account that have something wrong with them; ../planted.ts says what. */
export const PLANTED_DEV_ROLES: readonly RoleSpec[] = [
  {
    name: 'poc-recommendations',
    path: '/service/',
    team: 'data',
    age: 820,
    used: null,
    trust: service('sagemaker', DEV),
    inline: { models: [s3Read('models')] },
  },
  {
    name: 'hackday-2025',
    team: null,
    age: 420,
    used: 168,
    trust: service('ec2'),
    managed: ['AmazonSSMManagedInstanceCore'],
    instanceProfile: true,
  },
  {
    name: 'public-demo',
    team: 'web-shop',
    age: 260,
    used: 14,
    trust: [{ Effect: 'Allow', Principal: '*', Action: 'sts:AssumeRole' }],
    inline: { demo: [s3Read('demo')] },
  },
  {
    name: 'qa-contractor',
    path: '/vendor/',
    team: 'web-shop',
    age: 230,
    used: 3,
    trust: principal('arn:aws:iam::555566667777:role/testers'),
    inline: { results: [s3Write('test-results')] },
    tags: { vendor: 'Fernhill Testing', 'review-by': '2026-09-30' },
  },
  {
    name: 'preview-deploy',
    team: 'web-shop',
    age: 200,
    used: 0,
    trust: [
      {
        Effect: 'Allow',
        Principal: { Federated: `arn:aws:iam::${DEV.id}:oidc-provider/${GITHUB}` },
        Action: 'sts:AssumeRoleWithWebIdentity',
        Condition: {
          StringEquals: { [`${GITHUB}:aud`]: 'sts.amazonaws.com' },
          StringLike: { [`${GITHUB}:sub`]: 'repo:*' },
        },
      },
    ],
    inline: { preview: [s3Write('preview')] },
  },
  {
    name: 'acme-terraform-apply',
    team: 'platform',
    age: 640,
    used: 0,
    trust: github(DEV, 'repo:acme-example/infrastructure:environment:development'),
    managed: ['AdministratorAccess'],
  },
  {
    name: 'load-test-runner',
    team: 'platform',
    age: 170,
    used: 7,
    trust: service('ec2'),
    managed: ['DevEverything'],
    instanceProfile: true,
  },
  {
    name: 'sandbox-functions',
    path: '/service/',
    team: 'data',
    age: 315,
    used: 6,
    trust: service('lambda'),
    managed: ['PowerUserAccess'],
  },
  {
    name: 'integration-runner',
    team: 'platform',
    age: 330,
    used: 1,
    trust: github(DEV, 'repo:acme-example/integration-tests:ref:refs/heads/main'),
    inline: { 'release-to-production': [allow('sts:AssumeRole', roleArn(PROD, 'release-coordinator'))] },
  },
  {
    name: 'notebook-launcher',
    team: 'data',
    age: 190,
    used: 2,
    trust: service('ecs-tasks', DEV),
    inline: {
      launch: [
        allow(['ec2:RunInstances', 'ec2:AssociateIamInstanceProfile'], '*'),
        allow('iam:PassRole', `arn:aws:iam::${DEV.id}:role/*`, {
          StringEquals: { 'iam:PassedToService': 'ec2.amazonaws.com' },
        }),
      ],
    },
  },
  {
    name: 'sales-dashboard-dev',
    team: 'data',
    age: 240,
    used: 1,
    trust: service('ecs-tasks', DEV),
    inline: { 'production-data': [allow('sts:AssumeRole', roleArn(PROD, 'sales-dashboard'))] },
  },
  {
    name: 'tmp-migration',
    path: '/service/',
    team: null,
    age: 140,
    used: 77,
    trust: service('lambda'),
    managed: [LAMBDA],
  },
];

/** The users of the development account that have something wrong with them. */
export const PLANTED_DEV_USERS: readonly UserSpec[] = [
  {
    name: 'svc-jenkins',
    path: '/service/',
    tags: SERVICE,
    team: 'platform',
    age: 1250,
    inline: { artefacts: [s3Write('ci-artefacts')] },
    keys: [
      { active: true, rotated: 66, used: 0, service: 's3' },
      { active: true, rotated: 231, used: 204, service: 's3' },
    ],
  },
  {
    name: 'svc-selenium-grid',
    path: '/service/',
    tags: SERVICE,
    team: 'web-shop',
    age: 510,
    inline: { screenshots: [s3Write('test-results')] },
    password: { changed: 510, used: 21, mfa: false },
    keys: [{ active: true, rotated: 25, used: 0, service: 's3' }],
  },
  {
    name: 'svc-chatops',
    path: '/service/',
    tags: SERVICE,
    team: 'platform',
    age: 330,
    inline: { restart: [allow('ecs:UpdateService', arn('ecs', 'service/shop/*'))] },
    keys: [
      { active: false, rotated: 330, used: 80, service: 'ecs' },
      { active: true, rotated: 170, used: null },
    ],
  },
  {
    name: 'svc-old-wiki',
    path: '/service/',
    tags: SERVICE,
    team: 'operations',
    age: 1380,
    inline: { attachments: [s3Read('wiki')] },
    keys: [{ active: false, rotated: 1000, used: 58, service: 's3' }],
  },
  {
    name: 'robin.marlowe',
    team: 'data',
    age: 620,
    managed: ['job-function/ViewOnlyAccess', 'IAMUserChangePassword'],
    password: { changed: 300, used: 262, mfa: true },
  },
];

/** The development account's policies that should not be there. */
export const PLANTED_DEV_POLICIES: readonly PolicySpec[] = [
  { name: 'DevEverything', age: 170, statements: [allow('*', '*')] },
  {
    name: 'OldJenkinsDeploy',
    age: 1240,
    statements: [allow(['ecs:UpdateService', 'ecs:RegisterTaskDefinition'], '*')],
  },
];
