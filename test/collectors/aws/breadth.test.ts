import { describe, expect, it } from 'vitest';
import { breadthOf } from '#collectors/aws/policies/breadth.ts';
import { globMatches } from '#collectors/aws/policies/glob.ts';
import { readStatements } from '#collectors/aws/policies/statements.ts';
import type { Json } from '#model/system.ts';

type Members = Readonly<Record<string, Json>>;

const ALLOW_ALL: Members = { Effect: 'Allow', Action: '*', Resource: '*' };
const ON_IF: Members = { Bool: { 'aws:MultiFactorAuthPresent': 'true' } };

function breadth(...statements: readonly Json[]): unknown {
  return breadthOf(readStatements({ Statement: statements }));
}

function allow(members: Members): Members {
  return { Effect: 'Allow', Resource: '*', ...members };
}

describe('breadthOf', () => {
  it.each<[string, readonly Members[]]>([
    ['every action on everything', [ALLOW_ALL]],
    ['every action of every service', [allow({ Action: '*:*' })]],
    [
      'everything among other things',
      [allow({ Action: ['s3:GetObject', '*'], Resource: ['arn:aws:s3:::b', '*'] })],
    ],
    ['all but nothing', [allow({ NotAction: [] })]],
    ['all but IAM, and IAM', [allow({ NotAction: 'iam:*' }), allow({ Action: 'IAM:*' })]],
    [
      'all but two services, and these',
      [allow({ NotAction: ['iam:*', 'sts:*'] }), allow({ Action: ['iam:*', 'sts:*'] })],
    ],
    ['all but IAM, and all but S3', [allow({ NotAction: 'iam:*' }), allow({ NotAction: 's3:*' })]],
    [
      'everything but a bucket, and that bucket',
      [
        { Effect: 'Allow', Action: '*', NotResource: 'arn:aws:s3:::b' },
        { Effect: 'Allow', Action: '*', Resource: 'arn:aws:s3:::b*' },
      ],
    ],
    [
      'everything, with a denial under a condition',
      [ALLOW_ALL, { ...ALLOW_ALL, Effect: 'Deny', Condition: ON_IF }],
    ],
    [
      'everything, with a denial on one resource',
      [ALLOW_ALL, { Effect: 'Deny', Action: 's3:*', Resource: 'arn:aws:s3:::b' }],
    ],
    ['everything, beside what is not understood', [ALLOW_ALL, { Effect: 'Maybe' }]],
    ['everything, under an empty condition', [{ ...ALLOW_ALL, Condition: {} }]],
  ])('calls %s everything', (_, statements) => {
    expect(breadth(...statements)).toBe('everything');
  });

  it.each<[string, readonly Members[]]>([
    ['a service', [allow({ Action: 's3:*' })]],
    ['a service on one resource', [allow({ Action: ['S3:*'], Resource: 'arn:aws:s3:::b/*' })]],
    ['everything under a condition', [{ ...ALLOW_ALL, Condition: ON_IF }]],
    ['everything less a denied service', [ALLOW_ALL, { Effect: 'Deny', Action: 'iam:*', Resource: '*' }]],
    ['every action on one resource', [{ ...ALLOW_ALL, Resource: 'arn:aws:s3:::b' }]],
    ['all but IAM', [allow({ NotAction: 'iam:*' })]],
    [
      'a service, and the denial of a part',
      [allow({ Action: 's3:*' }), { Effect: 'Deny', Action: 's3:Put*', Resource: '*' }],
    ],
    [
      'all but IAM, and all but its roles',
      [allow({ NotAction: 'iam:*' }), allow({ NotAction: 'iam:*Role*' })],
    ],
    ['all but IAM, and most of it', [allow({ NotAction: 'iam:*' }), allow({ Action: 'iam:C*' })]],
  ])('calls %s all-actions', (_, statements) => {
    expect(breadth(...statements)).toBe('all-actions');
  });

  it.each<[string, readonly Members[]]>([
    ['named actions on everything', [allow({ Action: ['s3:GetObject', 'ec2:Describe*'] })]],
    ['named actions on every bucket', [allow({ Action: 's3:GetObject', Resource: 'arn:aws:s3:::*' })]],
    [
      'named actions on every role anywhere',
      [allow({ Action: 'iam:PassRole', Resource: 'arn:aws:iam::*:*' })],
    ],
    [
      'named actions on all but a bucket',
      [{ Effect: 'Allow', Action: 's3:GetObject', NotResource: 'arn:aws:s3:::b' }],
    ],
  ])('calls %s all-resources', (_, statements) => {
    expect(breadth(...statements)).toBe('all-resources');
  });

  it.each<[string, readonly Members[]]>([
    ['nothing', []],
    ['named actions on a bucket', [allow({ Action: 's3:*Object', Resource: 'arn:aws:s3:::b/*' })]],
    [
      'named actions on the roles of one account',
      [allow({ Action: 'iam:PassRole', Resource: 'arn:aws:iam::1:role/*' })],
    ],
    ['a denial', [{ ...ALLOW_ALL, Effect: 'Deny' }]],
    ['everything, and its denial', [ALLOW_ALL, { ...ALLOW_ALL, Effect: 'Deny' }]],
    [
      'a service, and its denial',
      [allow({ Action: 'iam:*' }), { Effect: 'Deny', Action: 'iam:*', Resource: '*' }],
    ],
    [
      'named actions, and the denial of more than those',
      [allow({ Action: ['iam:Get*', 'IAM:ListRoles'] }), { Effect: 'Deny', Action: 'iam:*', Resource: '*' }],
    ],
  ])('calls %s limited', (_, statements) => {
    expect(breadth(...statements)).toBe('limited');
  });

  it.each<[string, readonly Json[]]>([
    ['an effect that there is not', [{ ...ALLOW_ALL, Effect: 'allow' }]],
    ['no action', [{ Effect: 'Allow', Resource: '*' }]],
    ['no resource', [{ Effect: 'Allow', Action: 's3:GetObject' }]],
    ['an action that is no text', [allow({ Action: 7 })]],
    ['no object', ['everything']],
  ])('does not judge a statement with %s', (_, statements) => {
    expect(breadth(...statements)).toBeNull();
  });

  it('reads a statement that is not in a list', () => {
    expect(breadthOf(readStatements({ Statement: ALLOW_ALL }))).toBe('everything');
  });
});

describe('globMatches', () => {
  it.each([
    ['*', '', true],
    ['s3:Get*', 's3:GetObject', true],
    ['s3:Get?bject', 's3:GetObject', true],
    ['s3:Get?', 's3:Get', false],
    ['a*b*c', 'a-b-b-c', true],
    ['a*b*c', 'a-c-b', false],
    ['**', 'anything', true],
    ['', '', true],
    ['', 'a', false],
  ])('%j on %j: %s', (pattern, text, expected) => {
    expect(globMatches(pattern, text)).toBe(expected);
  });

  it('answers at once however many stars there are', () => {
    expect(globMatches(`${'*a'.repeat(500)}b`, 'a'.repeat(2000))).toBe(false);
  });
});
