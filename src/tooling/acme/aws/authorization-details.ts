import { ago, awsTime } from '../clock.ts';
import { awsId } from '../seed.ts';
import { type Account, roleArn, userArn } from './account.ts';
import { ownerTags } from './owner-tags.ts';
import { document, policyArn, policyDetails } from './policy-details.ts';
import type { AccountSpec, GroupSpec, RoleSpec, Statement, UserSpec } from './spec.ts';

/** The answer of `aws iam get-account-authorization-details`, all pages together, with its fields in API order. */
export function authorizationDetails(account: Account, spec: AccountSpec): object {
  return {
    UserDetailList: byName(spec.users).map((user) => userDetail(account, user)),
    GroupDetailList: byName(spec.groups).map((group) => groupDetail(account, group)),
    RoleDetailList: byName(spec.roles).map((role) => roleDetail(account, role)),
    Policies: policyDetails(account, spec),
  };
}

function userDetail(account: Account, user: UserSpec): object {
  const { name, path = '/' } = user;
  const arn = userArn(account, name, path);
  return {
    Path: path,
    UserName: name,
    UserId: awsId('AIDA', arn),
    Arn: arn,
    CreateDate: awsTime(ago(user.age, arn)),
    ...(user.inline === undefined ? {} : { UserPolicyList: inlinePolicies(user.inline) }),
    GroupList: user.groups ?? [],
    AttachedManagedPolicies: attached(account, user.managed),
    ...boundary(account, user.boundary),
    Tags: ownerTags(account, user),
  };
}

function groupDetail(account: Account, group: GroupSpec): object {
  const arn = `arn:aws:iam::${account.id}:group/${group.name}`;
  return {
    Path: '/',
    GroupName: group.name,
    GroupId: awsId('AGPA', arn),
    Arn: arn,
    CreateDate: awsTime(ago(group.age, arn)),
    GroupPolicyList: inlinePolicies(group.inline),
    AttachedManagedPolicies: attached(account, group.managed),
  };
}

function roleDetail(account: Account, role: RoleSpec): object {
  const core = roleCore(account, role);
  return {
    ...core,
    InstanceProfileList: role.instanceProfile ? [instanceProfile(account, role, core)] : [],
    RolePolicyList: inlinePolicies(role.inline),
    AttachedManagedPolicies: attached(account, role.managed),
    ...boundary(account, role.boundary),
    Tags: ownerTags(account, role),
    RoleLastUsed:
      role.used === null
        ? {}
        : { LastUsedDate: awsTime(ago(role.used, `used ${core.Arn}`)), Region: 'eu-west-1' },
  };
}

function roleCore(account: Account, { name, path = '/', age, trust }: RoleSpec) {
  const arn = roleArn(account, name, path);
  return {
    Path: path,
    RoleName: name,
    RoleId: awsId('AROA', arn),
    Arn: arn,
    CreateDate: awsTime(ago(age, arn)),
    AssumeRolePolicyDocument: document(trust),
  };
}

function instanceProfile(account: Account, { name, age }: RoleSpec, core: object): object {
  const arn = `arn:aws:iam::${account.id}:instance-profile/${name}`;
  return {
    Path: '/',
    InstanceProfileName: name,
    InstanceProfileId: awsId('AIPA', arn),
    Arn: arn,
    CreateDate: awsTime(ago(age, arn)),
    Roles: [core],
  };
}

function inlinePolicies(inline: Readonly<Record<string, readonly Statement[]>> = {}): readonly object[] {
  return Object.entries(inline).map(([name, statements]) => ({
    PolicyName: name,
    PolicyDocument: document(statements),
  }));
}

function attached(account: Account, names: readonly string[] = []): readonly object[] {
  return names.map((name) => ({ PolicyName: name.split('/').at(-1), PolicyArn: policyArn(account, name) }));
}

function boundary(account: Account, name: string | undefined): object {
  if (name === undefined) return {};
  return {
    PermissionsBoundary: {
      PermissionsBoundaryType: 'Policy',
      PermissionsBoundaryArn: policyArn(account, name),
    },
  };
}

function byName<Spec extends { readonly name: string }>(specs: readonly Spec[]): readonly Spec[] {
  return specs.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}
