import { SERVICE_CREDENTIAL } from './service-credential.ts';
import { deactivation } from './user-credential.ts';

/** Sets it inactive, which setting it active undoes. */
export const deactivateServiceCredential = deactivation(SERVICE_CREDENTIAL);
