import { ACCESS_KEY } from './access-key.ts';
import { deactivation } from './user-credential.ts';

/** Sets an access key inactive: it signs nothing any more, and can be set active again. */
export const deactivateAccessKey = deactivation(ACCESS_KEY);
