import { describe, expect, it } from 'vitest';
import { awsAccess } from '#access/aws/index.ts';
import { recordsOf } from './given.ts';
import type { Given } from './given-schema.ts';
import { ANN, APP } from './worlds.ts';

const ADMIN = [{ Effect: 'Allow', Action: '*', Resource: '*' }];

function allow(action: string | string[], resource: string | string[] = '*', condition?: object): object {
  return { Effect: 'Allow', Action: action, Resource: resource, ...(condition && { Condition: condition }) };
}

function deny(action: string | string[], resource: string | string[] = '*', condition?: object): object {
  return { ...allow(action, resource, condition), Effect: 'Deny' };
}

/** `capability certainty` of one principal, sorted. */
function capabilities(given: unknown, principal = ANN): string[] {
  const access = awsAccess(recordsOf(given), { asOf: '2026-06-01T00:00:00.000Z' });
  return [...access.entitlements()]
    .filter(({ identityUid }) => identityUid === principal)
    .map(({ capability, certainty }) => `${capability} ${certainty}`)
    .toSorted();
}

function ann(...statements: object[]): object {
  return { identities: { 'user/ann': { policies: [statements] } } };
}

function adminOf(given: unknown, principal = ANN): string[] {
  return capabilities(given, principal).filter((text) => text.startsWith('admin'));
}

function holds(given: unknown, wanted: string, principal = ANN): boolean {
  return capabilities(given, principal).includes(wanted);
}

describe('the capabilities of an AWS identity', () => {
  it('are certain for what it may do on every resource', () => {
    expect(capabilities(ann(allow('secretsmanager:GetSecretValue')))).toEqual(['secret-read certain']);
  });

  it('are certain where the pattern takes in all resources of the kind', () => {
    expect(capabilities(ann(allow('s3:GetObject', 'arn:aws:s3:::*')))).toEqual(['data-read certain']);
  });

  it('are conditional for what it may do on some resources', () => {
    expect(capabilities(ann(allow('s3:GetObject', 'arn:aws:s3:::reports/*')))).toEqual([
      'data-read conditional',
    ]);
  });

  it('are conditional under a condition that is open', () => {
    const office = { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } };
    expect(capabilities(ann(allow('s3:GetObject', '*', office)))).toEqual(['data-read conditional']);
  });

  it('are settled by a condition on who it is', () => {
    const red = { StringEquals: { 'aws:PrincipalTag/team': 'red' } };
    const given = (tags: object): object => ({
      identities: { 'user/ann': { policies: [[allow('s3:GetObject', '*', red)]], tags } },
    });
    expect(capabilities(given({ team: 'red' }))).toEqual(['data-read certain']);
    expect(capabilities(given({ team: 'blue' }))).toEqual([]);
  });

  it('are none where the pattern fits no resource of the kind', () => {
    expect(capabilities(ann(allow('iam:CreatePolicyVersion', 'arn:aws:iam::aws:policy/mine-*')))).toEqual([]);
    expect(capabilities(ann(allow('s3:GetObject', 'arn:aws:s3:::reports')))).toEqual([]);
  });

  it('are none where a deny takes everything back', () => {
    expect(capabilities(ann(allow('*'), deny('*')))).toEqual([]);
    expect(capabilities(ann(allow('s3:GetObject'), deny('s3:*', 'arn:aws:s3:::*')))).toEqual([]);
  });

  it('stay certain where a deny carves out some resources by name', () => {
    expect(capabilities(ann(allow('s3:GetObject'), deny('s3:*', 'arn:aws:s3:::vault/*')))).toEqual([
      'data-read certain',
    ]);
  });

  it('stay certain where a deny can be dodged by the caller', () => {
    const plain = { Bool: { 'aws:SecureTransport': 'false' } };
    expect(capabilities(ann(allow('s3:GetObject'), deny('s3:*', '*', plain)))).toEqual(['data-read certain']);
  });

  it('are conditional where a deny without MFA cannot be dodged', () => {
    const withoutMfa = { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } };
    expect(capabilities(ann(allow('s3:GetObject'), deny('*', '*', withoutMfa)))).toEqual([
      'data-read conditional',
    ]);
  });

  it('come with groups', () => {
    const given = { identities: { 'user/ann': { groups: { devs: [allow('s3:GetObject')] } } } };
    expect(capabilities(given)).toEqual(['data-read certain']);
  });

  it('end at the boundary', () => {
    const given = (boundary: unknown): object => ({
      identities: { 'user/ann': { policies: [ADMIN], boundary } },
    });
    expect(capabilities(given([allow('s3:GetObject')]))).toEqual(['data-read certain']);
    expect(capabilities(given([allow('s3:GetObject', 'arn:aws:s3:::reports/*')]))).toEqual([
      'data-read conditional',
    ]);
    expect(capabilities(given([]))).toEqual([]);
  });

  it('end at the service control policies of every level', () => {
    const given = (scp: object[]): object => ({
      ...ann(allow(['s3:GetObject', 'secretsmanager:GetSecretValue'])),
      organization: { levels: [{ scp: [ADMIN] }, { scp: [ADMIN, scp] }, { scp: [ADMIN] }] },
    });
    expect(capabilities(given([deny('secretsmanager:*')]))).toEqual(['data-read certain']);
    expect(capabilities(given([]))).toEqual(['data-read certain', 'secret-read certain']);
  });

  it('end at resource control policies, for the services that support them', () => {
    const given = {
      ...ann(allow(['s3:GetObject', 'ec2:RunInstances'])),
      organization: {
        levels: [{ scp: [ADMIN], rcp: [[{ ...deny('*'), Principal: '*' }]] }, { scp: [ADMIN] }],
      },
    };
    expect(capabilities(given)).toEqual(['compute-run certain']);
  });

  it('are told without service control policies where these were not collected', () => {
    expect(capabilities({ ...ann(allow('s3:GetObject')), organization: 'unknown' })).toEqual([
      'data-read certain',
    ]);
  });

  it('are conditional where only a bucket gives them', () => {
    const given = {
      identities: { 'user/ann': {} },
      resources: {
        'arn:aws:s3:::reports': {
          policy: [{ ...allow('s3:GetObject', 'arn:aws:s3:::reports/*'), Principal: { AWS: ANN } }],
        },
      },
    };
    expect(capabilities(given)).toEqual(['data-read conditional']);
  });

  it('are all unknown where a policy was not collected', () => {
    const given = { identities: { 'user/ann': { policies: [ADMIN, null] } } };
    expect(new Set(capabilities(given).map((text) => text.split(' ')[1]))).toEqual(new Set(['unknown']));
    expect(capabilities({ identities: { 'user/ann': { policies: [null] } } })).toContain('admin unknown');
  });

  it('are unknown, and no more than the policies give, where the boundary was not collected', () => {
    const given = { identities: { 'user/ann': { policies: [[allow('s3:GetObject')]], boundary: null } } };
    expect(capabilities(given)).toEqual(['data-read unknown']);
  });

  it('say which grants give them', () => {
    const given: Given = {
      identities: {
        'user/ann': {
          policies: [
            [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }],
            [{ Effect: 'Allow', Action: 'sqs:*', Resource: '*' }],
          ],
          groups: { devs: [{ Effect: 'Allow', Action: 's3:Get*', Resource: '*' }] },
        },
      },
    };
    const found = [...awsAccess(recordsOf(given)).entitlements()].find(
      ({ capability }) => capability === 'data-write',
    );
    const read = [...awsAccess(recordsOf(given)).entitlements()].find(
      ({ capability }) => capability === 'data-read',
    );
    expect(found?.via).toEqual([`${ANN}->${ANN}/inline/p2`]);
    expect(read?.via).toEqual([
      'arn:aws:iam::111111111111:group/devs->arn:aws:iam::111111111111:group/devs/inline/p1',
      `${ANN}->${ANN}/inline/p1`,
      `${ANN}->${ANN}/inline/p2`,
    ]);
    expect(read?.scopeUid).toBe('aws:111111111111');
  });
});

describe('an administrator', () => {
  const powerUser = { Effect: 'Allow', NotAction: ['iam:*', 'organizations:*', 'account:*'], Resource: '*' };

  it('is whoever may do everything on everything', () =>
    expect(holds(ann(...ADMIN), 'admin certain')).toBe(true));

  it('is the root user', () => {
    const root = 'arn:aws:iam::111111111111:root';
    expect(holds({ identities: { root: {} } }, 'admin certain', root)).toBe(true);
  });

  it('is not a power user', () => expect(holds(ann(powerUser), 'admin certain')).toBe(false));

  it('is a power user who administers IAM as well', () =>
    expect(holds(ann(powerUser, allow('iam:*')), 'admin certain')).toBe(true));

  it('is not whoever administers IAM alone', () => {
    expect(capabilities(ann(allow('iam:*')))).toContain('identity-admin certain');
    expect(adminOf(ann(allow('iam:*')))).toEqual([]);
  });

  it('is not whoever may do everything to some resources', () =>
    expect(capabilities(ann(allow('*', 'arn:aws:iam::111111111111:role/app'))).join()).not.toContain(
      ',admin',
    ));

  it('stays one in some Regions only', () => {
    const elsewhere = { StringNotEquals: { 'aws:RequestedRegion': ['eu-west-1', 'us-east-1'] } };
    const given = {
      ...ann(...ADMIN),
      organization: { levels: [{ scp: [ADMIN, [deny('*', '*', elsewhere)]] }, { scp: [ADMIN] }] },
    };
    expect(holds(given, 'admin certain')).toBe(true);
  });

  it('stays one where the trail cannot be stopped and one role cannot be touched', () => {
    const guard = [deny('cloudtrail:StopLogging'), deny('iam:*', 'arn:aws:iam::*:role/guard')];
    expect(holds(ann(...ADMIN, ...guard), 'admin certain')).toBe(true);
  });

  it('is one on condition where MFA is asked for', () => {
    const withoutMfa = { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } };
    expect(holds(ann(...ADMIN, deny('*', '*', withoutMfa)), 'admin conditional')).toBe(true);
  });

  it('is not whoever may not change what roles may do', () =>
    expect(adminOf(ann(...ADMIN, deny('iam:PutRolePolicy')))).toEqual([]));

  it('is not whoever has a narrow boundary', () => {
    const given = { identities: { 'role/app': { policies: [ADMIN], boundary: [allow('s3:*')] } } };
    expect(adminOf(given, APP)).toEqual([]);
  });
});
