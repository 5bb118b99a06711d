import fc from 'fast-check';
import type { Json } from '#model/system.ts';
import { arnOf, EVERYTHING, HOME, trust, type Becoming } from './estate.ts';

const ACTIONS =
  '* iam:* sts:AssumeRole iam:PassRole iam:CreateAccessKey iam:DeleteAccessKey iam:UpdateAssumeRolePolicy iam:PutUserPolicy iam:PutRolePolicy iam:AttachRolePolicy iam:CreatePolicyVersion iam:AddUserToGroup iam:CreateRole lambda:* lambda:CreateFunction lambda:InvokeFunction'.split(
    ' ',
  );
const RESOURCES = [
  '*',
  'arn:aws:iam::*:role/b?b',
  'arn:aws:iam::*:user/${aws:username}',
  `arn:aws:lambda:*:${HOME}:function:f-*`,
].concat(['role/app', 'role/a*', 'user/*', 'user/ann', '*', 'group/devs', 'policy/own'].map(arnOf));
const PRINCIPAL_CONDITIONS: Json[] = [
  { StringEquals: { 'aws:PrincipalTag/team': 'red' } },
  { ArnLike: { 'aws:PrincipalArn': arnOf('role/*') } },
  { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
];
const CONDITIONS: Json[] = [
  ...PRINCIPAL_CONDITIONS,
  { StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } },
  { StringEquals: { 'iam:ResourceTag/team': 'red' } },
];
const PRINCIPALS: Json[] = [
  { AWS: HOME },
  { AWS: arnOf('root') },
  { AWS: arnOf('user/ann') },
  { AWS: [arnOf('role/app'), HOME] },
  { AWS: '*' },
  { Service: 'lambda.amazonaws.com' },
  { AWS: '222222222222' },
];

const effect = fc.constantFrom('Allow', 'Allow', 'Allow', 'Allow', 'Deny');
const sometimes = (conditions: readonly Json[]): fc.Arbitrary<Json> =>
  fc.oneof(
    { weight: 4, arbitrary: fc.constant<Json>({}) },
    { weight: 1, arbitrary: fc.constantFrom(...conditions) },
  );
const statements = (statement: fc.Arbitrary<Record<string, Json>>): fc.Arbitrary<Json> =>
  fc.array(statement, { minLength: 1, maxLength: 2 });

const policy = statements(
  fc.record<Record<string, Json>>({
    Effect: effect,
    Action: fc.uniqueArray(fc.constantFrom(...ACTIONS), { minLength: 1, maxLength: 4 }),
    Resource: fc.constantFrom(...RESOURCES),
    Condition: sometimes(CONDITIONS),
  }),
);
const trusted = statements(
  fc.record<Record<string, Json>>({
    Effect: effect,
    Action: fc.constant('sts:AssumeRole'),
    Principal: fc.constantFrom(...PRINCIPALS),
    Condition: sometimes(PRINCIPAL_CONDITIONS),
  }),
);

/** Users and roles of two accounts that hold some of a few policies, so that several hold the same. */
export const worlds: fc.Arbitrary<Becoming> = fc
  .record({
    policies: fc.tuple(policy, policy, policy),
    trusts: fc.tuple(trusted, trusted, trusted),
    held: fc.array(fc.uniqueArray(fc.nat(2), { maxLength: 2 }), { minLength: 5, maxLength: 5 }),
    boundary: fc.option(policy, { nil: undefined }),
    scp: fc.option(policy, { nil: undefined }),
    keys: fc.nat(2),
  })
  .map(({ policies, trusts, held, boundary, scp, keys }): Becoming => {
    const own = (index: number): Json[] => (held[index] ?? []).map((number) => policies[number] ?? []);
    const limits = scp === undefined ? [EVERYTHING] : [EVERYTHING, scp];
    return {
      identities: {
        'user/ann': { policies: own(0), tags: { team: 'red' }, boundary },
        'user/bob': { policies: own(1), groups: { devs: policies[0] } },
        'role/app': { policies: own(2), trust: trusts[0], tags: { team: 'red' } },
        'role/bob': { policies: own(3), trust: trusts[1] },
        'role/lam': { policies: [EVERYTHING], trust: trust('lambda.amazonaws.com') },
        'arn:aws:iam::222222222222:role/far': { policies: own(4), trust: trusts[2] },
      },
      organization: { levels: [{ scp: [EVERYTHING] }, { scp: limits }] },
      managed: { own: { policy: policies[1], on: ['user/ann', 'role/app'] } },
      credentials: { 'user/ann': { keys, password: false } },
    };
  });
