import { observe, type Observation } from '#model/record.ts';
import type { Trust } from '#model/trust.ts';
import { gcpMemberUid } from '#model/uid.ts';
import type { Held } from '../entities/entity.ts';
import type { Estate } from '../estate.ts';
import { memberOf, textOf, textsOf } from '../fields.ts';
import { projectOfAccount } from '../naming.ts';
import type { Bound } from './bindings.ts';
import { federationRows, isOpen } from './federation.ts';
import { poolScope, poolUid } from './groups.ts';
import { isFederated, isServiceAgent } from './member.ts';

/** Who may act as a service account by its own policy, and which issuers the pools let in. */
export function* trustRows(estate: Estate): Generator<Observation> {
  const acting = actingRoles(estate);
  for (const bound of estate.bindings) {
    const email = /\/serviceAccounts\/([^/]+@[^/]+)$/u.exec(bound.resource ?? '')?.[1];
    if (email !== undefined && acting(bound.role))
      yield observe('trusts', impersonation(bound, email, estate));
  }
  for (const held of estate.holdings.get('provider') ?? []) yield* provider(held, estate);
  yield* federationRows(estate);
}

/** Each of these, held on a service account, is enough to act as it (https://cloud.google.com/iam/docs/service-account-permissions). */
const ACTING = new Set(
  [
    'getAccessToken',
    'getOpenIdToken',
    'signJwt',
    'signBlob',
    'implicitDelegation',
    'actAs',
    'setIamPolicy',
  ].map((verb) => `iam.serviceAccounts.${verb}`),
).add('iam.serviceAccountKeys.create');

/** Roles of Google's that hold one of them, for when their permissions were not collected. */
const ACTING_ROLES = new Set(
  'owner editor iam.serviceAccountUser iam.serviceAccountTokenCreator iam.serviceAccountOpenIdTokenCreator iam.workloadIdentityUser iam.serviceAccountKeyAdmin iam.serviceAccountAdmin iam.securityAdmin'
    .split(' ')
    .map((name) => `roles/${name}`),
);

function actingRoles({ holdings }: Estate): (role: string) => boolean {
  const described = new Map(
    (holdings.get('role') ?? [])
      .filter(({ fields }) => Object.hasOwn(fields, 'includedPermissions'))
      .map(({ name, fields }) => [
        name,
        textsOf(fields, 'includedPermissions').some((each) => ACTING.has(each)),
      ]),
  );
  return (role) => described.get(role) ?? ACTING_ROLES.has(role);
}

function impersonation(
  { uid, scopeUid, role, member, principalUid, condition }: Bound,
  email: string,
  estate: Estate,
): Trust {
  return {
    uid: `${uid}#trust`,
    system: 'gcp',
    scopeUid,
    identityUid: gcpMemberUid(`serviceAccount:${email}`),
    trusted: principalUid,
    trustedKind: trustedKind(member),
    mechanism: isFederated(member) ? 'workload-identity' : 'impersonation',
    condition,
    external: isExternal(member, principalUid, estate),
    certainty: condition === null ? 'certain' : 'conditional',
    raw: { role, member },
  };
}

function trustedKind(member: string): Trust['trustedKind'] {
  if (member === 'allUsers' || member === 'allAuthenticatedUsers') return 'everyone';
  if (member.startsWith('deleted:')) return 'deleted-principal';
  if (isFederated(member)) return 'federated-subject';
  return /^(?:group|domain|project(?:Owner|Editor|Viewer)):/u.test(member) ? 'group' : 'identity';
}

/** Service accounts tell by their address whose they are; of people and groups it is not known. */
function isExternal(member: string, uid: string, { accounts, hierarchy, naming }: Estate): boolean | null {
  if (member === 'allUsers' || member === 'allAuthenticatedUsers') return true;
  const email = /^gcp:serviceAccount:([^[\]]+)$/u.exec(uid)?.[1];
  if (email === undefined) return null;
  if (accounts.has(uid) || isServiceAgent(email)) return false;
  const home = projectOfAccount(email, null);
  return home === null ? null : !hierarchy.scopes.has(naming.scopeUid(`projects/${home}`));
}

/** An issuer that a pool lets in. */
function* provider(held: Held, estate: Estate): Generator<Observation> {
  const { name, fields } = held;
  if (!isOpen(held, estate)) return;
  const poolName = name.replace(/\/providers\/[^/]+$/u, '');
  const pool = (estate.holdings.get('pool') ?? []).find((each) => each.name === poolName)?.fields ?? null;
  const attributeCondition = textOf(fields, 'attributeCondition');
  const attributeMapping = memberOf(fields, 'attributeMapping');
  const account = textOf(memberOf(fields, 'aws'), 'accountId');
  yield observe('trusts', {
    uid: `gcp:${name}`,
    system: 'gcp',
    scopeUid: poolScope(name, textOf(pool, 'parent'), estate),
    identityUid: poolUid(poolName, estate),
    trusted: account === null ? issuerOf(fields) : `aws:${account}`,
    trustedKind: account === null ? 'federation-provider' : 'account',
    mechanism: name.includes('/workforcePools/')
      ? 'workforce-identity-provider'
      : 'workload-identity-provider',
    condition: attributeCondition === null ? null : { attributeCondition, attributeMapping },
    external: null,
    certainty: attributeCondition === null ? 'certain' : 'conditional',
    raw: fields,
  });
}

function issuerOf(fields: Held['fields']): string {
  const issuer = textOf(memberOf(fields, 'oidc'), 'issuerUri');
  if (issuer !== null) return issuer;
  const metadata = textOf(memberOf(fields, 'saml'), 'idpMetadataXml');
  const entity = /\bentityID\s*=\s*["']([^"']{1,1024})["']/u.exec(metadata ?? '')?.[1];
  return entity ?? (memberOf(fields, 'x509') === null ? 'unknown' : 'x509');
}
