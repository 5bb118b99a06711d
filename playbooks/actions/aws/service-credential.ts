import type { UserCredentialKind } from './user-credential.ts';

/** Credentials for single services, long-term API keys of Bedrock among them; the id ends the row's uid. */
export const SERVICE_CREDENTIAL: UserCredentialKind = {
  id: 'service-credential',
  words: 'service-specific credential',
  keyOf: ({ kind, uid }) =>
    kind === 'service-specific-credential' || kind === 'bedrock-api-key'
      ? (/\/(ACCA[A-Z\d]{12,124})$/u.exec(uid)?.[1] ?? null)
      : null,
  permissions: {
    list: 'iam:ListServiceSpecificCredentials',
    update: 'iam:UpdateServiceSpecificCredential',
    remove: 'iam:DeleteServiceSpecificCredential',
  },
  // A user has two a service at most, which is one page.
  list: async (iam, UserName, options) => {
    const { ServiceSpecificCredentials = [] } = await iam.listServiceSpecificCredentials(
      { UserName },
      options,
    );
    return ServiceSpecificCredentials.map(({ ServiceSpecificCredentialId: id, Status: status }) => ({
      id,
      status,
    }));
  },
  update: (iam, UserName, ServiceSpecificCredentialId, Status, options) =>
    iam.updateServiceSpecificCredential({ UserName, ServiceSpecificCredentialId, Status }, options),
  remove: (iam, UserName, ServiceSpecificCredentialId, options) =>
    iam.deleteServiceSpecificCredential({ UserName, ServiceSpecificCredentialId }, options),
};
