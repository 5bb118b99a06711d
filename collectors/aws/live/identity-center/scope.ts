import type { Scope } from '#model/scope.ts';
import type { Uid } from '#model/system.ts';

/**
 * Where it is said how reading Identity Center went. It is outside every account: what is not known of its people takes
 * nothing from what IAM says of its own users, groups and roles.
 */
export const IDENTITY_CENTER = 'identity-center';

/** Identity Center as a scope. */
export function identityCenterScope(uid: Uid): Scope {
  return {
    uid,
    system: 'aws',
    kind: 'directory',
    name: 'IAM Identity Center',
    parentUid: null,
    environment: null,
    tags: {},
    raw: null,
  };
}
