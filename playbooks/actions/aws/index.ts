import type { Action } from '#contract/action.ts';
import { attachQuarantine } from './attach-quarantine.ts';
import { deactivateAccessKey } from './deactivate-access-key.ts';
import { deactivateServiceCredential } from './deactivate-service-credential.ts';
import { deactivateSigningCertificate } from './deactivate-signing-certificate.ts';
import { deactivateSshKey } from './deactivate-ssh-key.ts';
import { deleteAccessKey } from './delete-access-key.ts';
import { deleteInlinePolicy } from './delete-inline-policy.ts';
import { deleteLoginProfile } from './delete-login-profile.ts';
import { deleteRole } from './delete-role.ts';
import { deleteServiceCredential } from './delete-service-credential.ts';
import { deleteSigningCertificate } from './delete-signing-certificate.ts';
import { deleteUser } from './delete-user.ts';
import { detachManagedPolicy } from './detach-managed-policy.ts';
import { removeFromGroups } from './remove-from-groups.ts';
import { removeTrustStatement } from './remove-trust-statement.ts';
import { revokeSessions } from './revoke-sessions.ts';

/** Everything that can be done in AWS. */
export const awsActions: readonly Action[] = [
  deactivateAccessKey,
  deactivateServiceCredential,
  deactivateSigningCertificate,
  deactivateSshKey,
  attachQuarantine,
  revokeSessions,
  removeFromGroups,
  detachManagedPolicy,
  deleteInlinePolicy,
  removeTrustStatement,
  deleteAccessKey,
  deleteLoginProfile,
  deleteServiceCredential,
  deleteSigningCertificate,
  deleteRole,
  deleteUser,
];
