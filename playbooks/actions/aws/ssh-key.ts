import type { UserCredentialKind } from './user-credential.ts';

/** SSH public keys for CodeCommit. */
export const SSH_KEY: UserCredentialKind = {
  id: 'ssh-key',
  words: 'SSH key',
  keyOf: ({ kind, uid }) =>
    kind === 'ssh-public-key' ? (/\/(APKA[A-Z\d]{12,124})$/u.exec(uid)?.[1] ?? null) : null,
  permissions: {
    list: 'iam:ListSSHPublicKeys',
    update: 'iam:UpdateSSHPublicKey',
    remove: 'iam:DeleteSSHPublicKey',
  },
  // A user has five at most, which is one page.
  list: async (iam, UserName, options) => {
    const { SSHPublicKeys = [] } = await iam.listSSHPublicKeys({ UserName }, options);
    return SSHPublicKeys.map(({ SSHPublicKeyId: id, Status: status }) => ({ id, status }));
  },
  update: (iam, UserName, SSHPublicKeyId, Status, options) =>
    iam.updateSSHPublicKey({ UserName, SSHPublicKeyId, Status }, options),
  remove: (iam, UserName, SSHPublicKeyId, options) =>
    iam.deleteSSHPublicKey({ UserName, SSHPublicKeyId }, options),
};
