import { SSH_KEY } from './ssh-key.ts';
import { deactivation } from './user-credential.ts';

/** Sets it inactive, which setting it active undoes. */
export const deactivateSshKey = deactivation(SSH_KEY);
