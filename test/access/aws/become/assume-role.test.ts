import { describe, expect, it } from 'vitest';
import type { Json } from '#model/system.ts';
import { adminUid, anyAwsPrincipalUid } from '#model/uid.ts';
import { allow, arnOf, EVERYTHING, HOME, pathOf, trust, waysOf, type Becoming } from './estate.ts';

const ABROAD = '222222222222';
const FAR = `arn:aws:iam::${ABROAD}:role/far`;
const ASSUME = allow('sts:AssumeRole');

/** How ann becomes boss, whom this trust policy is of. */
function annToBoss(trusted: Json, policies: Json[] = [], more: Partial<Becoming> = {}): string[] {
  const identities = { 'user/ann': { policies, tags: { team: 'red' } }, 'role/boss': { trust: trusted } };
  return waysOf({ ...more, identities: { ...identities, ...more.identities } }, 'user/ann', 'role/boss');
}

const trusting = (principal: Json, condition: Json = {}, effect = 'Allow'): Json => ({
  Effect: effect,
  Action: 'sts:AssumeRole',
  Principal: principal,
  Condition: condition,
});

describe('assuming a role in the same account', () => {
  it('takes no permission where the trust policy names the principal', () => {
    expect(annToBoss(trust(arnOf('user/ann')))).toEqual(['assume-role']);
  });

  it('takes a permission where the trust policy names the account', () => {
    expect(annToBoss(trust(HOME))).toEqual([]);
    expect(annToBoss(trust(arnOf('root')), [ASSUME])).toEqual(['assume-role']);
    expect(annToBoss(trust(HOME), [allow('sts:AssumeRole', arnOf('role/other'))])).toEqual([]);
  });

  it('takes the trust as well as the permission', () => {
    expect(annToBoss(trust(arnOf('user/bob')), [ASSUME])).toEqual([]);
    expect(annToBoss(trust('ec2.amazonaws.com'), [ASSUME])).toEqual([]);
  });

  it('is stopped by a deny of its own, in the trust policy, in the boundary and in the organisation', () => {
    const deny: Json = [{ Effect: 'Deny', Action: 'sts:AssumeRole', Resource: '*' }];
    const named = trust(arnOf('user/ann'));
    expect(annToBoss(named, [deny])).toEqual([]);
    expect(annToBoss([trusting({ AWS: arnOf('user/ann') }), trusting({ AWS: '*' }, {}, 'Deny')])).toEqual([]);
    const boundary = allow('s3:*');
    expect(
      annToBoss(trust(HOME), [], { identities: { 'user/ann': { policies: [ASSUME], boundary } } }),
    ).toEqual([]);
    const levels = [{ scp: [EVERYTHING] }, { scp: [EVERYTHING, deny] }];
    expect(annToBoss(named, [], { organization: { levels } })).toEqual([]);
  });

  it('counts what is not known of the organisation as no limit', () => {
    expect(annToBoss(trust(HOME), [ASSUME], { organization: 'unknown' })).toEqual(['assume-role']);
  });

  it('is conditional on what only a request can settle, not on what a tag or the caller settles', () => {
    const within = (condition: Json): string[] => annToBoss([trusting({ AWS: HOME }, condition)], [ASSUME]);
    expect(within({ Bool: { 'aws:MultiFactorAuthPresent': 'true' } })).toEqual(['assume-role (conditional)']);
    expect(within({ StringEquals: { 'aws:PrincipalTag/team': 'red' } })).toEqual(['assume-role']);
    expect(within({ StringEquals: { 'aws:PrincipalTag/team': 'blue' } })).toEqual([]);
    expect(within({ StringEquals: { 'sts:ExternalId': 'x' } })).toEqual(['assume-role']);
    expect(within({ ArnLike: { 'aws:PrincipalArn': arnOf('user/a*') } })).toEqual(['assume-role']);
    expect(within({ ArnLike: { 'aws:PrincipalArn': arnOf('user/b*') } })).toEqual([]);
  });

  it('is not implicit for a role itself, and nobody assumes a role that is linked to a service', () => {
    const path = 'role/aws-service-role/x.amazonaws.com/AWSServiceRoleForX';
    const identities = {
      'user/ann': { policies: [ASSUME] },
      [path]: { policies: [EVERYTHING], trust: trust(HOME) },
    };
    expect(waysOf({ identities }, 'user/ann', path)).toEqual([]);
    const role = { 'role/app': { policies: [ASSUME], trust: trust('ec2.amazonaws.com') } };
    expect(waysOf({ identities: role }, 'role/app', 'role/app')).toEqual([]);
  });

  it('goes round in circles and comes out where it can', () => {
    const identities = {
      'role/a': { trust: trust(arnOf('role/b')) },
      'role/b': { trust: trust(arnOf('role/a'), arnOf('role/c')) },
      'role/c': { trust: trust(arnOf('role/b')) },
      'role/boss': { trust: trust(arnOf('role/c')) },
    };
    expect(pathOf({ identities }, 'role/a', 'role/boss')).toBe(
      'assume-role > assume-role > assume-role (certain)',
    );
    expect(pathOf({ identities }, 'role/boss', 'role/a')).toBeNull();
  });
});

describe('assuming a role in another account', () => {
  const cross = (policies: Json[], trusted: Json): string[] =>
    waysOf({ identities: { 'user/ann': { policies }, [FAR]: { trust: trusted } } }, 'user/ann', FAR);

  it('takes both sides', () => {
    expect(cross([ASSUME], trust(arnOf('user/ann')))).toEqual(['assume-role']);
    expect(cross([ASSUME], trust(HOME))).toEqual(['assume-role']);
    expect(cross([], trust(arnOf('user/ann')))).toEqual([]);
    expect(cross([ASSUME], trust(ABROAD))).toEqual([]);
    expect(cross([allow('sts:AssumeRole', 'arn:aws:iam::*:role/near')], trust(HOME))).toEqual([]);
  });

  it('is open to whoever has full control over an account that is trusted', () => {
    const identities = { 'user/ann': {}, [FAR]: { trust: trust(HOME) } };
    expect(waysOf({ identities }, adminUid(`aws:${HOME}`), FAR)).toEqual(['assume-role']);
  });

  it('is open to those who are trusted and not in the records, by account, by ARN and to everybody', () => {
    const identities = {
      [FAR]: {
        trust: [
          ...[HOME, 'arn:aws:iam::333333333333:role/ci'].map((AWS) => trusting({ AWS })),
          trusting({ AWS: '*' }, { StringEquals: { 'aws:PrincipalOrgID': 'o-1234567890' } }),
        ],
      },
    };
    expect(waysOf({ identities }, adminUid(`aws:${HOME}`), FAR)).toEqual(['assume-role']);
    expect(waysOf({ identities }, 'arn:aws:iam::333333333333:role/ci', FAR)).toEqual(['assume-role']);
    expect(waysOf({ identities }, anyAwsPrincipalUid(), FAR)).toEqual(['assume-role (conditional)']);
  });

  it('is open to everybody in the organisation that a condition names', () => {
    const trusted = [trusting('*', { StringEquals: { 'aws:PrincipalOrgID': 'o-exampleorgid' } })];
    const levels = [{ scp: [EVERYTHING] }, { scp: [EVERYTHING] }];
    const world = {
      identities: { 'user/ann': {}, 'role/boss': { trust: trusted } },
      organization: { levels },
    };
    expect(waysOf(world, 'user/ann', 'role/boss')).toEqual(['assume-role']);
  });

  it('is not open to somebody who is gone from an account that was read', () => {
    const identities = {
      'user/ann': {},
      [FAR]: { trust: trust(arnOf('user/gone'), 'AIDAGONEGONEGONE1234') },
    };
    expect(waysOf({ identities }, 'user/gone', FAR)).toEqual([]);
  });
});
