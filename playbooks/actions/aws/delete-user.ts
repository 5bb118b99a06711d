import type { IAM } from '@aws-sdk/client-iam';
import { orAbsent } from '../shared/action-error.ts';
import { ACCESS_KEY } from './access-key.ts';
import type { Account, CallOptions } from './account.ts';
import { principalDeletion, unlessGone } from './principal-deletion.ts';
import { groupsOf } from './remove-from-groups.ts';
import { SERVICE_CREDENTIAL } from './service-credential.ts';
import { SSH_KEY } from './ssh-key.ts';

/** Deletes a user, in the order that IAM demands: https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteUser.html. */
export const deleteUser = principalDeletion({
  id: 'aws/delete-user',
  kind: 'iam-user',
  permissions: [
    'iam:DeactivateMFADevice',
    'iam:DeleteAccessKey',
    'iam:DeleteLoginProfile',
    'iam:DeleteSSHPublicKey',
    'iam:DeleteServiceSpecificCredential',
    'iam:DeleteSigningCertificate',
    'iam:DeleteUser',
    'iam:DeleteUserPolicy',
    'iam:DeleteVirtualMFADevice',
    'iam:DetachUserPolicy',
    'iam:GetUser',
    'iam:ListAccessKeys',
    'iam:ListAttachedUserPolicies',
    'iam:ListGroupsForUser',
    'iam:ListMFADevices',
    'iam:ListSSHPublicKeys',
    'iam:ListServiceSpecificCredentials',
    'iam:ListSigningCertificates',
    'iam:ListUserPolicies',
    'iam:RemoveUserFromGroup',
  ],
  strip: async (account) => {
    await dropCredentials(account);
    await dropDevices(account);
    await leaveGroups(account);
  },
  remove: ({ change, principal: { name: UserName } }) =>
    unlessGone(change((iam, options) => iam.deleteUser({ UserName }, options))),
});

async function dropCredentials({ ask, change, principal: { name: UserName } }: Account): Promise<void> {
  for (const { list, remove } of [ACCESS_KEY, SERVICE_CREDENTIAL, SSH_KEY]) {
    for (const { id } of await ask((iam, options) => list(iam, UserName, options))) {
      await unlessGone(change((iam, options) => remove(iam, UserName, id ?? '', options)));
    }
  }
  for (const CertificateId of await ask((iam, options) => certificates(iam, UserName, options))) {
    await unlessGone(
      change((iam, options) => iam.deleteSigningCertificate({ UserName, CertificateId }, options)),
    );
  }
  await unlessGone(change((iam, options) => iam.deleteLoginProfile({ UserName }, options)));
}

async function certificates(
  iam: IAM,
  UserName: string,
  options: CallOptions,
): Promise<(string | undefined)[]> {
  const { Certificates = [] } = await iam.listSigningCertificates({ UserName }, options);
  return Certificates.map(({ CertificateId }) => CertificateId);
}

/** A virtual device is a thing of the account's own and would stay behind; others have serial numbers, not ARNs. */
async function dropDevices({ ask, change, principal: { name: UserName } }: Account): Promise<void> {
  const { MFADevices = [] } = await ask((iam, options) => iam.listMFADevices({ UserName }, options));
  for (const { SerialNumber } of MFADevices) {
    await unlessGone(change((iam, options) => iam.deactivateMFADevice({ UserName, SerialNumber }, options)));
    if (SerialNumber?.includes(':mfa/') !== true) continue;
    await orAbsent(change((iam, options) => iam.deleteVirtualMFADevice({ SerialNumber }, options)));
  }
}

async function leaveGroups(account: Account): Promise<void> {
  const { change, principal } = account;
  for (const GroupName of await groupsOf(account)) {
    const UserName = principal.name;
    await unlessGone(change((iam, options) => iam.removeUserFromGroup({ UserName, GroupName }, options)));
  }
}
