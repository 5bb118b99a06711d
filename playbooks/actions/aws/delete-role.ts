import type { Account } from './account.ts';
import { allPages } from './pages.ts';
import { principalDeletion, unlessGone } from './principal-deletion.ts';

/** Deletes a role, in the order that IAM demands: https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteRole.html. */
export const deleteRole = principalDeletion({
  id: 'aws/delete-role',
  kind: 'iam-role',
  permissions: [
    'iam:DeleteRole',
    'iam:DeleteRolePolicy',
    'iam:DetachRolePolicy',
    'iam:GetRole',
    'iam:ListAttachedRolePolicies',
    'iam:ListInstanceProfilesForRole',
    'iam:ListRolePolicies',
    'iam:RemoveRoleFromInstanceProfile',
  ],
  strip: leaveInstanceProfiles,
  remove: ({ change, principal: { name: RoleName } }) =>
    unlessGone(change((iam, options) => iam.deleteRole({ RoleName }, options))),
});

async function leaveInstanceProfiles({ ask, change, principal: { name: RoleName } }: Account): Promise<void> {
  const profiles = await allPages(
    (marker) => ask((iam, options) => iam.listInstanceProfilesForRole({ RoleName, ...marker }, options)),
    ({ InstanceProfiles }) => InstanceProfiles,
  );
  for (const { InstanceProfileName } of profiles) {
    await unlessGone(
      change((iam, options) => iam.removeRoleFromInstanceProfile({ RoleName, InstanceProfileName }, options)),
    );
  }
}
