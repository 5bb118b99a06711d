import { observe, type Observation } from '#model/record.ts';
import { federatedSubjectUid } from '#model/uid.ts';
import type { Held } from '../entities/entity.ts';
import type { Estate } from '../estate.ts';
import { memberOf, textOf } from '../fields.ts';
import { poolUid } from './groups.ts';

/** The engine of access reads trusts of this mechanism as steps from a token's subject to a member of a pool. */
const MECHANISM = 'workload-identity-federation';

/** Which subjects of which issuers are the members of pools that policies name. */
export function* federationRows(estate: Estate): Generator<Observation> {
  const members = new Map(estate.bindings.map((bound) => [bound.principalUid, bound]));
  for (const held of estate.holdings.get('provider') ?? []) {
    const issuer = textOf(memberOf(held.fields, 'oidc'), 'issuerUri');
    if (issuer === null || !isOpen(held, estate)) continue;
    const pool = poolUid(held.name.replace(/\/providers\/[^/]+$/u, ''), estate).replace(/\/\*$/u, '');
    const prefixes = [pool.replace('principalSet:', 'principal:'), pool];
    for (const [uid, { scopeUid }] of members) {
      const prefix = prefixes.find((each) => uid.startsWith(`${each}/`));
      const subject = prefix === undefined ? null : subjectOf(uid.slice(prefix.length + 1), held, issuer);
      if (subject === null) continue;
      yield observe('trusts', {
        uid: `gcp:${held.name}#${uid}`,
        system: 'gcp',
        scopeUid,
        identityUid: uid,
        trusted: federatedSubjectUid(issuer, subject),
        trustedKind: 'federated-subject',
        mechanism: MECHANISM,
        condition: null,
        external: null,
        // An attribute condition may turn a token away.
        certainty: textOf(held.fields, 'attributeCondition') === null ? 'certain' : 'conditional',
        raw: { provider: held.name },
      });
    }
  }
}

/** A provider that is disabled or deleted, or whose pool is, lets nobody in. */
export function isOpen({ name, fields }: Held, { holdings }: Estate): boolean {
  const poolName = name.replace(/\/providers\/[^/]+$/u, '');
  const pool = (holdings.get('pool') ?? []).find((each) => each.name === poolName)?.fields ?? null;
  return ![fields, pool].some((each) => each?.['disabled'] === true || each?.['state'] === 'DELETED');
}

/** Claims that the subject of an issuer's tokens begins with, by the claim and the text around its value. */
const IN_SUBJECT: readonly (readonly [issuer: RegExp, claim: string, before: string, after: string])[] = [
  // https://docs.github.com/actions/reference/security/oidc#example-subject-claims
  [/^https:\/\/token\.actions\.githubusercontent\.com\/?$/u, 'assertion.repository', 'repo:', ':*'],
  [/^https:\/\/token\.actions\.githubusercontent\.com\/?$/u, 'assertion.repository_owner', 'repo:', '/*'],
  // https://docs.gitlab.com/ci/secrets/id_token_authentication/#token-payload
  [/^https:\/\/gitlab\.com\/?$/u, 'assertion.project_path', 'project_path:', ':*'],
];

/**
 * The subjects, with `*` for any text, whose tokens make somebody a member; null: what the member's attribute is made of
 * says nothing of the subject (https://cloud.google.com/iam/docs/workload-identity-federation#mapping).
 */
function subjectOf(rest: string, { fields }: Held, issuer: string): string | null {
  if (rest === '*') return '*';
  const mapping = memberOf(fields, 'attributeMapping');
  const subject = /^subject\/(.+)$/u.exec(rest)?.[1];
  if (subject !== undefined) return textOf(mapping, 'google.subject') === 'assertion.sub' ? subject : null;
  const [, attribute, value] = /^(attribute\.[^/]+)\/(.+)$/u.exec(rest) ?? [];
  if (attribute === undefined || value === undefined) return null;
  const claim = textOf(mapping, attribute);
  const known = IN_SUBJECT.find(([of, made]) => of.test(issuer) && made === claim);
  return known === undefined ? null : `${known[2]}${value}${known[3]}`;
}
