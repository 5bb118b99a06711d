import { describe, expect, it } from 'vitest';
import { readStatements } from '#collectors/aws/policies/statements.ts';
import { readTrusts, type ReadTrusts } from '#collectors/aws/trust/trusts.ts';
import type { Json } from '#model/system.ts';
import { ACCOUNT, arn, trusting } from './importing.ts';

const ROLE = arn('role/app');
const OTHER = '999988887777';

function read(...statements: readonly Json[]): ReadTrusts {
  const role = { arn: ROLE, scopeUid: `aws:${ACCOUNT}`, ownAccounts: new Set([ACCOUNT, '444455556666']) };
  return readTrusts(role, readStatements({ Statement: statements }).statements);
}

function allow(principal: Json, members: Readonly<Record<string, Json>> = {}): Json {
  return { Effect: 'Allow', Principal: principal, Action: 'sts:AssumeRole', ...members };
}

describe('readTrusts', () => {
  it.each<[string, Json, string, string, boolean | null]>([
    ['everyone', '*', '*', 'everyone', true],
    ['everyone by AWS', { AWS: '*' }, '*', 'everyone', true],
    ['the own account by its number', { AWS: ACCOUNT }, `aws:${ACCOUNT}`, 'account', false],
    ['the own account by its root', { AWS: arn('root') }, `aws:${ACCOUNT}`, 'account', false],
    ['another account of the import', { AWS: '444455556666' }, 'aws:444455556666', 'account', false],
    ['a foreign account', { AWS: arn('root', OTHER) }, `aws:${OTHER}`, 'account', true],
    ['a user', { AWS: [arn('user/jo')] }, arn('user/jo'), 'identity', false],
    ['a foreign role', { AWS: arn('role/x', OTHER) }, arn('role/x', OTHER), 'identity', true],
    [
      'a session',
      { AWS: `arn:aws:sts::${OTHER}:assumed-role/x/session` },
      `arn:aws:sts::${OTHER}:assumed-role/x/session`,
      'identity',
      true,
    ],
    ['a deleted role', { AWS: 'AROAIBATWWYQXZTTALNCE' }, 'AROAIBATWWYQXZTTALNCE', 'deleted-principal', null],
    ['a deleted user', { AWS: 'AIDAJQABLZS4A3QDU576Q' }, 'AIDAJQABLZS4A3QDU576Q', 'deleted-principal', null],
    ['a service', { Service: 'ec2.amazonaws.com' }, 'ec2.amazonaws.com', 'service', false],
    ['a canonical user', { CanonicalUser: '79a59df900b949e5' }, '79a59df900b949e5', 'account', null],
  ])('reads %s', (_, principal, trusted, trustedKind, external) => {
    expect(
      read(allow(principal)).trusts.filter(({ mechanism }) => mechanism === 'sts:AssumeRole'),
    ).toMatchObject([
      { identityUid: ROLE, trusted, trustedKind, external, condition: null, certainty: 'certain', raw: null },
    ]);
  });

  it.each([
    [arn('saml-provider/okta'), 'sts:AssumeRoleWithSAML'],
    [arn('oidc-provider/token.actions.githubusercontent.com'), 'sts:AssumeRoleWithWebIdentity'],
    ['cognito-identity.amazonaws.com', 'sts:AssumeRoleWithWebIdentity'],
  ])('reads the provider %s with the action that it can be used with', (trusted, mechanism) => {
    const { trusts } = read(allow({ Federated: trusted }, { Action: 'sts:*' }));
    expect(trusts).toMatchObject([
      { trusted, trustedKind: 'federation-provider', mechanism, external: null },
    ]);
  });

  it('gives one trust for each principal and action, with a uid that holds when statements move', () => {
    const principal = { AWS: [ACCOUNT, OTHER], Service: ['ec2.amazonaws.com', 'lambda.amazonaws.com'] };
    const one = allow(principal, { Action: ['sts:AssumeRole', 'sts:TagSession'] });
    const two = allow({ AWS: ACCOUNT }, { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } });
    const uids = read(one, two).trusts.map(({ uid }) => uid);
    expect(uids).toEqual([
      `${ROLE}<-aws:${ACCOUNT}/sts:AssumeRole`,
      `${ROLE}<-aws:${OTHER}/sts:AssumeRole`,
      `${ROLE}<-ec2.amazonaws.com/sts:AssumeRole`,
      `${ROLE}<-lambda.amazonaws.com/sts:AssumeRole`,
      `${ROLE}<-aws:${ACCOUNT}/sts:AssumeRole#2`,
    ]);
  });

  it.each<[string, Json, readonly string[]]>([
    ['in any case', { Action: 'STS:assumerole' }, ['sts:AssumeRole']],
    [
      'by wildcards',
      { Action: ['sts:Assume*'] },
      ['sts:AssumeRole', 'sts:AssumeRoleWithSAML', 'sts:AssumeRoleWithWebIdentity'],
    ],
    ['by what is left out', { NotAction: ['sts:AssumeRoleWith*'] }, ['sts:AssumeRole']],
    ['not at all', { Action: ['sts:TagSession', 'sts:SetSourceIdentity'] }, []],
  ])('finds the actions that are named %s', (_, members, mechanisms) => {
    const { trusts } = read({
      Effect: 'Allow',
      Principal: '*',
      ...(members as Readonly<Record<string, Json>>),
    });
    expect(trusts.map(({ mechanism }) => mechanism)).toEqual(mechanisms);
  });

  it('keeps the condition, and is not certain under one', () => {
    const condition = { StringEquals: { 'sts:ExternalId': 'x' } };
    expect(read(allow({ AWS: OTHER }, { Condition: condition })).trusts).toMatchObject([
      { condition, certainty: 'conditional', external: true },
    ]);
  });

  it('takes a denial for no trust, and trusts for uncertain that it may take away', () => {
    const denial = { Effect: 'Deny', Principal: '*', Action: 'sts:AssumeRole' };
    expect(read(denial).trusts).toEqual([]);
    expect(read(allow({ AWS: OTHER }), denial).trusts).toMatchObject([{ certainty: 'conditional' }]);
    const elsewhere = { ...denial, Action: 'sts:AssumeRoleWithSAML' };
    expect(read(allow({ AWS: OTHER }), elsewhere).trusts).toMatchObject([{ certainty: 'certain' }]);
  });

  it('trusts everyone but those of NotPrincipal', () => {
    const { trusts } = read({ Effect: 'Allow', NotPrincipal: { AWS: OTHER }, Action: 'sts:AssumeRole' });
    expect(trusts).toMatchObject([{ trusted: '*', external: true, raw: { NotPrincipal: { AWS: OTHER } } }]);
  });

  it.each<[Json, boolean | null]>([
    [{ StringEquals: { 'aws:PrincipalOrgID': 'o-1' } }, null],
    [{ StringLike: { 'aws:principalarn': 'arn:aws:iam::1:role/*' } }, null],
    [{ StringNotEquals: { 'aws:PrincipalOrgID': 'o-1' } }, true],
    [{ StringEqualsIfExists: { 'aws:PrincipalOrgID': 'o-1' } }, true],
    [{ Null: { 'aws:PrincipalOrgID': 'false' } }, true],
    [{ IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } }, true],
    ['nonsense', true],
  ])('does not know whether everyone is external under the condition %j: %s', (condition, external) => {
    expect(read(allow({ AWS: '*' }, { Condition: condition })).trusts).toMatchObject([{ external }]);
  });

  it.each<[string, Json]>([
    ['is missing', { Effect: 'Allow', Action: 'sts:AssumeRole' }],
    ['is a text', allow('somebody')],
    ['is of a kind that there is not', allow({ Robot: 'r2' })],
    ['is no text', allow({ AWS: [7] })],
    ['is no principal', allow({ AWS: 'not-a-principal' })],
  ])('says that a principal %s', (_, statement) => {
    const { trusts, problems } = read(statement);
    expect(trusts).toEqual([]);
    expect(problems).toEqual([expect.stringMatching(/^Statement\[0\]\.Principal/u)]);
  });

  it('reads a whole document like any other', () => {
    const document = trusting({ Service: 'ec2.amazonaws.com' }) as { readonly [key: string]: Json };
    expect(readStatements(document).problems).toEqual([]);
  });
});
