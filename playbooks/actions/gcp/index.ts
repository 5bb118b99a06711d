import type { Action } from '#contract/action.ts';
import { deleteKey, disableKey } from './account-key.ts';
import { applicationDefaultToken, type TokenOf } from './token.ts';

/** Everything that can be done in Google Cloud, with tokens from `tokenOf`. */
export function gcpActionsWith(tokenOf: TokenOf): readonly Action[] {
  return [disableKey(tokenOf), deleteKey(tokenOf)];
}

const tokenOf = applicationDefaultToken();

/** Everything that can be done in Google Cloud, with Application Default Credentials. */
export const gcpActions: readonly Action[] = gcpActionsWith(tokenOf);
