import type { Identity } from '#model/identity.ts';
import { observe, type Observation } from '#model/record.ts';
import type { Uid } from '#model/system.ts';
import { gcpMemberUid } from '#model/uid.ts';
import type { Estate } from '../estate.ts';
import { type Fields, textOf } from '../fields.ts';
import { projectOfAccount } from '../naming.ts';
import type { Bound } from './bindings.ts';
import { agentHome, defaultOf, isFederated, isServiceAgent } from './member.ts';

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

/** Members that nobody lists: Google's agents, Google accounts of people, and members of pools with rights of their own. */
function* named(estate: Estate): Generator<Observation> {
  const homes = new Map<Uid, Uid>();
  for (const bound of estate.bindings) {
    if (estate.accounts.has(bound.principalUid) || sortOf(bound) === null) continue;
    const home = homeOf(bound, estate);
    const known = homes.get(bound.principalUid);
    // The same whatever the order in which the policies were read.
    if (known === undefined || home < known) homes.set(bound.principalUid, home);
  }
  for (const bound of estate.bindings) {
    const { principalUid: uid } = bound;
    const scopeUid = homes.get(uid);
    const sort = sortOf(bound);
    if (scopeUid === undefined || sort === null) continue;
    homes.delete(uid);
    const name = uid.replace(/^gcp:\w+:(?:\/\/iam\.googleapis\.com\/)?/u, '');
    yield identity(estate, {
      ...sort,
      uid,
      scopeUid,
      name,
      enabled: null,
      tags: {},
      providerId: null,
      raw: null,
    });
  }
}

type Sort = Pick<Identity, 'kind' | 'class' | 'classReason' | 'managedBy'>;

/** What a member is that is an identity without being listed; null: it is none, or only becomes a service account. */
function sortOf({ principalUid, member, resource }: Bound): Sort | null {
  if (principalUid.startsWith('gcp:user:')) {
    const classReason = 'a Google account that a policy names as a user';
    return { kind: 'user', class: 'human', classReason, managedBy: 'customer' };
  }
  const email = /^gcp:serviceAccount:([^[\]]+)$/u.exec(principalUid)?.[1];
  if (email !== undefined && isServiceAgent(email)) {
    const classReason = "an account of Google's services";
    return { kind: 'service-agent', class: 'non-human', classReason, managedBy: 'provider' };
  }
  const isSingle = isFederated(member) && !member.startsWith('principalSet:');
  if (!isSingle || resource?.startsWith('//iam.googleapis.com/') === true) return null;
  const isPerson = member.includes('/workforcePools/');
  const classReason = `a member of a ${isPerson ? 'workforce' : 'workload identity'} pool`;
  return {
    kind: 'federated-principal',
    class: isPerson ? 'human' : 'non-human',
    classReason,
    managedBy: 'customer',
  };
}

/** Where a member that no project lists is kept: an agent's own scope, a pool's project, else the organisation. */
function homeOf({ principalUid, scopeUid }: Bound, { naming, hierarchy }: Estate): Uid {
  const email = /^gcp:serviceAccount:([^[\]]+)$/u.exec(principalUid)?.[1];
  if (email !== undefined) return agentHome(email, naming) ?? scopeUid;
  const project =
    /^gcp:principal:\/\/iam\.googleapis\.com\/(projects\/[^/]+)\//u.exec(principalUid)?.[1] ??
    principalUid.replace(/^gcp:serviceAccount:([^[\]]+)\.svc\.id\.goog\[.*$/u, 'projects/$1');
  if (project.startsWith('projects/')) return naming.scopeUid(project);
  return hierarchy.chainOf(scopeUid).at(-1) ?? scopeUid;
}

function identity(
  { hierarchy }: Estate,
  row: Omit<Identity, 'system' | 'createdAt' | 'environment'>,
): Observation {
  const environment = hierarchy.scopes.get(row.scopeUid)?.environment ?? null;
  // No API of Google tells when a service account was made.
  return observe('identities', { ...row, system: 'gcp', createdAt: null, environment });
}
