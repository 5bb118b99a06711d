import * as fc from 'fast-check';
import type { Json } from '#model/system.ts';
import type { Given } from './given-schema.ts';
import { HOME } from './given-schema.ts';

/** A statement as it is written. */
export type WrittenStatement = Readonly<Record<string, Json>>;

export const ANN = `arn:aws:iam::${HOME}:user/ann`;
export const APP = `arn:aws:iam::${HOME}:role/app`;
const BUCKET = 'arn:aws:s3:::reports';
const KEY = `arn:aws:kms:eu-west-1:${HOME}:key/k1`;

/** Actions with a resource of their kind each, as a request names them. */
export const REQUESTS: readonly (readonly [action: string, resource: string | null])[] = [
  ['s3:GetObject', `${BUCKET}/a/1`],
  ['s3:GetObject', 'arn:aws:s3:::other/b'],
  ['s3:PutObject', `${BUCKET}/a/1`],
  ['s3:ListBucket', BUCKET],
  ['s3:ListAllMyBuckets', null],
  ['sqs:SendMessage', `arn:aws:sqs:eu-west-1:${HOME}:orders`],
  ['ec2:DescribeInstances', null],
  ['ec2:StopInstances', `arn:aws:ec2:eu-west-1:${HOME}:instance/i-1`],
  ['iam:CreateUser', `arn:aws:iam::${HOME}:user/new`],
  ['iam:PutRolePolicy', APP],
  ['iam:PassRole', APP],
  ['sts:AssumeRole', APP],
  ['kms:Decrypt', KEY],
];

const actions = fc.constantFrom(
  '*',
  's3:*',
  's3:Get*',
  's3:GetObject',
  's3:?utObject',
  'S3:LISTBUCKET',
  's3:ListAllMyBuckets',
  'sqs:*',
  'ec2:*',
  'ec2:Describe*',
  'iam:*',
  'iam:*Role*',
  'iam:PassRole',
  'sts:*',
  'sts:AssumeRole',
  'kms:*',
  '*:*',
);

const resources = fc.constantFrom(
  '*',
  BUCKET,
  `${BUCKET}/*`,
  `${BUCKET}/a/*`,
  'arn:aws:s3:::*',
  'arn:aws:s3:::*/*',
  'arn:aws:sqs:*:*:*',
  `arn:aws:iam::${HOME}:role/*`,
  `arn:aws:iam::${HOME}:*`,
  APP,
  'arn:aws:iam::*:user/${aws:username}',
  'arn:*',
  `arn:aws:ec2:*:${HOME}:instance/*`,
  `arn:aws:kms:*:${HOME}:key/*`,
  'arn:aws:sqs',
);

const conditions = fc.constantFrom<Json>(
  { StringEquals: { 'aws:PrincipalAccount': HOME } },
  { StringEquals: { 'aws:PrincipalAccount': '222222222222' } },
  { StringEquals: { 'aws:PrincipalTag/team': 'red' } },
  { StringNotEquals: { 'aws:PrincipalTag/team': 'red' } },
  { ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::*:role/*` } },
  { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } },
  { StringEqualsIfExists: { 'aws:SourceVpce': 'vpce-1' } },
  { Bool: { 'aws:SecureTransport': 'false' } },
  { Bool: { 'aws:SecureTransport': 'true' } },
  { StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } },
  { StringNotEquals: { 'aws:RequestedRegion': 'eu-west-1' } },
  { Null: { 'aws:TokenIssueTime': 'true' } },
  { DateLessThan: { 'aws:CurrentTime': '2030-01-01' } },
  { DateGreaterThan: { 'aws:CurrentTime': '2030-01-01' } },
  { StringSounds: { 'aws:username': 'anne' } },
);

/** Statements of identity policies, boundaries and guardrails. */
export const statements: fc.Arbitrary<WrittenStatement> = fc
  .record({
    effect: fc.constantFrom('Allow', 'Allow', 'Allow', 'Deny'),
    action: fc.array(actions, { minLength: 1, maxLength: 3 }),
    notAction: fc.integer({ min: 0, max: 5 }).map((dice) => dice === 0),
    resource: fc.oneof(fc.constant(['*']), fc.array(resources, { minLength: 1, maxLength: 2 })),
    notResource: fc.integer({ min: 0, max: 5 }).map((dice) => dice === 0),
    condition: fc.option(conditions, { freq: 2 }),
  })
  .map(({ effect, action, notAction, resource, notResource, condition }) => ({
    Effect: effect,
    [notAction ? 'NotAction' : 'Action']: action,
    [notResource ? 'NotResource' : 'Resource']: resource,
    ...(condition === null ? {} : { Condition: condition }),
  }));

const policies = fc.array(statements, { minLength: 0, maxLength: 3 });
const fullAccess: WrittenStatement[] = [{ Effect: 'Allow', Action: '*', Resource: '*' }];

const resourceStatements = fc
  .record({
    statement: statements,
    principal: fc.constantFrom<Json>(
      '*',
      { AWS: ANN },
      { AWS: APP },
      { AWS: HOME },
      { Service: 'ec2.amazonaws.com' },
    ),
  })
  .map(({ statement, principal }) => ({ ...statement, Principal: principal }));

const trusts = fc.constantFrom<WrittenStatement[]>(
  [{ Effect: 'Allow', Principal: { AWS: ANN }, Action: 'sts:AssumeRole' }],
  [{ Effect: 'Allow', Principal: { AWS: HOME }, Action: 'sts:AssumeRole' }],
  [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
);

const keyPolicy: WrittenStatement[] = [
  { Effect: 'Allow', Principal: { AWS: HOME }, Action: 'kms:*', Resource: '*' },
];

/** The parts of a small world: a user and a role with policies, perhaps limits, perhaps a bucket with a policy. */
export const worlds = fc
  .record({
    own: fc.array(policies, { minLength: 0, maxLength: 3 }),
    group: fc.option(policies, { freq: 2 }),
    boundary: fc.option(policies, { freq: 3 }),
    tags: fc.constantFrom({}, { team: 'red' }, { team: 'blue' }),
    scps: fc.option(fc.array(policies, { minLength: 2, maxLength: 3 }), { freq: 2 }),
    rcp: fc.option(policies, { freq: 2 }),
    bucket: fc.option(fc.array(resourceStatements, { maxLength: 3 }), { freq: 2 }),
    trust: trusts,
  })
  .map(({ own, group, boundary, tags, scps, rcp, bucket, trust }): Given => {
    const identity = {
      policies: own,
      ...(group === null ? {} : { groups: { devs: group } }),
      ...(boundary === null ? {} : { boundary }),
      tags,
    };
    const levels = (scps ?? []).map((scp, index) => ({
      scp: [fullAccess, scp],
      rcp: index === 0 && rcp !== null ? [rcp.filter(({ Effect }) => Effect === 'Deny')] : [],
    }));
    return {
      identities: { 'user/ann': identity, 'role/app': { ...identity, groups: {}, trust } },
      ...(scps === null ? {} : { organization: { levels } }),
      resources: {
        [KEY]: { policy: keyPolicy },
        ...(bucket === null ? {} : { [BUCKET]: { policy: bucket } }),
      },
    };
  });

/** Values for keys that no principal settles. */
export const contexts = fc.record(
  {
    'aws:SourceIp': fc.constantFrom(['203.0.113.7'], ['192.0.2.1'], []),
    'aws:SourceVpce': fc.constantFrom(['vpce-1'], ['vpce-2'], []),
    'aws:SecureTransport': fc.constantFrom(['true'], ['false']),
    'iam:PassedToService': fc.constantFrom(['lambda.amazonaws.com'], ['ec2.amazonaws.com']),
    'aws:RequestedRegion': fc.constantFrom(['eu-west-1'], ['us-east-1']),
  },
  { requiredKeys: [] },
);
