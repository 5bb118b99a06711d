import { ACCESS_KEY } from './access-key.ts';
import { deletion } from './user-credential.ts';

/** Deletes an access key. Sessions that were made with it live on: see aws/revoke-sessions. */
export const deleteAccessKey = deletion(ACCESS_KEY);
