import { awsAccountUid } from '#model/uid.ts';
import { isServiceLinkedRole } from '../arn.ts';
import type { KeyLookup } from '../condition/key-value.ts';
import type { PolicyDocument } from '../document.ts';
import type { Estate } from '../estate.ts';
import { boundaryOf, identityDocuments } from '../policy-source.ts';
import type { Principal } from '../principal.ts';
import { homeOf, type Home } from '../reach.ts';
import { accountLimits, resourceLimits } from './account-limits.ts';
import type { Bits } from './bits.ts';
import { documentSets, effectOf } from './document-sets.ts';
import { grantsTo, resourceGrants } from './resource-grants.ts';
import type { SetPart } from './set-part.ts';
import { NO_EXTENT, type Extents } from './statement-sets.ts';

/** What all the policies that bear on a principal give it, leave it and take from it. */
export interface Effects {
  /** null: everything, as the root user has it. */
  readonly allows: readonly Extents[] | null;
  /** What the permissions boundary allows; null: there is none, or it is not known. */
  readonly boundary: readonly Extents[] | null;
  /** What resources' own policies give, on some resource each. */
  readonly onResources: readonly SetPart[];
  /** What the organisation allows; null: everything. */
  readonly allowed: Bits | null;
  readonly denies: readonly Extents[];
  /** What is missing or not understood: an identity policy, which may also allow more, or only limits. */
  readonly missing: 'grants' | 'limits' | null;
}

/**
 * Gathers the effects on a user, role or root user, of whom `lookUp` tells. Policies of an organisation that were not
 * collected have none.
 */
export function effectsOn(estate: Estate, principal: Principal, lookUp: KeyLookup): Effects {
  const home = homeOf(principal.partition, principal.account ?? '');
  const identity = principal.kind === 'root' ? null : principal.identity;
  const allows: Extents[] = [];
  const denies: Extents[] = [];
  const own = identity === null ? [] : identityDocuments(estate, identity.uid);
  const hasGrants = gather(own, home, lookUp, allows, denies);

  const boundary = identity === null ? null : boundaryOf(estate, identity.uid);
  const within: Extents[] = [];
  const hasBoundary = boundary === null || gather([boundary.document], home, lookUp, within, denies);
  const isServiceLinked = principal.kind === 'role' && isServiceLinkedRole(principal.name);
  const limits = isServiceLinked ? null : accountLimits(estate, home);
  denies.push(limits === null ? resourceLimits(estate, home) : limits.deny);
  for (const statement of limits?.varying ?? []) denies.push(effectOf(statement, lookUp).deny);
  const hasLimits = hasBoundary && limits?.incomplete !== true;
  return {
    allows: principal.kind === 'root' ? null : allows,
    boundary: boundary !== null && hasBoundary ? within : null,
    onResources: onResources(estate, principal, home, lookUp),
    allowed: limits?.allowed ?? null,
    denies,
    missing: !hasGrants ? 'grants' : hasLimits ? null : 'limits',
  };
}

/** Notes what the policies allow and deny; false where one of them is missing or not understood. */
function gather(
  documents: readonly (PolicyDocument | null)[],
  home: Home,
  lookUp: KeyLookup,
  allows: Extents[],
  denies: Extents[],
): boolean {
  let complete = true;
  for (const document of documents) {
    if (document === null || document.problem !== null) {
      complete = false;
      continue;
    }
    const { allow, deny, varying } = documentSets(document, home);
    if (allow !== NO_EXTENT) allows.push(allow);
    if (deny !== NO_EXTENT) denies.push(deny);
    for (const statement of varying) {
      const effect = effectOf(statement, lookUp);
      allows.push(effect.allow);
      denies.push(effect.deny);
    }
  }
  return complete;
}

const NONE: readonly SetPart[] = [];

function onResources(
  estate: Estate,
  principal: Principal,
  home: Home,
  lookUp: KeyLookup,
): readonly SetPart[] {
  const grants = grantsTo(resourceGrants(estate), principal, awsAccountUid(home.account), lookUp);
  return grants.length === 0 ? NONE : grants.map(({ actions }) => actions);
}
