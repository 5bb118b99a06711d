import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { AccessRecords } from '#access/engine.ts';
import { accessRecords } from '#test/access/access-records.ts';

/*
 * The records of one account from `aws iam get-account-authorization-details`, as far as access depends on them. The
 * collector is tested on its own; this keeps the engine's tests apart from it.
 */

const attached = z.object({ PolicyArn: z.string() });
const inline = z.object({ PolicyName: z.string(), PolicyDocument: z.json() });
const holder = z.object({
  Arn: z.string(),
  AttachedManagedPolicies: z.array(attached).default([]),
  Tags: z.array(z.object({ Key: z.string(), Value: z.string() })).default([]),
});
const schema = z.object({
  UserDetailList: z.array(
    holder.extend({
      UserName: z.string(),
      UserId: z.string(),
      GroupList: z.array(z.string()).default([]),
      UserPolicyList: z.array(inline).default([]),
    }),
  ),
  GroupDetailList: z.array(
    holder.extend({ GroupName: z.string(), GroupPolicyList: z.array(inline).default([]) }),
  ),
  RoleDetailList: z.array(
    holder.extend({
      RoleName: z.string(),
      RoleId: z.string(),
      RolePolicyList: z.array(inline).default([]),
      AssumeRolePolicyDocument: z.json(),
    }),
  ),
  Policies: z.array(
    z.object({
      Arn: z.string(),
      PolicyName: z.string(),
      PolicyVersionList: z.array(z.object({ Document: z.json(), IsDefaultVersion: z.boolean() })),
    }),
  ),
});

/** Reads the file. Throws where it is none. */
export function readAuthorizationDetails(path: string): AccessRecords {
  const details = schema.parse(JSON.parse(readFileSync(path, 'utf8')));
  const users = details.UserDetailList.map((user) => ({
    ...user,
    kind: 'iam-user',
    name: user.UserName,
    id: user.UserId,
    inline: user.UserPolicyList,
  }));
  const roles = details.RoleDetailList.map((role) => ({
    ...role,
    kind: 'iam-role',
    name: role.RoleName,
    id: role.RoleId,
    inline: role.RolePolicyList,
  }));
  const groups = details.GroupDetailList.map((group) => ({ ...group, inline: group.GroupPolicyList }));
  const scopeUid = `aws:${users[0]?.Arn.split(':')[4]}`;
  const identities = [...users, ...roles].map(({ Arn, kind, name, id, Tags }) => ({
    uid: Arn,
    system: 'aws' as const,
    scopeUid,
    kind,
    name,
    class: 'unknown' as const,
    managedBy: 'customer' as const,
    enabled: null,
    createdAt: null,
    tags: Object.fromEntries(Tags.map(({ Key, Value }) => [Key, Value])),
    environment: null,
    providerId: id,
  }));
  const groupArn = new Map(groups.map(({ GroupName, Arn }) => [GroupName, Arn]));
  const holders = [
    ...[...users, ...roles].map((own) => ({ ...own, principalKind: 'identity' as const })),
    ...groups.map((own) => ({ ...own, principalKind: 'group' as const })),
  ];
  return accessRecords({
    identities,
    groups: groups.map(({ Arn, GroupName }) => ({
      uid: Arn,
      system: 'aws',
      scopeUid,
      kind: 'iam-group',
      name: GroupName,
      implicit: false,
    })),
    memberships: users.flatMap(({ Arn, GroupList }) =>
      GroupList.map((name) => ({
        groupUid: groupArn.get(name) ?? name,
        memberUid: Arn,
        memberKind: 'identity' as const,
        system: 'aws' as const,
        scopeUid,
      })),
    ),
    roles: [
      ...details.Policies.map((policy) =>
        roleRow(policy.Arn, scopeUid, 'managed-policy', policy.PolicyName, defaultDocument(policy)),
      ),
      ...holders.flatMap(({ Arn, inline: own }) =>
        own.map(({ PolicyName, PolicyDocument }) =>
          roleRow(`${Arn}/inline/${PolicyName}`, scopeUid, 'inline-policy', PolicyName, PolicyDocument),
        ),
      ),
    ],
    grants: holders.flatMap(({ Arn, AttachedManagedPolicies, inline: own, principalKind }) =>
      [
        ...AttachedManagedPolicies.map(({ PolicyArn }) => [PolicyArn, 'attached-policy'] as const),
        ...own.map(({ PolicyName }) => [`${Arn}/inline/${PolicyName}`, 'inline-policy'] as const),
      ].map(([roleUid, kind]) => ({
        uid: `${Arn}->${roleUid}`,
        system: 'aws' as const,
        scopeUid,
        principalUid: Arn,
        principalKind,
        roleUid,
        kind,
        state: 'active' as const,
        condition: null,
        resourceUid: null,
        createdAt: null,
      })),
    ),
    resourcePolicies: roles.map(({ Arn, AssumeRolePolicyDocument }) => ({
      uid: `${Arn}/trust`,
      system: 'aws',
      scopeUid,
      resourceUid: Arn,
      kind: 'trust',
      document: AssumeRolePolicyDocument,
    })),
  });
}

type Policy = z.output<typeof schema>['Policies'][number];

function defaultDocument({ PolicyVersionList }: Policy): Policy['PolicyVersionList'][number]['Document'] {
  return PolicyVersionList.find(({ IsDefaultVersion }) => IsDefaultVersion)?.Document ?? null;
}

function roleRow(
  uid: string,
  scopeUid: string,
  kind: string,
  name: string,
  document: AccessRecords['roles'][number]['document'],
): AccessRecords['roles'][number] {
  return {
    uid,
    system: 'aws',
    scopeUid,
    kind,
    name,
    managedBy: 'customer',
    createdAt: null,
    document,
    breadth: null,
  };
}
