import { describe, expect, it } from 'vitest';
import type { Json } from '#model/system.ts';
import { allow, arnOf, EVERYTHING, HOME, trust, waysOf, type Becoming } from './estate.ts';

const LAMBDA = ['iam:PassRole', 'lambda:CreateFunction', 'lambda:InvokeFunction'];
const FUNCTION = `arn:aws:lambda:eu-west-1:${HOME}:function:f`;
const INSTANCE = `arn:aws:ec2:eu-west-1:${HOME}:instance/i-1`;

function annToBoss(
  policies: Json[],
  more: Partial<Becoming> = {},
  trusted = trust('lambda.amazonaws.com'),
): string[] {
  const identities = { 'user/ann': { policies }, 'role/boss': { policies: [EVERYTHING], trust: trusted } };
  return waysOf({ ...more, identities }, 'user/ann', 'role/boss');
}

describe('passing a role to a service', () => {
  it('takes the permission on this role and for this service', () => {
    const run = allow(LAMBDA.slice(1));
    expect(annToBoss([run, allow('iam:PassRole', arnOf('role/boss'))])).toContain('pass-role-lambda');
    expect(annToBoss([run, allow('iam:PassRole', arnOf('role/b*'))])).toContain('pass-role-lambda');
    expect(annToBoss([run, allow('iam:PassRole', arnOf('role/other'))])).toEqual([]);
    const to = (service: string): Json =>
      allow('iam:PassRole', '*', { StringEquals: { 'iam:PassedToService': service } });
    expect(annToBoss([run, to('lambda.amazonaws.com')])).toContain('pass-role-lambda');
    expect(annToBoss([run, to('ec2.amazonaws.com')])).toEqual([]);
  });

  it('takes a role that trusts this service', () => {
    expect(annToBoss([allow(LAMBDA)], {}, trust('edgelambda.amazonaws.com'))).toEqual([]);
    expect(annToBoss([allow(LAMBDA)], {}, trust('ec2.amazonaws.com', 'lambda.amazonaws.com'))).toContain(
      'pass-role-lambda',
    );
  });

  it('takes both rights on one and the same function, whose name may be chosen', () => {
    const on = (name: string): string => `arn:aws:lambda:*:${HOME}:function:${name}`;
    const pass = allow('iam:PassRole');
    expect(annToBoss([pass, allow(LAMBDA.slice(1), on('dev-*'))])).toContain('pass-role-lambda');
    expect(
      annToBoss([
        pass,
        allow('lambda:CreateFunction', on('dev-*')),
        allow('lambda:InvokeFunction', on('*-x')),
      ]),
    ).toContain('pass-role-lambda');
    expect(
      annToBoss([
        pass,
        allow('lambda:CreateFunction', on('dev-*')),
        allow('lambda:InvokeFunction', on('prod-*')),
      ]),
    ).toEqual([]);
  });

  it('takes a Region that the organisation allows, whichever that is', () => {
    const elsewhere: Json = [
      {
        Effect: 'Deny',
        NotAction: 'iam:*',
        Resource: '*',
        Condition: { StringNotEquals: { 'aws:RequestedRegion': ['ap-south-1'] } },
      },
    ];
    const organization = { levels: [{ scp: [EVERYTHING] }, { scp: [EVERYTHING, elsewhere] }] };
    expect(annToBoss([allow(LAMBDA)], { organization })).toContain('pass-role-lambda');
    const home = `arn:aws:lambda:eu-west-1:${HOME}:function:*`;
    expect(annToBoss([allow('iam:PassRole'), allow(LAMBDA.slice(1), home)], { organization })).toEqual([]);
  });

  it('takes all the kinds of resource that an instance is made of', () => {
    const arn = (kind: string, account = HOME): string => `arn:aws:ec2:*:${account}:${kind}/*`;
    const kinds = ['instance', 'network-interface', 'security-group', 'subnet', 'volume'].map((kind) =>
      arn(kind),
    );
    const run = (resources: string[]): string[] =>
      annToBoss(
        [allow('iam:PassRole'), allow('ec2:RunInstances', resources)],
        { profiles: ['role/boss'] },
        trust('ec2.amazonaws.com'),
      );
    expect(run([...kinds, arn('image', '')])).toEqual(['pass-role-ec2']);
    expect(run(kinds)).toEqual([]);
  });

  it('takes an instance profile, there or newly made', () => {
    const run = ['iam:PassRole', 'ec2:RunInstances'];
    const ec2 = trust('ec2.amazonaws.com');
    expect(annToBoss([allow(run)], {}, ec2)).toEqual([]);
    expect(annToBoss([allow([...run, 'iam:CreateInstanceProfile'])], {}, ec2)).toEqual([]);
    const profile = ['iam:CreateInstanceProfile', 'iam:AddRoleToInstanceProfile'];
    expect(annToBoss([allow([...run, ...profile])], {}, ec2)).toEqual(['pass-role-ec2']);
  });

  it('meets conditions against the confused deputy, which the account itself is not', () => {
    const guarded = (condition: Json): Json => [
      {
        Effect: 'Allow',
        Action: 'sts:AssumeRole',
        Principal: { Service: 'lambda.amazonaws.com' },
        Condition: condition,
      },
    ];
    const within = (condition: Json): string[] => annToBoss([allow(LAMBDA)], {}, guarded(condition));
    expect(within({ StringEquals: { 'aws:SourceAccount': HOME } })).toContain('pass-role-lambda');
    expect(within({ StringEquals: { 'aws:SourceAccount': '222222222222' } })).toEqual([]);
    expect(within({ ArnLike: { 'aws:SourceArn': `arn:aws:lambda:*:${HOME}:function:*` } })).toContain(
      'pass-role-lambda',
    );
    expect(within({ ArnLike: { 'aws:SourceArn': FUNCTION } })).toContain('pass-role-lambda (conditional)');
  });
});

describe('taking over what runs with a role', () => {
  const update = [allow(['lambda:UpdateFunctionCode', 'lambda:InvokeFunction'], FUNCTION)];

  it('takes something that runs with it and that the permission is on', () => {
    const listed = ['lambda:ListFunctions'];
    expect(annToBoss(update, { runs: { [FUNCTION]: 'role/boss' }, listed })).toContain(
      'update-lambda-code-invoke',
    );
    expect(annToBoss(update, { runs: { [`${FUNCTION}2`]: 'role/boss' }, listed })).toEqual([]);
    expect(annToBoss(update, { runs: { [FUNCTION]: 'role/other' }, listed })).toEqual([]);
  });

  it('is conditional where what runs was not collected: any role that trusts the service may be it', () => {
    expect(annToBoss(update)).toContain('update-lambda-code-invoke (conditional)');
    expect(annToBoss(update, {}, trust('ec2.amazonaws.com'))).toEqual([]);
  });

  it('counts what the function’s own policy allows', () => {
    const policy = [
      { Effect: 'Allow', Action: 'lambda:*', Principal: { AWS: arnOf('user/ann') }, Resource: FUNCTION },
    ];
    const more = {
      runs: { [FUNCTION]: 'role/boss' },
      listed: ['lambda:ListFunctions'],
      resources: { [FUNCTION]: { policy } },
    };
    expect(annToBoss([], more)).toContain('update-lambda-code-invoke');
  });

  it('reaches an instance’s role by Systems Manager surely where the role lets the agent in', () => {
    const more = { runs: { [INSTANCE]: 'role/boss' }, listed: ['ec2:DescribeInstances'] };
    const ec2 = trust('ec2.amazonaws.com');
    expect(annToBoss([allow('ssm:StartSession', INSTANCE)], more, ec2)).toEqual(['ssm-session']);
    const identities = {
      'user/ann': { policies: [allow('ssm:StartSession')] },
      'role/boss': { policies: [allow('s3:*')], trust: ec2 },
    };
    expect(waysOf({ ...more, identities }, 'user/ann', 'role/boss')).toEqual(['ssm-session (conditional)']);
    expect(annToBoss([allow('ssm:SendCommand', INSTANCE)], more, ec2)).toEqual([]);
    const documents = 'arn:aws:ssm:*::document/AWS-Run*';
    expect(annToBoss([allow('ssm:SendCommand', [INSTANCE, documents])], more, ec2)).toEqual(['ssm-command']);
  });
});

describe('a credential for another user', () => {
  const world = (permissions: string[], credentials?: NonNullable<Becoming['credentials']>): string[] =>
    waysOf(
      {
        identities: { 'user/ann': { policies: [allow(permissions)] }, 'user/boss': {} },
        ...(credentials && { credentials }),
      },
      'user/ann',
      'user/boss',
    );

  it('is conditional where nobody knows what credentials the user has', () => {
    expect(world(['iam:CreateAccessKey'])).toEqual(['create-access-key (conditional)']);
    expect(world(['iam:CreateLoginProfile', 'iam:UpdateLoginProfile'])).toEqual([
      'create-login-profile (conditional)',
      'update-login-profile (conditional)',
    ]);
    expect(world(['iam:CreateAccessKey', 'iam:DeleteAccessKey'])).toEqual([
      'create-access-key (conditional)',
      'replace-access-key',
    ]);
  });

  it('is not one for oneself', () => {
    const identities = { 'user/ann': { policies: [allow(['iam:CreateAccessKey'])] } };
    expect(waysOf({ identities }, 'user/ann', 'user/ann')).toEqual([]);
  });

  it('stays within the account', () => {
    const far = 'arn:aws:iam::222222222222:user/far';
    const identities = {
      'user/ann': { policies: [allow(['iam:CreateAccessKey', ...LAMBDA])] },
      [far]: {},
      'arn:aws:iam::222222222222:role/far': { trust: trust('lambda.amazonaws.com') },
    };
    expect(waysOf({ identities }, 'user/ann', far)).toEqual([]);
    expect(waysOf({ identities }, 'user/ann', 'arn:aws:iam::222222222222:role/far')).toEqual([]);
  });
});
