import type { AskedSignIn } from '../../credentials/evidence.ts';
import type { AccountReading } from '../account.ts';
import { memberOf } from '../parts.ts';
import { allOf, eachOf, emitCredential, type UserName } from './user-credentials.ts';

const PASSWORD = 'iam:GetLoginProfile';

/** Emits the password and the signing certificates of a user that no credential report has, and tells how it signs in. */
export async function unreported(account: AccountReading, user: UserName): Promise<AskedSignIn> {
  const [hasPassword, devices] = await Promise.all([
    passwordOf(account, user),
    allOf(account, user, 'iam:ListMFADevices', 'MFADevices'),
    certificatesOf(account, user),
  ]);
  return { hasPassword, hasMfa: devices === null ? null : devices.length > 0 };
}

/** Emits the console password; true, false, or null where it could not be asked. */
async function passwordOf(account: AccountReading, user: UserName): Promise<boolean | null> {
  const options = { about: user.arn, orNone: true };
  const reply = await account.call(['credentials'], PASSWORD, { UserName: user.name }, options);
  // Where the call failed for one user, that there is none is not sure for any.
  if (reply === null) return account.intake.gaps.has(account.id, 'credentials', PASSWORD) ? null : false;
  emitCredential(account, user, `${user.arn}/console-password`, {
    id: '',
    kind: 'console-password',
    name: 'console password',
    createdAt: memberOf(reply['LoginProfile'], 'CreateDate'),
    expiresAt: null,
    raw: null,
  });
  return true;
}

/** By slot, as a credential report has them. */
async function certificatesOf(account: AccountReading, user: UserName): Promise<void> {
  let slot = 0;
  await eachOf(account, user, 'iam:ListSigningCertificates', 'Certificates', (item) => {
    slot++;
    return {
      id: String(slot),
      kind: 'signing-certificate',
      name: `signing certificate ${slot}`,
      createdAt: item['UploadDate'],
      expiresAt: null,
      raw: null,
    };
  });
}
