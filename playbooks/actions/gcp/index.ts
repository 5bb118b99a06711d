import type { Action, Evaluator } from '#contract/action.ts';
import { deleteKey, disableKey } from './account-key.ts';
import { deleteApiKey } from './delete-api-key.ts';
import { disableAccount } from './disable-account.ts';
import { allowPolicies } from './evaluator.ts';
import { removeMember, removeTrustedMember } from './remove-member.ts';
import { applicationDefaultToken, type TokenOf } from './token.ts';

/** Everything that can be done in Google Cloud, with tokens from `tokenOf`. */
export function gcpActionsWith(tokenOf: TokenOf): readonly Action[] {
  return [
    disableAccount(tokenOf),
    disableKey(tokenOf),
    removeMember(tokenOf),
    removeTrustedMember(tokenOf),
    deleteApiKey(tokenOf),
    deleteKey(tokenOf),
  ];
}

/** What Google Cloud says of rights that should be gone, with tokens from `tokenOf`. */
export function gcpEvaluatorWith(tokenOf: TokenOf): Evaluator {
  return allowPolicies(tokenOf);
}

const tokenOf = applicationDefaultToken();

/** Everything that can be done in Google Cloud, with Application Default Credentials. */
export const gcpActions: readonly Action[] = gcpActionsWith(tokenOf);

/** What Google Cloud says of rights that should be gone, with Application Default Credentials. */
export const gcpEvaluator: Evaluator = gcpEvaluatorWith(tokenOf);
