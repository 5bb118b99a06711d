import { SERVICE_CREDENTIAL } from './service-credential.ts';
import { deletion } from './user-credential.ts';

/** Deletes it for good. */
export const deleteServiceCredential = deletion(SERVICE_CREDENTIAL);
