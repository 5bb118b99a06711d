import type { AccessRecords } from '../engine.ts';
import type { Uid } from '#model/system.ts';
import { field, texts } from './deny-policy.ts';
import type { Place } from './hierarchy.ts';
import type { Principal } from './principal.ts';

/** A principal access boundary policy bound to a set of principals (https://cloud.google.com/iam/docs/principal-access-boundary-policies). */
export interface Boundary {
  readonly uid: Uid;
  /** The bound set: a principal set, or the scope whose principals it means. */
  readonly targetUid: Uid;
  /** The resources within which the principals may act, in the form of scope uids; null: not understood. */
  readonly resources: readonly Uid[] | null;
  readonly conditional: boolean;
}

/** Reads the document of a policy with its binding's condition beside it. */
export function readBoundary({ uid, targetUid, document }: AccessRecords['guardrails'][number]): Boundary {
  const details = field(document, 'details') ?? document;
  const rules = field(details, 'rules');
  const resources = Array.isArray(rules) ? rules.map((rule) => texts(field(rule, 'resources'))) : null;
  return {
    uid,
    targetUid,
    resources:
      resources === null || resources.includes(null)
        ? null
        : resources
            .flatMap((each) => each ?? [])
            .map((name) => name.replace(/^\/\/cloudresourcemanager\.googleapis\.com\//u, 'gcp:')),
    conditional: field(document, 'condition') !== null,
  };
}

/** The boundaries that bind a principal which lives under the scopes of `home`. */
export function boundariesOf(
  boundaries: readonly Boundary[],
  { denyForms, members }: Principal,
  home: readonly Uid[],
): Boundary[] {
  return boundaries.filter(({ targetUid }) => {
    const target = targetUid.replace(/^gcp:/u, '');
    return home.includes(targetUid) || members.has(target) || denyForms.has(target.toLowerCase());
  });
}

/**
 * Whether a principal may act at a place: what any of its boundaries lets in counts. null: none binds it. A boundary
 * that was not understood or whose binding has a condition leaves it open
 * (https://cloud.google.com/iam/docs/principal-access-boundary-policies#evaluation).
 */
export function eligible(bound: readonly Boundary[], place: Place): 'in' | 'out' | 'open' | null {
  if (bound.length === 0) return null;
  const within = bound.map(
    ({ resources }) => resources === null || resources.some((each) => place.scopes.includes(each)),
  );
  if (
    bound.some(({ resources, conditional }, at) => resources !== null && !conditional && within[at] === true)
  )
    return 'in';
  if (
    bound.every(
      ({ resources, conditional }, at) => resources !== null && !conditional && within[at] === false,
    )
  )
    return 'out';
  return 'open';
}
