import { describe, expect, it } from 'vitest';
import { classifyRole } from '#collectors/aws/classify/role.ts';
import { classifyRoot, classifyUser } from '#collectors/aws/classify/user.ts';
import type { Trust } from '#model/trust.ts';

const PLAIN = { tags: {}, path: '/', name: 'x' };
const NOTHING = { hasPassword: null, hasMfa: null, keys: null, activeKeys: null };

describe('classifyUser', () => {
  it.each([
    [
      { hasPassword: false, hasMfa: false, keys: 1, activeKeys: 1 },
      'non-human',
      'access key and no console password',
    ],
    [{ hasPassword: false, hasMfa: false, keys: 1, activeKeys: 0 }, 'non-human', 'inactive access key'],
    [{ hasPassword: true, hasMfa: true, keys: 0, activeKeys: 0 }, 'human', 'console password with MFA'],
    [{ hasPassword: true, hasMfa: true, keys: 1, activeKeys: 0 }, 'human', 'no active access key'],
    [{ hasPassword: true, hasMfa: true, keys: 1, activeKeys: 1 }, 'unknown', 'both a console password and'],
    [{ hasPassword: true, hasMfa: false, keys: 0, activeKeys: 0 }, 'unknown', 'console password without MFA'],
    [{ hasPassword: false, hasMfa: false, keys: 0, activeKeys: 0 }, 'unknown', 'neither an access key nor'],
    [{ ...NOTHING, keys: 1, activeKeys: 1 }, 'unknown', 'access keys; no credential report'],
    [NOTHING, 'unknown', 'no credential report'],
  ])('takes a user with %j for %s', (signIn, expected, reason) => {
    expect(classifyUser(signIn, PLAIN)).toEqual({
      class: expected,
      classReason: expect.stringContaining(reason),
    });
  });

  it.each([
    [{ tags: { 'identity-type': 'Service Account' } }, 'non-human', 'the tag identity-type says so'],
    [{ tags: { UserType: 'human' } }, 'human', 'the tag UserType says so'],
    [{ tags: { 'non-human': 'true' } }, 'non-human', 'the tag non-human says so'],
    [{ tags: { 'identity-type': '__proto__' } }, 'unknown', 'no credential report'],
    [{ path: '/teams/service/' }, 'non-human', 'named for a program'],
    [{ path: '/service-role/' }, 'unknown', 'no credential report'],
    [{ name: 'svc-mailer' }, 'non-human', 'named for a program'],
    [{ name: 'deploy_bot' }, 'non-human', 'named for a program'],
    [{ name: 'abbot' }, 'unknown', 'no credential report'],
  ])('lets %j decide where the facts do not', (labels, expected, reason) => {
    const result = classifyUser(NOTHING, { ...PLAIN, ...labels });
    expect(result).toEqual({ class: expected, classReason: expect.stringContaining(reason) });
  });

  it('believes facts more than tags and names', () => {
    const person = { hasPassword: true, hasMfa: true, keys: 0, activeKeys: 0 };
    const labels = { tags: { 'identity-type': 'service' }, path: '/service/', name: 'svc-x' };
    expect(classifyUser(person, labels).class).toBe('human');
  });
});

describe('classifyRoot', () => {
  it('takes the root user for a person unless a program may have its key', () => {
    expect(classifyRoot(0).class).toBe('human');
    expect(classifyRoot(1)).toEqual({ class: 'unknown', classReason: 'root user with an active access key' });
  });
});

type Trusted = Pick<Trust, 'trusted' | 'trustedKind' | 'condition'>;

const SERVICE: Trusted = { trusted: 'lambda.amazonaws.com', trustedKind: 'service', condition: null };
const SAML = provider('arn:aws:iam::111122223333:saml-provider/okta');
const ACCOUNT: Trusted = { trusted: 'aws:999988887777', trustedKind: 'account', condition: null };

describe('classifyRole', () => {
  it.each<[string, readonly Trusted[], string, string]>([
    ['a service', [SERVICE], 'non-human', 'open to the service lambda.amazonaws.com'],
    [
      'GitHub',
      [oidc('token.actions.githubusercontent.com')],
      'non-human',
      'workloads with a token of token.actions',
    ],
    [
      'a cluster',
      [oidc('oidc.eks.eu-west-1.amazonaws.com/id/0DEF')],
      'non-human',
      'workloads with a token of oidc.eks',
    ],
    [
      'Cognito',
      [provider('cognito-identity.amazonaws.com')],
      'unknown',
      'whoever has a token of cognito-identity',
    ],
    [
      'an issuer that looks like GitHub',
      [oidc('token.actions.githubusercontent.com.evil.example')],
      'unknown',
      'whoever',
    ],
    ['a SAML provider', [SAML], 'human', 'people who sign in through the SAML provider okta'],
    ['an account', [ACCOUNT], 'unknown', 'whoever the account 999988887777 lets'],
    [
      'an account with an external id',
      [{ ...ACCOUNT, condition: { StringEquals: { 'sts:ExternalId': 'x' } } }],
      'non-human',
      'the account 999988887777 with an external id',
    ],
    [
      'a role',
      [identity('arn:aws:iam::111122223333:role/a')],
      'unknown',
      'open to arn:aws:iam::111122223333:role/a',
    ],
    [
      'a session of Identity Center',
      [identity('arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_Admin_0123/jo')],
      'human',
      'people of IAM Identity Center',
    ],
    ['anybody', [{ trusted: '*', trustedKind: 'everyone', condition: null }], 'unknown', 'open to anybody'],
    ['a service and an account', [SERVICE, ACCOUNT], 'non-human', 'open to the service'],
    ['a service and people', [SERVICE, SAML], 'unknown', 'for people and for programs'],
    ['nobody', [], 'unknown', 'trusts nobody'],
  ])('judges a role that trusts %s', (_, trusts, expected, reason) => {
    const result = classifyRole({ ...PLAIN, hasInstanceProfile: false, trusts });
    expect(result).toEqual({ class: expected, classReason: expect.stringContaining(reason) });
  });

  it('takes a role with an instance profile for a program’s', () => {
    expect(classifyRole({ ...PLAIN, hasInstanceProfile: true, trusts: null }).class).toBe('non-human');
  });

  it('knows what AWS makes by its path', () => {
    const role = { ...PLAIN, hasInstanceProfile: false, trusts: [] };
    const classOf = (path: string): string => classifyRole({ ...role, path }).class;
    expect(classOf('/aws-service-role/x.amazonaws.com/')).toBe('non-human');
    expect(classOf('/aws-reserved/sso.amazonaws.com/')).toBe('human');
    expect(classifyRole({ ...role, name: 'AWSServiceRoleForX' }).class).toBe('unknown');
  });
});

function oidc(issuer: string): Trusted {
  return provider(`arn:aws:iam::111122223333:oidc-provider/${issuer}`);
}

function provider(trusted: string): Trusted {
  return { trusted, trustedKind: 'federation-provider', condition: null };
}

function identity(trusted: string): Trusted {
  return { trusted, trustedKind: 'identity', condition: null };
}
