import { SIGNING_CERTIFICATE } from './signing-certificate.ts';
import { deactivation } from './user-credential.ts';

/** Sets it inactive, which setting it active undoes. */
export const deactivateSigningCertificate = deactivation(SIGNING_CERTIFICATE);
