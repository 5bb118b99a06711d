import type { Uid } from '#model/system.ts';
import type { ExportFile } from '../import-exports.ts';
import type { AwsDetails } from './details.ts';

/**
 * Authorization details as `aws iam get-account-authorization-details` prints them. `named` are entities of the other
 * side that must be named on this one too, so that naming somebody is no change.
 */
export function authorizationDetails({ entities }: AwsDetails, named: AwsDetails): ExportFile {
  const lists = { UserDetailList: [], GroupDetailList: [], RoleDetailList: [], Policies: [] } as Record<
    string,
    object[]
  >;
  const add = (arn: Uid, list: string, more: object): void => {
    const name = arn.slice(arn.lastIndexOf('/') + 1);
    lists[list]?.push({ Arn: arn, [NAME_OF[list] ?? 'Name']: name, ...more });
  };
  for (const [arn, { type, own, attached, inline, groups }] of entities) {
    const policies = {
      AttachedManagedPolicies: [...attached].map((PolicyArn) => ({ PolicyArn })),
      [INLINE_OF[type]]: [...inline].map(([PolicyName, PolicyDocument]) => ({ PolicyName, PolicyDocument })),
    };
    if (type === 'policy') add(arn, 'Policies', own);
    else if (type === 'user') add(arn, LIST_OF[type], { ...own, ...policies, GroupList: [...groups] });
    else add(arn, LIST_OF[type], { ...own, ...policies });
  }
  for (const [arn, { type }] of named.entities) {
    if (!entities.has(arn) && !named.owned.has(arn)) add(arn, LIST_OF[type], {});
  }
  return { name: 'authorization-details.json', text: JSON.stringify(lists) };
}

const LIST_OF = {
  user: 'UserDetailList',
  group: 'GroupDetailList',
  role: 'RoleDetailList',
  policy: 'Policies',
} as const;

const INLINE_OF = {
  user: 'UserPolicyList',
  group: 'GroupPolicyList',
  role: 'RolePolicyList',
  policy: 'PolicyList',
} as const;

const NAME_OF: Readonly<Record<string, string>> = {
  UserDetailList: 'UserName',
  GroupDetailList: 'GroupName',
  RoleDetailList: 'RoleName',
  Policies: 'PolicyName',
};
