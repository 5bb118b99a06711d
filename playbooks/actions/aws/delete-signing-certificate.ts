import { SIGNING_CERTIFICATE } from './signing-certificate.ts';
import { deletion } from './user-credential.ts';

/** Deletes it for good. */
export const deleteSigningCertificate = deletion(SIGNING_CERTIFICATE);
