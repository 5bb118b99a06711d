import type { Reason } from '#model/decision.ts';
import { boundariesOf, eligible } from './boundary.ts';
import type { Attributes } from './cel/evaluate.ts';
import { denies } from './deny-policy.ts';
import type { Estate } from './estate.ts';
import { gapReasons } from './gap-reasons.ts';
import type { Place } from './hierarchy.ts';
import { homeOf, type Principal } from './principal.ts';

/** How boundaries and deny policies limit a request. */
export interface Limits {
  readonly verdict: 'denied' | 'conditional' | 'unknown' | 'none';
  readonly reasons: readonly Reason[];
}

/** What boundaries and deny policies do to a request. */
export function limitsOn(
  estate: Estate,
  principal: Principal,
  action: string,
  place: Place,
  attributes: Attributes,
): Limits {
  const reasons: Reason[] = [];
  const home = homeOf(principal.uid);
  const bound = boundariesOf(
    estate.boundaries,
    principal,
    home === null ? [] : estate.hierarchy.chainOf(home),
  );
  const within = eligible(bound, place);
  if (within === 'out' || within === 'open') {
    // Which permissions a boundary blocks depends on its enforcement version, whose list no catalogue here holds.
    const text =
      within === 'out'
        ? 'it lets the principal act elsewhere only, for the permissions it enforces'
        : 'whether it binds is open';
    reasons.push(
      ...bound.map(({ uid }) => ({
        kind: 'boundary',
        source: uid,
        text: `principal access boundary: ${text}`,
      })),
    );
  }
  for (const scopeUid of place.scopes.toReversed()) {
    for (const policy of estate.denyPolicies.get(scopeUid) ?? []) {
      const truth = denies(policy, principal, action, attributes);
      if (truth === 'true') {
        return {
          verdict: 'denied',
          reasons: [
            { kind: 'deny', source: policy.uid, text: `a deny policy on ${scopeUid} denies ${action}` },
          ],
        };
      }
      if (truth === 'open')
        reasons.push({
          kind: 'deny-open',
          source: policy.uid,
          text: `a deny policy on ${scopeUid} may deny ${action}`,
        });
    }
  }
  const missing = gapReasons(estate, 'guardrails', place.scopes, 'deny policies are not all known');
  if (within === 'out' || missing.length > 0)
    return { verdict: 'unknown', reasons: [...reasons, ...missing] };
  return { verdict: reasons.length > 0 ? 'conditional' : 'none', reasons };
}
