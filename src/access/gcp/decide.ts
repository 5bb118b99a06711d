import type { CloudRequest } from '../engine.ts';
import type { Decision, Reason } from '#model/decision.ts';
import { allowsFor } from './allows.ts';
import { attributesOf } from './condition.ts';
import type { Estate } from './estate.ts';
import { limitsOn } from './limits.ts';
import { homeOf, type Principal } from './principal.ts';

/**
 * Decides as Google Cloud does: principal access boundaries, then deny policies, then allow policies
 * (https://cloud.google.com/iam/docs/policy-types#evaluation). What was not collected makes an answer unknown that it
 * could change.
 */
export function decide(estate: Estate, principal: Principal, request: CloudRequest): Decision {
  const place = estate.hierarchy.placeOf(
    request.resource,
    request.scope ?? homeOf(principal.uid) ?? undefined,
  );
  if (place === null) {
    return unknown([
      { kind: 'missing', source: null, text: 'the resource’s project is not known: name it with the scope' },
    ]);
  }
  const attributes = attributesOf(place.resource, request.context);
  const limits = limitsOn(estate, principal, request.action, place, attributes);
  if (limits.verdict === 'denied') return { decision: 'denied', reasons: limits.reasons };

  const allows = allowsFor(estate, principal, request.action, place, attributes);
  if (allows.verdict === 'denied') {
    return allows.gaps.length > 0
      ? unknown([...allows.gaps, ...allows.reasons])
      : { decision: 'denied', reasons: allows.reasons };
  }
  if (allows.verdict === 'unknown' || limits.verdict === 'unknown')
    return unknown([...limits.reasons, ...allows.reasons]);
  const conditional = allows.verdict === 'conditional' || limits.verdict === 'conditional';
  return {
    decision: conditional ? 'conditional' : 'allowed',
    reasons: [...allows.reasons, ...limits.reasons],
  };
}

function unknown(reasons: readonly Reason[]): Decision {
  return { decision: 'unknown', reasons };
}
