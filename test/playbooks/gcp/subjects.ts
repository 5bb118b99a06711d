import { completeRows } from '#audit/example-rows.ts';
import type { Action, Subject } from '#contract/action.ts';
import { gcpActionsWith } from '../../../playbooks/actions/gcp/index.ts';
import type { Credential } from '#model/credential.ts';
import type { Grant } from '#model/grant.ts';
import type { Identity } from '#model/identity.ts';
import type { Trust } from '#model/trust.ts';
import { goodToken } from './google-server.ts';

export const EMAIL = 'app@p.iam.gserviceaccount.com';
export const ACCOUNT = `projects/p/serviceAccounts/${EMAIL}`;
export const KEY = `${ACCOUNT}/keys/0123abcd`;
export const ACCOUNT_UID = `gcp:serviceAccount:${EMAIL}`;

type Of<Table extends Subject['table']> = Extract<Subject, { readonly table: Table }>;

const HOME = { system: 'gcp', scopeUid: 'gcp:projects/p' } as const;

/** The service account of the tests as the collector writes it. */
export function account(fields: Partial<Identity> = {}): Identity {
  const own = { ...HOME, uid: ACCOUNT_UID, kind: 'service-account', name: EMAIL, providerId: '1001' };
  const [row] = completeRows({
    identities: [{ ...own, raw: { name: ACCOUNT, uniqueId: '1001' }, ...fields }],
  }).identities;
  if (row === undefined) throw new Error('no row');
  return row;
}

/** A credential of it. */
export function credential(fields: Partial<Credential> = {}): Of<'credentials'> {
  const own = { ...HOME, uid: `gcp:${KEY}`, identityUid: ACCOUNT_UID, kind: 'key-file', name: '0123abcd' };
  const raw = { name: KEY, keyType: 'USER_MANAGED', keyOrigin: 'GOOGLE_PROVIDED' };
  const [row] = completeRows({ credentials: [{ ...own, raw, ...fields }] }).credentials;
  if (row === undefined) throw new Error('no row');
  return { table: 'credentials', row, identity: account() };
}

/** A binding that names it: viewer of its project where nothing else is said. */
export function grant(fields: Partial<Grant> = {}): Of<'grants'> {
  const own = {
    ...HOME,
    uid: 'g',
    principalUid: ACCOUNT_UID,
    roleUid: 'gcp:roles/viewer',
    kind: 'iam-binding',
  };
  const [row] = completeRows({ grants: [{ ...own, ...fields }] }).grants;
  if (row === undefined) throw new Error('no row');
  return { table: 'grants', row, identity: account(), role: null };
}

/** Somebody who may become it. */
export function trust(fields: Partial<Trust> = {}): Of<'trusts'> {
  const [row] = completeRows({ trusts: [{ ...HOME, uid: 't', identityUid: ACCOUNT_UID, ...fields }] }).trusts;
  if (row === undefined) throw new Error('no row');
  return { table: 'trusts', row, identity: account() };
}

/** One of the actions, with a token that the server of the tests knows. */
export function gcpAction(name: string): Action {
  const found = gcpActionsWith(goodToken).find(({ id }) => id === `gcp/${name}`);
  if (found === undefined) throw new Error(`no action ${name}`);
  return found;
}
