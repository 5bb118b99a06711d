import type { Ask } from './ask.ts';
import type { Estate } from './estate.ts';
import { truthOfHits, type Hit } from './layer.ts';
import type { PolicySource } from './policy-source.ts';
import { matchPrincipal, type PrincipalMatch } from './principal-match.ts';
import type { Principal } from './principal.ts';
import { matchStatement } from './statement-match.ts';
import { allOf, type Truth } from './truth.ts';

type ResourcePolicy = NonNullable<ReturnType<Estate['resourcePolicies']['get']>>[number];

/** What the policies on the resource say of a request. */
export interface ResourceSide {
  /** Allows that mean the principal itself, its role, its account: see `principal-match.ts`. */
  readonly allow: PrincipalMatch;
  readonly deny: Truth;
  readonly allows: readonly Hit[];
  readonly denies: readonly Hit[];
}

/** A side that says nothing: no policy hangs on the resource. */
export const NO_POLICY: ResourceSide = {
  allow: { itself: 'no', role: 'no', account: 'no' },
  deny: 'no',
  allows: [],
  denies: [],
};

/** Asks the policies of one resource. */
export function evaluateResourceSide(
  estate: Estate,
  policies: readonly ResourcePolicy[],
  principal: Principal,
  hasBoundary: boolean,
  ask: Ask,
): ResourceSide {
  const allows: { readonly hit: Hit; readonly as: PrincipalMatch }[] = [];
  const denies: Hit[] = [];
  for (const source of policies.map((policy) => sourceOf(estate, policy))) {
    for (const { hit, as } of hitsOf(source, principal, hasBoundary, ask)) {
      if (hit.statement?.effect !== 'Deny') allows.push({ hit, as });
      const truth = allOf(hit.match.truth, leastExcused(as));
      if (hit.statement?.effect !== 'Allow') denies.push({ ...hit, match: { ...hit.match, truth } });
    }
  }
  const allowedAs = (kind: keyof PrincipalMatch): Truth =>
    truthOfHits(
      allows.map(({ hit, as }) => ({
        ...hit,
        match: { ...hit.match, truth: allOf(hit.match.truth, as[kind]) },
      })),
    );
  return {
    allow: { itself: allowedAs('itself'), role: allowedAs('role'), account: allowedAs('account') },
    deny: truthOfHits(denies),
    allows: allows.map(({ hit }) => hit),
    denies,
  };
}

/** The policies that hang on the resource or on what holds it. */
export function policiesOn(estate: Estate, resource: string): readonly ResourcePolicy[] {
  return policyHolders(resource).flatMap((uid) => estate.resourcePolicies.get(uid) ?? []);
}

/** The uids under which policies on a resource are kept: its own, an object's bucket, a function's without its version. */
export function policyHolders(resource: string): readonly string[] {
  const holder = /^(?:(arn:[^:]*:s3:::[^/]*)\/|(arn:[^:]*:lambda:[^:]*:[^:]*:function:[^:]*):)/u.exec(
    resource,
  );
  const uid = holder?.[1] ?? holder?.[2];
  return uid === undefined ? [resource] : [resource, uid];
}

function* hitsOf(
  source: PolicySource,
  principal: Principal,
  hasBoundary: boolean,
  ask: Ask,
): Generator<{ readonly hit: Hit; readonly as: PrincipalMatch }> {
  const { document } = source;
  if (document === null || document.problem !== null) {
    const match = { truth: 'unknown', resource: 'unknown', unsettled: [] } as const;
    yield { hit: { source, statement: null, match }, as: UNSURE };
    return;
  }
  for (const statement of document.statements) {
    const as =
      statement.principals === null
        ? UNSURE
        : matchPrincipal(statement.principals, principal, ask.action, hasBoundary);
    if (as.itself === 'no' && as.role === 'no' && as.account === 'no') continue;
    const match = matchStatement(statement, ask);
    if (match.truth !== 'no') yield { hit: { source, statement, match }, as };
  }
}

const UNSURE: PrincipalMatch = { itself: 'unknown', role: 'no', account: 'no' };

/** A deny holds as soon as it means the principal in any way. */
function leastExcused({ itself, role, account }: PrincipalMatch): Truth {
  if (itself === 'yes' || role === 'yes' || account === 'yes') return 'yes';
  return itself;
}

function sourceOf(estate: Estate, { uid, kind, resourceUid, document }: ResourcePolicy): PolicySource {
  const title = kind === 'trust' ? `the trust policy of ${resourceUid}` : `the policy of ${resourceUid}`;
  return { uid, title, document: document === null ? null : estate.documentOf(document), grant: null };
}
