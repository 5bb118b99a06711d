import { addRange } from '../../permission-set.ts';
import { awsActionCount, awsActionNumber } from '#catalogue/aws/actions.ts';
import type { KeyLookup } from '../condition/key-value.ts';
import { contextOf } from '../context.ts';
import type { Estate } from '../estate.ts';
import type { Principal } from '../principal.ts';
import { deny, fillBits, keepCommonBits, noBits, type Bits } from './bits.ts';
import { effectsOn, type Effects } from './effects.ts';
import { addPart, keepNumbers, removePart, type SetPart } from './set-part.ts';

/**
 * What a principal of the records can do with resources of its own account, for every action of the catalogue and,
 * under the number `unknownAction()`, for all others. An organisation's policies that were not collected limit
 * nothing here.
 */
export interface PrincipalSets extends Bits {
  /** See `Effects`: where something is missing, nothing that is allowed is sure. */
  missing: Effects['missing'];
}

/** Sets to be filled by `fillPrincipalSets`, as often as wanted. */
export function emptyPrincipalSets(): PrincipalSets {
  return { ...noBits(), missing: null };
}

/** Works out what a user, role or root user can do. What `into` held before is gone. */
export function fillPrincipalSets(estate: Estate, principal: Principal, into: PrincipalSets): void {
  const effects = effectsOn(estate, principal, principalContext(estate, principal));
  applyEffects(effects, into);
  into.missing = effects.missing;
}

/** What is known of a principal whatever it asks for. */
export function principalContext(estate: Estate, principal: Principal): KeyLookup {
  return contextOf({ estate, principal, action: '', resource: null, resourceAccount: null, given: null });
}

/** Puts the effects together: what is allowed, within the limits, without what is denied. */
export function applyEffects(effects: Effects, into: Bits): void {
  if (effects.allows === null) fillForRoot(into);
  else fillBits(into, effects.allows);
  if (effects.boundary !== null) {
    fillBits(scratch(), effects.boundary);
    keepCommonBits(into, scratch());
  }
  for (const part of effects.onResources) addPart(into.maybe, part);
  if (effects.allowed !== null) keepCommonBits(into, effects.allowed);
  for (const extents of effects.denies) deny(into, extents);
  addPart(into.yes, alwaysAllowed());
  addPart(into.firm, alwaysAllowed());
  addPart(into.maybe, alwaysAllowed());
}

function fillForRoot({ yes, firm, maybe }: Bits): void {
  const forbidden = keepNumbers([awsActionNumber('sts:AssumeRole')], awsActionCount() + 1);
  for (const set of [yes, firm, maybe]) {
    addRange(set, 0, awsActionCount() + 1);
    removePart(set, forbidden);
  }
}

let always: SetPart | undefined;

function alwaysAllowed(): SetPart {
  return (always ??= keepNumbers([awsActionNumber('sts:GetCallerIdentity')], awsActionCount() + 1));
}

let limitBits: Bits | undefined;

/** One set of three for the limit at hand: filling sets is synchronous, so that nobody else has it meanwhile. */
function scratch(): Bits {
  return (limitBits ??= noBits());
}
