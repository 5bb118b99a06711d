import type { Action, Evaluator } from '#contract/action.ts';
import { removeCertificate, removePassword } from './application-credential.ts';
import {
  deleteAppRoleAssignment,
  deleteConsentGrant,
  deleteDirectoryRoleAssignment,
  deleteFederatedCredential,
} from './directory-grants.ts';
import { disableServicePrincipal } from './disable-service-principal.ts';
import { assignmentsReadAgain } from './evaluator.ts';
import { deleteManagedFederatedCredential, deleteRoleAssignment } from './resource-grants.ts';
import { defaultToken, type TokenOf } from './token.ts';

/** Everything that can be done in Azure and Entra, with tokens from `tokenOf`. */
export function azureActionsWith(tokenOf: TokenOf): readonly Action[] {
  return [
    disableServicePrincipal(tokenOf),
    deleteFederatedCredential(tokenOf),
    deleteManagedFederatedCredential(tokenOf),
    deleteRoleAssignment(tokenOf),
    deleteAppRoleAssignment(tokenOf),
    deleteConsentGrant(tokenOf),
    deleteDirectoryRoleAssignment(tokenOf),
    removePassword(tokenOf),
    removeCertificate(tokenOf),
  ];
}

/** What Azure and Entra say of rights that should be gone, with tokens from `tokenOf`. */
export function azureEvaluatorWith(tokenOf: TokenOf): Evaluator {
  return assignmentsReadAgain(tokenOf);
}

const tokenOf = defaultToken();

/** Everything that can be done in Azure and Entra, with the machine's credential. */
export const azureActions: readonly Action[] = azureActionsWith(tokenOf);

/** What Azure and Entra say of rights that should be gone, with the machine's credential. */
export const azureEvaluator: Evaluator = azureEvaluatorWith(tokenOf);
