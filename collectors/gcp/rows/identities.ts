import type { Identity } from '#model/identity.ts';
import { observe, type Observation } from '#model/record.ts';
import type { Uid } from '#model/system.ts';
import { gcpMemberUid } from '#model/uid.ts';
import type { Estate } from '../estate.ts';
import { type Fields, textOf } from '../fields.ts';
import { projectOfAccount } from '../naming.ts';
import { agentHome, defaultOf, isServiceAgent } from './member.ts';

/** Says which service a service account is the default of. */
const DEFAULT_ACCOUNT_TAG = 'gcp:default-account-of';
/** The client id by which a Workspace domain delegates to a service account: it says that one can, not that one does. */
const OAUTH_CLIENT_TAG = 'gcp:oauth2-client-id';

/** Service accounts that were listed, service agents and people that policies name. */
export function* identityRows(estate: Estate): Generator<Observation> {
  for (const { fields } of estate.holdings.get('service-account') ?? []) {
    const email = textOf(fields, 'email')?.toLowerCase();
    if (email === undefined) continue;
    const project = textOf(fields, 'projectId') ?? projectOfAccount(email, textOf(fields, 'name'));
    const scopeUid = estate.naming.scopeUid(`projects/${project ?? 'unknown'}`);
    const isDefaultOf = defaultOf(email);
    const client = textOf(fields, 'oauth2ClientId');
    yield identity(estate, {
      uid: gcpMemberUid(`serviceAccount:${email}`),
      scopeUid,
      kind: isServiceAgent(email) ? 'service-agent' : 'service-account',
      name: email,
      class: 'non-human',
      classReason: 'a service account',
      managedBy: isServiceAgent(email) ? 'provider' : 'customer',
      enabled: enabledOf(fields),
      tags: {
        ...(isDefaultOf === null ? {} : { [DEFAULT_ACCOUNT_TAG]: isDefaultOf }),
        ...(client === null ? {} : { [OAUTH_CLIENT_TAG]: client }),
      },
      providerId: textOf(fields, 'uniqueId'),
      raw: fields,
    });
  }
  yield* named(estate);
}

/** A search gives the state of an asset, the API of IAM whether it is disabled, and leaves that out where it is not. */
function enabledOf(fields: Fields): boolean | null {
  const state = textOf(fields, 'state');
  if (state !== null) return state === 'ENABLED' ? true : state === 'DISABLED' ? false : null;
  return fields['disabled'] !== true;
}

/** Members that nobody lists: Google's agents, and Google accounts of people. */
function* named(estate: Estate): Generator<Observation> {
  const homes = new Map<Uid, Uid>();
  for (const { principalUid, scopeUid } of estate.bindings) {
    if (estate.accounts.has(principalUid)) continue;
    const home = homeOf(principalUid, scopeUid, estate);
    const known = homes.get(principalUid);
    // The same whatever the order in which the policies were read.
    if (home !== null && (known === undefined || home < known)) homes.set(principalUid, home);
  }
  for (const [uid, scopeUid] of homes) {
    const isUser = uid.startsWith('gcp:user:');
    const name = uid.replace(/^gcp:\w+:/u, '');
    yield identity(estate, {
      uid,
      scopeUid,
      kind: isUser ? 'user' : 'service-agent',
      name,
      class: isUser ? 'human' : 'non-human',
      classReason: isUser
        ? 'a Google account that a policy names as a user'
        : "an account of Google's services",
      managedBy: isUser ? 'customer' : 'provider',
      enabled: null,
      tags: {},
      providerId: null,
      raw: null,
    });
  }
}

/** Where a member that no project lists is kept: the organisation of the scope for people; null: it gets no row. */
function homeOf(principalUid: Uid, scopeUid: Uid, { naming, hierarchy }: Estate): Uid | null {
  if (principalUid.startsWith('gcp:user:')) return hierarchy.chainOf(scopeUid).at(-1) ?? scopeUid;
  const email = /^gcp:serviceAccount:([^[\]]+)$/u.exec(principalUid)?.[1];
  if (email === undefined || !isServiceAgent(email)) return null;
  return agentHome(email, naming) ?? scopeUid;
}

function identity(
  { hierarchy }: Estate,
  row: Omit<Identity, 'system' | 'createdAt' | 'environment'>,
): Observation {
  const environment = hierarchy.scopes.get(row.scopeUid)?.environment ?? null;
  // No API of Google tells when a service account was made.
  return observe('identities', { ...row, system: 'gcp', createdAt: null, environment });
}
