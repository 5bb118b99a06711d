import type { UserCredentialKind } from './user-credential.ts';

/** Access keys, by their ids; where only a slot of the credential report is known, none can be acted on. */
export const ACCESS_KEY: UserCredentialKind = {
  id: 'access-key',
  words: 'access key',
  keyOf: ({ kind, name }) => (kind === 'access-key' && /^AKIA[A-Z\d]{12,124}$/u.test(name) ? name : null),
  permissions: { list: 'iam:ListAccessKeys', update: 'iam:UpdateAccessKey', remove: 'iam:DeleteAccessKey' },
  // A user has two at most, which is one page.
  list: async (iam, UserName, options) => {
    const { AccessKeyMetadata = [] } = await iam.listAccessKeys({ UserName }, options);
    return AccessKeyMetadata.map(({ AccessKeyId: id, Status: status }) => ({ id, status }));
  },
  update: (iam, UserName, AccessKeyId, Status, options) =>
    iam.updateAccessKey({ UserName, AccessKeyId, Status }, options),
  remove: (iam, UserName, AccessKeyId, options) => iam.deleteAccessKey({ UserName, AccessKeyId }, options),
};
