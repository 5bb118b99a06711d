import { observe, type Observation } from '#model/record.ts';
import type { Instant } from '#model/system.ts';
import { entraUid } from '#model/uid.ts';
import type { Holdings } from '../estate.ts';
import { instantOf, objectOf, textOf, type Fields } from '../files/fields.ts';
import type { Knowledge } from './knowledge.ts';

/** What https://learn.microsoft.com/graph/api/resources/serviceprincipalsigninactivity leaves out. */
const BLIND_SPOTS = ['how far back it looks', 'sign-ins of managed identities'];

/** When an application last signed in as a client; null: without application or one that the tenant has. */
export function signInActivity(raw: Fields, known: Knowledge): Observation | null {
  const principal = known.principalOfApp.get(textOf(raw, 'appId') ?? '');
  if (principal === undefined) return null;
  // That others signed in to it as a resource is no use of its own rights.
  const times = ['applicationAuthenticationClientSignInActivity', 'delegatedClientSignInActivity']
    .map((name) => objectOf(raw[name]))
    .flatMap((each) => (each === null ? [] : [instantOf(each, 'lastSignInDateTime')]))
    .filter((each) => each !== null)
    .toSorted();
  return usage(known, {
    identityUid: entraUid(known.tenant, 'serviceprincipal', principal),
    credentialUid: null,
    lastUsedAt: times.at(-1) ?? null,
    source: 'entra:service-principal-sign-in-activity',
  });
}

/** When a secret or certificate was last used; null: it does not say whose it is. */
export function credentialActivity(raw: Fields, known: Knowledge): Observation | null {
  const credential = credentialOf(raw, known.tenant);
  return credential === null
    ? null
    : usage(known, { ...credential, source: 'entra:credential-sign-in-activity' });
}

/** The last uses that activities tell, by the credential's uid. */
export function lastUses(holdings: Holdings, tenant: string): ReadonlyMap<string, Instant> {
  const uses = (holdings.get('credential-activity') ?? []).flatMap(({ fields }): [string, Instant][] => {
    const credential = credentialOf(fields, tenant);
    return credential === null || credential.lastUsedAt === null
      ? []
      : [[credential.credentialUid, credential.lastUsedAt]];
  });
  return new Map(uses);
}

function credentialOf(raw: Fields, tenant: string) {
  const keyId = textOf(raw, 'keyId');
  const isPrincipals = textOf(raw, 'credentialOrigin') === 'servicePrincipal';
  const owner = textOf(raw, isPrincipals ? 'servicePrincipalObjectId' : 'appObjectId');
  if (keyId === null || owner === null) return null;
  const identityUid = entraUid(tenant, isPrincipals ? 'serviceprincipal' : 'application', owner);
  const kind = textOf(raw, 'keyType') === 'certificate' ? 'certificate' : 'client-secret';
  const activity = objectOf(raw['signInActivity']);
  return {
    identityUid,
    credentialUid: `${identityUid}/${kind}/${keyId}`.toLowerCase(),
    lastUsedAt: activity === null ? null : instantOf(activity, 'lastSignInDateTime'),
  };
}

function usage(
  { home }: Knowledge,
  said: {
    readonly identityUid: string;
    readonly credentialUid: string | null;
    readonly lastUsedAt: Instant | null;
    readonly source: string;
  },
): Observation {
  return observe('usages', {
    ...home,
    ...said,
    subject: said.credentialUid === null ? 'identity' : 'credential',
    permission: null,
    windowStart: null,
    windowEnd: null,
    blindSpots: BLIND_SPOTS,
  });
}
