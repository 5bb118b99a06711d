import { describe, expect, it } from 'vitest';
import { anyAwsPrincipalUid } from '#model/uid.ts';
import { ADMIN, allow, arnOf, EVERYTHING, HOME, trust, waysOf } from './estate.ts';

const BROKEN = { Version: '2031-01-01', Statement: [] };

describe('what is missing or not understood', () => {
  it('makes what is allowed conditional where it might deny it, and allows nothing', () => {
    const boss = { 'role/boss': { trust: trust(HOME) } };
    for (const missing of [null, BROKEN]) {
      const world = (own: object): string[] =>
        waysOf({ identities: { 'user/ann': own, ...boss } }, 'user/ann', 'role/boss');
      expect(world({ policies: [allow('sts:AssumeRole'), missing] })).toEqual(['assume-role (conditional)']);
      expect(world({ policies: [missing] })).toEqual([]);
    }
  });

  it('makes an administrator conditional', () => {
    expect(
      waysOf({ identities: { 'user/ann': { policies: [EVERYTHING, null] } } }, 'user/ann', ADMIN),
    ).toContain('administrator (conditional)');
  });

  it('leaves open how far a permissions boundary lets somebody get who changes its own policies', () => {
    const identities = { 'user/ann': { policies: [allow('iam:PutUserPolicy')], boundary: null } };
    expect(waysOf({ identities }, 'user/ann', ADMIN)).toEqual(['put-user-policy (conditional)']);
  });

  it('trusts nobody by a trust policy that is not understood', () => {
    for (const missing of [null, BROKEN, 'x', []]) {
      const identities = {
        'user/ann': { policies: [allow(['sts:AssumeRole', 'iam:PassRole'])] },
        'role/boss': { trust: missing },
      };
      expect(waysOf({ identities }, 'user/ann', 'role/boss')).toEqual([]);
    }
  });

  it('may trust anybody by a principal that is not understood', () => {
    const vague = [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: 'x' }];
    const identities = { 'user/ann': { policies: [allow('sts:AssumeRole')] }, 'role/boss': { trust: vague } };
    expect(waysOf({ identities }, 'user/ann', 'role/boss')).toEqual(['assume-role (conditional)']);
    expect(waysOf({ identities }, anyAwsPrincipalUid(), 'role/boss')).toEqual(['assume-role (conditional)']);
  });

  it('does not keep the rest from being found', () => {
    const identities = {
      'user/ann': { policies: [allow('sts:AssumeRole')] },
      'role/broken': { trust: null },
      'role/boss': {
        trust: [{ Effect: 'Allow', Principal: { AWS: [7, arnOf('user/ann')] }, Action: 'sts:AssumeRole' }],
      },
    };
    expect(waysOf({ identities }, 'user/ann', 'role/boss')).toEqual(['assume-role (conditional)']);
  });
});

describe('a group that somebody may add to', () => {
  const admins = { 'user/boss': { groups: { admins: EVERYTHING } } };
  const ADD = allow('iam:AddUserToGroup');

  it('leads to what it gives', () => {
    const world = { identities: { 'user/ann': { policies: [ADD] }, ...admins } };
    expect(waysOf(world, 'user/ann', 'group/admins')).toEqual(['add-user-to-group']);
    expect(waysOf(world, 'group/admins', ADMIN)).toEqual(['administrator']);
  });

  it('leads there conditionally where a boundary or a deny of the user’s goes on limiting it', () => {
    const bounded = { 'user/ann': { policies: [ADD], boundary: ADD }, ...admins };
    expect(waysOf({ identities: bounded }, 'user/ann', 'group/admins')).toEqual([
      'add-user-to-group (conditional)',
    ]);
    const denied = {
      'user/ann': { policies: [ADD, [{ Effect: 'Deny', Action: 's3:*', Resource: '*' }]] },
      ...admins,
    };
    expect(waysOf({ identities: denied }, 'user/ann', 'group/admins')).toEqual([
      'add-user-to-group (conditional)',
    ]);
  });

  it('leads there conditionally where what it gives hangs on who is in it', () => {
    const mine = {
      'user/boss': { groups: { admins: allow('iam:*', 'arn:aws:iam::*:user/${aws:username}') } },
    };
    const world = { identities: { 'user/ann': { policies: [ADD] }, ...mine } };
    expect(waysOf(world, 'user/ann', 'group/admins')).toEqual(['add-user-to-group (conditional)']);
  });

  it('leads a role there by a user that it can become', () => {
    const credentials = { 'user/boss': { keys: 0, password: false } };
    const world = {
      identities: {
        'role/app': { policies: [allow(['iam:AddUserToGroup', 'iam:CreateAccessKey'])] },
        ...admins,
      },
      credentials,
    };
    expect(waysOf(world, 'role/app', 'group/admins')).toEqual(['add-user-to-group-and-create-access-key']);
    const alone = { identities: { 'role/app': { policies: [ADD] }, ...admins } };
    expect(waysOf(alone, 'role/app', 'group/admins')).toEqual([]);
  });

  it('gives everything to a user who may change it as well', () => {
    const identities = {
      'user/ann': { policies: [allow(['iam:AddUserToGroup', 'iam:PutGroupPolicy'])] },
      'user/bob': { groups: { devs: [] } },
    };
    expect(waysOf({ identities }, 'user/ann', ADMIN)).toEqual(['put-group-policy-and-add-user-to-group']);
  });
});
