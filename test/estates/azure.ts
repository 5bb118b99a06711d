import type { PartialRows } from '#audit/example-rows.ts';
import type { Grant } from '#model/grant.ts';
import type { Identity } from '#model/identity.ts';
import type { Uid } from '#model/system.ts';

export const TENANT_UID: Uid = 'entra:tenant';
const SUBSCRIPTION_UID: Uid = '/subscriptions/one';

/** A service principal, called by its uid. */
export function servicePrincipal(uid: Uid, fields: Partial<Identity> = {}): PartialRows {
  const home = { system: 'azure', scopeUid: TENANT_UID } as const;
  return { identities: [{ ...home, uid, kind: 'service-principal', name: uid, ...fields }] };
}

/** A role assignment over a subscription. */
export function assignment(principalUid: Uid, role: string, fields: Partial<Grant> = {}): PartialRows {
  const home = { system: 'azure', scopeUid: SUBSCRIPTION_UID } as const;
  const uid = `${principalUid}->${role}`;
  return { grants: [{ ...home, uid, principalUid, roleUid: role, kind: 'role-assignment', ...fields }] };
}
