import type { UserCredentialKind } from './user-credential.ts';

/**
 * Signing certificates. Credential reports number them and do not say their ids: the second in which one was uploaded
 * tells it from the other one that a user can have.
 */
export const SIGNING_CERTIFICATE: UserCredentialKind = {
  id: 'signing-certificate',
  words: 'signing certificate uploaded at',
  keyOf: ({ kind, createdAt }) =>
    kind === 'signing-certificate' && createdAt !== null ? secondOf(new Date(createdAt)) : null,
  permissions: {
    list: 'iam:ListSigningCertificates',
    update: 'iam:UpdateSigningCertificate',
    remove: 'iam:DeleteSigningCertificate',
  },
  list: async (iam, UserName, options) => {
    const { Certificates = [] } = await iam.listSigningCertificates({ UserName }, options);
    return Certificates.map(({ UploadDate, Status: status }) => ({
      id: UploadDate === undefined ? undefined : secondOf(UploadDate),
      status,
    }));
  },
  update: async (iam, UserName, second, Status, options) =>
    iam.updateSigningCertificate(
      { UserName, CertificateId: await idOf(iam, UserName, second, options), Status },
      options,
    ),
  remove: async (iam, UserName, second, options) =>
    iam.deleteSigningCertificate(
      { UserName, CertificateId: await idOf(iam, UserName, second, options) },
      options,
    ),
};

/** undefined is refused by IAM: a certificate that is gone is nobody else's. */
async function idOf(
  ...[iam, UserName, second, options]: Parameters<UserCredentialKind['remove']>
): Promise<string | undefined> {
  const { Certificates = [] } = await iam.listSigningCertificates({ UserName }, options);
  const fitting = Certificates.filter(
    ({ UploadDate }) => UploadDate !== undefined && secondOf(UploadDate) === second,
  );
  return fitting.length === 1 ? fitting[0]?.CertificateId : undefined;
}

function secondOf(date: Date): string {
  return `${date.toISOString().slice(0, 'YYYY-MM-DDThh:mm:ss'.length)}Z`;
}
