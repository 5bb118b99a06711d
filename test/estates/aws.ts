import type { PartialRows } from '#audit/example-rows.ts';
import type { Credential } from '#model/credential.ts';
import type { Grant, Role } from '#model/grant.ts';
import type { Identity } from '#model/identity.ts';
import type { Json, Uid } from '#model/system.ts';
import type { Trust } from '#model/trust.ts';
import type { Usage } from '#model/usage.ts';

export const ACCOUNT = '111111111111';
export const ACCOUNT_UID: Uid = `aws:${ACCOUNT}`;

/** `arn:aws:iam::<account>:user/app` for `user/app`. */
export function arn(path: string): Uid {
  return `arn:aws:iam::${ACCOUNT}:${path}`;
}

/** An IAM user that programs use. */
export function awsUser(name: string, fields: Partial<Identity> = {}): PartialRows {
  return { identities: [{ uid: arn(`user/${name}`), kind: 'iam-user', name, ...fields }] };
}

/** An IAM role. */
export function awsRole(name: string, fields: Partial<Identity> = {}): PartialRows {
  return { identities: [{ uid: arn(`role/${name}`), kind: 'iam-role', name, ...fields }] };
}

/** An active access key of a user, made long ago; `id` alone is its uid. */
export function accessKey(user: string, id: string, fields: Partial<Credential> = {}): PartialRows {
  return {
    credentials: [{ uid: id, identityUid: arn(`user/${user}`), kind: 'access-key', name: id, ...fields }],
  };
}

/** An active console password of a user. */
export function consolePassword(user: string, fields: Partial<Credential> = {}): PartialRows {
  const identityUid = arn(`user/${user}`);
  return {
    credentials: [
      { uid: `${identityUid}/console-password`, identityUid, kind: 'console-password', ...fields },
    ],
  };
}

/** A policy of the customer. */
export function policy(name: string, fields: Partial<Role> = {}): PartialRows {
  return { roles: [{ uid: arn(`policy/${name}`), name, ...fields }] };
}

/** A policy attached to a user, role (`user/app`) or group. */
export function attached(principal: string, policyName: string, fields: Partial<Grant> = {}): PartialRows {
  const [principalUid, roleUid] = [arn(principal), arn(`policy/${policyName}`)];
  const principalKind = principal.startsWith('group/') ? 'group' : 'identity';
  return {
    grants: [{ uid: `${principalUid}->${roleUid}`, principalUid, principalKind, roleUid, ...fields }],
  };
}

/** A trust of a role; `uid` is how the test calls it. */
export function trust(role: string, uid: string, fields: Partial<Trust> = {}): PartialRows {
  return { trusts: [{ uid, identityUid: arn(`role/${role}`), ...fields }] };
}

/** The whole trust policy of a role. */
export function trustPolicy(role: string, document: Json): PartialRows {
  const resourceUid = arn(`role/${role}`);
  return { resourcePolicies: [{ uid: `${resourceUid}/trust`, resourceUid, kind: 'trust', document }] };
}

/** What one source says of the use of an identity as a whole (`role/app`). */
export function used(identity: string, fields: Partial<Usage>): PartialRows {
  return { usages: [{ identityUid: arn(identity), subject: 'identity', ...fields }] };
}

/** What one source says of the use of a user's key. */
export function keyUsed(user: string, credentialUid: Uid, fields: Partial<Usage>): PartialRows {
  return { usages: [{ identityUid: arn(`user/${user}`), credentialUid, subject: 'credential', ...fields }] };
}
