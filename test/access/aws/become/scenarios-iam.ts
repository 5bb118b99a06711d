import type { Json } from '#model/system.ts';
import { ADMIN, allow, arnOf, EVERYTHING, HOME, policyArn, trust, type Becoming } from './estate.ts';
import type { Scenario } from './scenario.ts';

type Policies = Json[];

/** A scenario for every way that goes through IAM and STS themselves, by technique. */
export function iamScenarios(): [string, Scenario][] {
  return [
    way('assume-role', 'sts:AssumeRole', { from: 'user/ann', to: 'role/boss', on: 'role/boss' }, (ann) => ({
      right: { identities: { 'user/ann': { policies: ann }, 'role/boss': boss(HOME) } },
      wrong: { identities: { 'user/ann': { policies: ann }, 'role/boss': boss('222222222222') } },
    })),
    way(
      'update-trust-policy',
      'iam:UpdateAssumeRolePolicy',
      { from: 'user/ann', to: 'role/boss', on: 'role/boss' },
      (ann) => ({
        right: { identities: { 'user/ann': { policies: ann }, 'role/boss': boss(HOME) } },
        wrong: { identities: { 'user/ann': { policies: ann }, 'role/bosses': boss(HOME) } },
      }),
    ),
    credential('create-access-key', 'iam:CreateAccessKey', [1, false], [2, false]),
    credential('replace-access-key', 'iam:CreateAccessKey iam:DeleteAccessKey', [2, false], [1, false]),
    credential('create-login-profile', 'iam:CreateLoginProfile', [0, false], [0, true]),
    credential('update-login-profile', 'iam:UpdateLoginProfile', [0, true], [0, false]),
    oneself('put-user-policy', 'iam:PutUserPolicy', 'user/ann'),
    oneself('attach-user-policy', 'iam:AttachUserPolicy', 'user/ann'),
    oneself('put-role-policy', 'iam:PutRolePolicy', 'role/app'),
    oneself('attach-role-policy', 'iam:AttachRolePolicy', 'role/app'),
    group('put-group-policy', 'iam:PutGroupPolicy'),
    group('attach-group-policy', 'iam:AttachGroupPolicy'),
    policy('create-policy-version', 'iam:CreatePolicyVersion'),
    policy('set-default-policy-version', 'iam:SetDefaultPolicyVersion', true),
    way(
      'add-user-to-group',
      'iam:AddUserToGroup',
      { from: 'user/ann', to: 'group/admins', on: 'group/admins' },
      (ann) => ({
        right: {
          identities: { 'user/ann': { policies: ann }, 'user/bob': { groups: { admins: EVERYTHING } } },
        },
        wrong: {
          identities: { 'role/ann': { policies: ann }, 'user/bob': { groups: { admins: EVERYTHING } } },
        },
      }),
    ),
    ...['iam:AttachRolePolicy', 'iam:PutRolePolicy', 'iam:CreatePolicyVersion'].flatMap((permission) => [
      anotherRole(permission, 'sts:AssumeRole'),
      anotherRole(permission, 'iam:UpdateAssumeRolePolicy'),
    ]),
    ...['iam:AttachUserPolicy', 'iam:PutUserPolicy', 'iam:CreatePolicyVersion'].map(anotherUser),
    created('create-role-put-policy', 'iam:CreateRole iam:PutRolePolicy'),
    created('create-role-attach-policy', 'iam:CreateRole iam:AttachRolePolicy'),
    created('create-user-put-policy', 'iam:CreateUser iam:PutUserPolicy iam:CreateAccessKey'),
    created('create-user-attach-policy', 'iam:CreateUser iam:AttachUserPolicy iam:CreateAccessKey'),
  ];
}

/**
 * @param about who becomes what by permissions on what
 * @param worlds what is there, given what the policies of whoever it is about are
 */
function way(
  via: string,
  permissions: string,
  about: {
    readonly from: string;
    readonly to: string;
    readonly on: string;
    readonly isConditional?: boolean;
  },
  worlds: (policies: Policies) => { readonly right: Becoming; readonly wrong: Becoming },
): [string, Scenario] {
  const needed = permissions.split(' ');
  const policies = (held: readonly string[]): Policies =>
    held.length === 0 ? [] : [allow(held, about.on === '*' ? '*' : arnOf(about.on))];
  return [
    via,
    {
      from: about.from,
      to: about.to,
      permissions: needed,
      world: (held) => worlds(policies(held)).right,
      lacking: worlds(policies(needed)).wrong,
      isConditional: about.isConditional ?? false,
    },
  ];
}

function credential(
  via: string,
  permissions: string,
  right: readonly [number, boolean],
  wrong: readonly [number, boolean],
): [string, Scenario] {
  const world = (ann: Policies, [keys, password]: readonly [number, boolean]): Becoming => ({
    identities: { 'user/ann': { policies: ann }, 'user/boss': { policies: [EVERYTHING] } },
    credentials: { 'user/boss': { keys, password } },
  });
  const about = { from: 'user/ann', to: 'user/boss', on: 'user/boss' };
  return way(via, permissions, about, (ann) => ({ right: world(ann, right), wrong: world(ann, wrong) }));
}

/** By a permission on oneself, in vain where it is on somebody else. */
function oneself(via: string, permission: string, who: string): [string, Scenario] {
  return way(via, permission, { from: who, to: ADMIN, on: who }, (own) => ({
    right: { identities: { [who]: { policies: own } } },
    wrong: { identities: { [who]: {}, [`${who}-other`]: { policies: own } } },
  }));
}

/** By a permission on one's group, in vain where one is not in it. */
function group(via: string, permission: string): [string, Scenario] {
  const devs = { groups: { devs: [] } };
  return way(via, permission, { from: 'user/ann', to: ADMIN, on: 'group/devs' }, (ann) => ({
    right: { identities: { 'user/ann': { policies: ann, ...devs } } },
    wrong: { identities: { 'user/ann': { policies: ann }, 'user/bob': devs } },
  }));
}

/** By a permission on a policy, in vain where somebody else has it. */
function policy(via: string, permission: string, isConditional = false): [string, Scenario] {
  const world = (ann: Policies, holder: string): Becoming => ({
    identities: { 'user/ann': { policies: ann }, 'user/bob': {} },
    managed: { own: { policy: allow('s3:ListAllMyBuckets'), on: [holder] } },
  });
  const about = { from: 'user/ann', to: ADMIN, on: policyArn('own'), isConditional };
  return way(via, permission, about, (ann) => ({
    right: world(ann, 'user/ann'),
    wrong: world(ann, 'user/bob'),
  }));
}

const NAMES: Readonly<Record<string, string>> = {
  'iam:AttachRolePolicy': 'attach-role-policy',
  'iam:PutRolePolicy': 'put-role-policy',
  'iam:AttachUserPolicy': 'attach-user-policy',
  'iam:PutUserPolicy': 'put-user-policy',
  'iam:CreatePolicyVersion': 'create-policy-version',
  'sts:AssumeRole': 'assume-role',
  'iam:UpdateAssumeRolePolicy': 'update-trust-policy',
};

/** By changing a role that one can become, in vain where one cannot, as the role is linked to a service. */
function anotherRole(change: string, foothold: string): [string, Scenario] {
  const world = (ann: Policies, role: string): Becoming => ({
    identities: { 'user/ann': { policies: ann }, [role]: { trust: trust(HOME) } },
    managed: { own: { policy: allow('s3:ListAllMyBuckets'), on: [role] } },
  });
  const about = { from: 'user/ann', to: ADMIN, on: '*' };
  return way(`${NAMES[change]}-and-${NAMES[foothold]}`, `${change} ${foothold}`, about, (ann) => ({
    right: world(ann, 'role/app'),
    wrong: world(ann, 'role/aws-service-role/x.amazonaws.com/AWSServiceRoleForX'),
  }));
}

/** By changing a user and making a key for it, in vain where it has two. */
function anotherUser(change: string): [string, Scenario] {
  const world = (ann: Policies, keys: number): Becoming => ({
    identities: { 'user/ann': { policies: ann }, 'user/bob': {} },
    managed: { own: { policy: allow('s3:ListAllMyBuckets'), on: ['user/bob'] } },
    credentials: { 'user/bob': { keys, password: false }, 'user/ann': { keys: 2, password: false } },
  });
  const about = { from: 'user/ann', to: ADMIN, on: '*' };
  return way(`${NAMES[change]}-and-create-access-key`, `${change} iam:CreateAccessKey`, about, (ann) => ({
    right: world(ann, 1),
    wrong: world(ann, 2),
  }));
}

/** By making somebody new, in vain where whoever is made must have a boundary. */
function created(via: string, permissions: string): [string, Scenario] {
  const bounded = (policies: Policies): Policies =>
    policies.flatMap((json) =>
      Array.isArray(json)
        ? [
            json.map((statement: Json) => ({
              ...(statement as object),
              Condition: { StringEquals: { 'iam:PermissionsBoundary': policyArn('limit') } },
            })),
          ]
        : [],
    );
  return way(via, permissions, { from: 'role/app', to: ADMIN, on: '*' }, (app) => ({
    right: { identities: { 'role/app': { policies: app } } },
    wrong: { identities: { 'role/app': { policies: bounded(app) } } },
  }));
}

function boss(trusted: string): { policies: Json[]; trust: Json } {
  return { policies: [EVERYTHING], trust: trust(trusted) };
}
