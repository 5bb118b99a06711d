import type { PartialRows } from '#audit/example-rows.ts';
import type { Identity } from '#model/identity.ts';
import type { Uid } from '#model/system.ts';
import type { Trust } from '#model/trust.ts';
import { gcpMemberUid } from '#model/uid.ts';

export const PROJECT_UID: Uid = 'gcp:projects/p';

/** The uid of the service account `name` of the project. */
export function gsaUid(name: string): Uid {
  return gcpMemberUid(`serviceAccount:${name}@p.iam.gserviceaccount.com`);
}

/** A service account of Google Cloud. */
export function googleAccount(name: string, fields: Partial<Identity> = {}): PartialRows {
  const home = { system: 'gcp', scopeUid: PROJECT_UID, kind: 'service-account' } as const;
  return { identities: [{ ...home, uid: gsaUid(name), name, ...fields }] };
}

/** A trust in the project; `uid` is how the test calls it. */
export function googleTrust(uid: string, fields: Partial<Trust>): PartialRows {
  return { trusts: [{ system: 'gcp', scopeUid: PROJECT_UID, uid, ...fields }] };
}
