import { describe, expect, it } from 'vitest';
import type { Json } from '#model/system.ts';
import { isWaypoint } from '#model/uid.ts';
import {
  ADMIN,
  allow,
  arnOf,
  becomingRecords,
  edgesOf,
  EVERYTHING,
  HOME,
  pathOf,
  policyArn,
  trust,
  waysOf,
  type Becoming,
} from './estate.ts';

const ann = (policies: Json[], more: Partial<Becoming> = {}, own: object = {}): Becoming => ({
  ...more,
  identities: { 'user/ann': { policies, ...own }, ...more.identities },
});

const BOSS = { 'role/boss': { policies: [EVERYTHING], trust: trust('lambda.amazonaws.com') } };
const LAMBDA = ['iam:PassRole', 'lambda:CreateFunction', 'lambda:InvokeFunction'];

describe('whoever changes its own policies', () => {
  it('gets no further than its boundary, and as far', () => {
    const limit = (boundary: Json): string | null =>
      pathOf(ann([allow('iam:PutUserPolicy')], { identities: BOSS }, { boundary }), 'user/ann', 'role/boss');
    expect(limit(allow(['iam:PutUserPolicy', 's3:*']))).toBeNull();
    expect(limit(allow(['iam:PutUserPolicy', ...LAMBDA]))).toBe('put-user-policy (certain)');
    expect(limit(EVERYTHING)).toBe('put-user-policy > account-administrator (certain)');
  });

  it('rests on grants of the records alone', () => {
    const world = ann(
      [allow('iam:PutUserPolicy')],
      { identities: BOSS },
      { boundary: allow(['iam:PutUserPolicy', ...LAMBDA]) },
    );
    const grants = new Set(becomingRecords(world).grants.map(({ uid }) => uid));
    const evidence = edgesOf(world)
      .flatMap((edge) => edge.evidence)
      .filter((uid) => uid.includes('->'));
    expect(evidence.length).toBeGreaterThan(0);
    expect(evidence.filter((uid) => !grants.has(uid))).toEqual([]);
  });

  it('gets past its boundary where it may take that off, now or once it has raised itself', () => {
    const boundary = allow(['iam:PutUserPolicy', 'iam:DeleteUserPermissionsBoundary']);
    const raised = ann([allow('iam:PutUserPolicy')], {}, { boundary });
    expect(pathOf(raised, 'user/ann', ADMIN)).toBe('put-user-policy (certain)');
    const given = ann([EVERYTHING], {}, { boundary: allow('iam:DeleteUserPermissionsBoundary') });
    expect(waysOf(given, 'user/ann', ADMIN)).toEqual(['delete-permissions-boundary']);
    const put = ann([EVERYTHING], {}, { boundary: allow('iam:PutUserPermissionsBoundary') });
    expect(waysOf(put, 'user/ann', ADMIN)).toEqual(['put-permissions-boundary']);
    const onlySame = allow('iam:PutUserPermissionsBoundary', '*', {
      StringEquals: { 'iam:PermissionsBoundary': policyArn('ann-boundary') },
    });
    expect(waysOf(ann([EVERYTHING], {}, { boundary: onlySame }), 'user/ann', ADMIN)).toEqual([]);
  });

  it('gets past its boundary where it may change what that allows', () => {
    const boundary = allow('iam:CreatePolicyVersion', policyArn('ann-boundary'));
    expect(waysOf(ann([EVERYTHING], {}, { boundary }), 'user/ann', ADMIN)).toEqual([
      'change-boundary-policy',
    ]);
  });

  it('gets no further than what its other policies deny and the organisation allows', () => {
    const deny: Json = [{ Effect: 'Deny', Action: 'iam:*', NotResource: arnOf('user/ann') }];
    expect(waysOf(ann([allow('iam:PutUserPolicy'), deny]), 'user/ann', ADMIN)).toEqual([]);
    const organization = { levels: [{ scp: [EVERYTHING] }, { scp: [allow(['iam:PutUserPolicy', 's3:*'])] }] };
    expect(waysOf(ann([allow('iam:PutUserPolicy')], { organization }), 'user/ann', ADMIN)).toEqual([]);
  });

  it('gains nothing by a policy that is not an administrator’s', () => {
    const only = (arn: string): Json =>
      allow('iam:AttachUserPolicy', '*', { ArnEquals: { 'iam:PolicyARN': arn } });
    expect(waysOf(ann([only('arn:aws:iam::aws:policy/ReadOnlyAccess')]), 'user/ann', ADMIN)).toEqual([]);
    expect(waysOf(ann([only('arn:aws:iam::aws:policy/AdministratorAccess')]), 'user/ann', ADMIN)).toEqual([
      'attach-user-policy',
    ]);
  });

  it('changes no policy that AWS manages', () => {
    const change = [allow('iam:CreatePolicyVersion')];
    const attached = (name: string): Becoming =>
      ann(change, { managed: { [name]: { policy: allow('s3:*'), on: ['user/ann'] } } });
    expect(waysOf(attached('own'), 'user/ann', ADMIN)).toEqual(['create-policy-version']);
    expect(waysOf(attached('aws/AmazonS3FullAccess'), 'user/ann', ADMIN)).toEqual([]);
  });

  it('is conditional under a condition that is open', () => {
    const mfa = allow('iam:PutUserPolicy', '*', { Bool: { 'aws:MultiFactorAuthPresent': 'true' } });
    expect(waysOf(ann([mfa]), 'user/ann', ADMIN)).toEqual(['put-user-policy (conditional)']);
  });
});

describe('roles that nobody in the account can edit', () => {
  const RESERVED = 'role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin_0123456789abcdef';
  const LINKED = 'role/aws-service-role/lambda.amazonaws.com/AWSServiceRoleForLambda';
  const NAMED_SO = 'role/AWSServiceRoleForNobody';

  it('are changed, passed on and trusted anew by nobody', () => {
    for (const role of [RESERVED, LINKED]) {
      const boss = { [role]: { policies: [EVERYTHING], trust: trust('lambda.amazonaws.com') } };
      const world = ann([allow(['iam:UpdateAssumeRolePolicy', 'iam:PutRolePolicy', ...LAMBDA])], {
        identities: boss,
      });
      expect(waysOf(world, 'user/ann', role)).toEqual([]);
    }
  });

  it('are known by their path and not by a name that anybody may give', () => {
    const boss = { [NAMED_SO]: { policies: [EVERYTHING], trust: trust('lambda.amazonaws.com') } };
    expect(waysOf(ann([allow(LAMBDA)], { identities: boss }), 'user/ann', NAMED_SO)).toContain(
      'pass-role-lambda',
    );
  });

  it('are not among those whom full control over the account leads to, nor is the root user', () => {
    const world = ann([], { identities: { [RESERVED]: {}, [LINKED]: {}, root: {}, 'role/app': {} } });
    const reached = edgesOf(world)
      .filter(({ fromUid }) => isWaypoint(fromUid))
      .map(({ toUid }) => toUid);
    expect(reached.toSorted()).toEqual([arnOf('role/app'), arnOf('user/ann')]);
  });
});

describe('an administrator', () => {
  it('has full control over its account, and no other technique there', () => {
    const world = ann([EVERYTHING], { identities: BOSS });
    expect(
      edgesOf(world)
        .filter(({ fromUid }) => fromUid === arnOf('user/ann'))
        .map(({ via }) => via),
    ).toEqual(['administrator']);
  });

  it('is the root user of an account, which cannot assume a role', () => {
    const world = { identities: { root: {}, 'role/boss': { trust: trust(HOME) } } };
    expect(waysOf(world, 'root', ADMIN)).toEqual(['administrator']);
    expect(waysOf(world, 'root', 'role/boss')).toEqual([]);
  });

  it('is conditional under a condition', () => {
    const world = ann([allow('*', '*', { Bool: { 'aws:MultiFactorAuthPresent': 'true' } })]);
    expect(waysOf(world, 'user/ann', ADMIN)).toContain('administrator (conditional)');
  });
});
