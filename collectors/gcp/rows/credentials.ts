import type { Credential } from '#model/credential.ts';
import { observe, type Observation } from '#model/record.ts';
import { gcpMemberUid } from '#model/uid.ts';
import type { Held } from '../entities/entity.ts';
import type { Estate } from '../estate.ts';
import { instantOf, textOf } from '../fields.ts';
import type { Activities } from './activities.ts';
import { evidenceOf, keyUsage } from './usages.ts';

/** Keys of service accounts, HMAC keys and API keys: what is known about them, never their values. */
export function* credentialRows(estate: Estate, activities: Activities): Generator<Observation> {
  for (const held of estate.holdings.get('key') ?? []) yield* accountKey(held, estate, activities);
  for (const held of estate.holdings.get('hmac-key') ?? []) yield* hmacKey(held, estate);
  for (const held of estate.holdings.get('api-key') ?? []) yield* apiKey(held, estate);
}

/**
 * A key that the customer looks after. Google makes, holds and rotates the system-managed ones, and nobody else can
 * have a copy of them: they are no credentials of the customer's
 * (https://cloud.google.com/iam/docs/service-account-creds#key-types).
 */
function* accountKey({ name, fields }: Held, estate: Estate, activities: Activities): Generator<Observation> {
  if (fields['keyType'] === 'SYSTEM_MANAGED') return;
  const resource = estate.naming.resource(`//iam.googleapis.com/${name.replace(/^\/\/[^/]+\//u, '')}`);
  const [, project = '', email = '', id = ''] =
    /projects\/([^/]+)\/serviceAccounts\/([^/]+)\/keys\/([^/]+)$/u.exec(resource) ?? [];
  const scopeUid = estate.naming.scopeUid(`projects/${project}`);
  const identityUid = gcpMemberUid(`serviceAccount:${email}`);
  const uid = `gcp:projects/${project}/serviceAccounts/${email}/keys/${id}`;
  const usage = keyUsage(resource, { scopeUid, identityUid, credentialUid: uid }, activities);
  if (usage !== null) yield observe('usages', usage);
  yield observe('credentials', {
    uid,
    system: 'gcp',
    scopeUid,
    identityUid,
    kind: 'key-file',
    name: id,
    enabled: fields['disabled'] !== true,
    createdAt: instantOf(fields, 'validAfterTime'),
    expiresAt: expiryOf(fields['validBeforeTime']),
    lastUsedAt: usage?.lastUsedAt ?? null,
    lastUsedEvidence: evidenceOf(usage),
    raw: fields,
  });
}

/** The last second of the year 9999 stands for no end (https://cloud.google.com/iam/docs/reference/rest/v1/projects.serviceAccounts.keys). */
function expiryOf(validBefore: unknown): string | null {
  const isNever = typeof validBefore === 'string' && validBefore.startsWith('9999-');
  return isNever || typeof validBefore !== 'string' ? null : instantOf({ validBefore }, 'validBefore');
}

/** https://cloud.google.com/storage/docs/json_api/v1/projects/hmacKeys */
function* hmacKey({ name, fields }: Held, { naming }: Estate): Generator<Observation> {
  const state = textOf(fields, 'state');
  const email = textOf(fields, 'serviceAccountEmail')?.toLowerCase();
  const project = textOf(fields, 'projectId') ?? /^([^/]+)\//u.exec(textOf(fields, 'id') ?? '')?.[1];
  if (state === 'DELETED' || email === undefined || project === undefined) return;
  const scopeUid = naming.scopeUid(`projects/${project}`);
  yield observe('credentials', {
    ...untracked,
    uid: `${scopeUid}/hmacKeys/${name}`,
    scopeUid,
    identityUid: gcpMemberUid(`serviceAccount:${email}`),
    kind: 'hmac-key',
    name,
    enabled: state === null ? null : state === 'ACTIVE',
    createdAt: instantOf(fields, 'timeCreated'),
    raw: fields,
  });
}

/**
 * A key that is bound to a service account acts as it; any other only says which project asks, and is an identity of its
 * own, since whoever sends it is nobody else (https://cloud.google.com/docs/authentication/api-keys).
 */
function* apiKey({ name, fields }: Held, { naming, hierarchy }: Estate): Generator<Observation> {
  if (textOf(fields, 'deleteTime') !== null) return;
  const [, project = '', id = ''] = /^projects\/([^/]+)\/locations\/[^/]+\/keys\/([^/]+)$/u.exec(name) ?? [];
  const scopeUid = naming.scopeUid(`projects/${project}`);
  const uid = `${scopeUid}/locations/global/keys/${id}`;
  const account = textOf(fields, 'serviceAccountEmail')?.toLowerCase();
  const identityUid = account === undefined ? `gcp:apiKey:${id}` : gcpMemberUid(`serviceAccount:${account}`);
  const label = textOf(fields, 'displayName') ?? id;
  const createdAt = instantOf(fields, 'createTime');
  if (account === undefined) {
    yield observe('identities', {
      uid: identityUid,
      system: 'gcp',
      scopeUid,
      kind: 'api-key',
      name: label,
      class: 'non-human',
      classReason: 'an API key that is bound to no service account',
      managedBy: 'customer',
      enabled: true,
      createdAt,
      tags: {},
      environment: hierarchy.scopes.get(scopeUid)?.environment ?? null,
      providerId: textOf(fields, 'uid'),
      raw: fields,
    });
  }
  yield observe('credentials', {
    ...untracked,
    uid,
    scopeUid,
    identityUid,
    kind: 'api-key',
    name: label,
    enabled: true,
    createdAt,
    raw: fields,
  });
}

/** No API tells when such a key was last used, and none of them ends by itself. */
const untracked: Pick<Credential, 'system' | 'expiresAt' | 'lastUsedAt' | 'lastUsedEvidence'> = {
  system: 'gcp',
  expiresAt: null,
  lastUsedAt: null,
  lastUsedEvidence: 'none',
};
