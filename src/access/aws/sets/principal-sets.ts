import { addRange } from '#access/permission-set.ts';
import { awsActionCount, awsActionNumber } from '#catalogue/aws/actions.ts';
import { awsAccountUid } from '#model/uid.ts';
import { isServiceLinkedRole } from '../arn.ts';
import type { KeyLookup } from '../condition/key-value.ts';
import { contextOf } from '../context.ts';
import type { PolicyDocument } from '../document.ts';
import type { Estate } from '../estate.ts';
import { organizationOf } from '../organization.ts';
import { boundaryOf, identityDocuments } from '../policy-source.ts';
import type { Principal } from '../principal.ts';
import { homeOf, type Home } from '../reach.ts';
import { accountLimits, resourceLimits, type AccountLimits } from './account-limits.ts';
import { allow, clearBits, closeBits, keepCommonBits, noBits, deny, type Bits } from './bits.ts';
import { documentSets, effectOf } from './document-sets.ts';
import { grantsTo, resourceGrants } from './resource-grants.ts';
import { addPart, keepNumbers, removePart, type SetPart } from './set-part.ts';
import { NO_EXTENT, type Extents } from './statement-sets.ts';

/**
 * What a principal of the records can do with resources of its own account, for every action of the catalogue and,
 * under the number `unknownAction()`, for all others. An organisation's policies that were not collected limit
 * nothing here.
 */
export interface PrincipalSets extends Bits {
  /** What is missing or not understood: an identity policy, which may also allow more, or only limits. */
  missing: 'grants' | 'limits' | null;
}

/** Sets to be filled by `fillPrincipalSets`, as often as wanted. */
export function emptyPrincipalSets(): PrincipalSets {
  return { ...noBits(), missing: null };
}

/** Works out what a user, role or root user can do. What `into` held before is gone. */
export function fillPrincipalSets(estate: Estate, principal: Principal, into: PrincipalSets): void {
  clearBits(into);
  const home = homeOf(principal.partition, principal.account ?? '');
  const lookUp = lazyLookUp(() => principalContext(estate, principal));
  const denies: Extents[] = [];
  const identity = principal.kind === 'root' ? null : principal.identity;
  if (principal.kind === 'root') fillForRoot(into);
  const own = identity === null ? [] : identityDocuments(estate, identity.uid);
  const grantsComplete = addPolicies(own, home, lookUp, into, denies);

  let limitsComplete = true;
  const boundary = identity === null ? null : boundaryOf(estate, identity.uid);
  if (boundary !== null) {
    const limit = scratch();
    clearBits(limit);
    limitsComplete = addPolicies([boundary.document], home, lookUp, limit, denies);
    if (limitsComplete) keepCommonBits(into, limit);
  }
  const grants = grantsTo(resourceGrants(estate), principal, awsAccountUid(home.account), lookUp);
  for (const { actions } of grants) addPart(into.maybe, actions);

  if (principal.kind === 'role' && isServiceLinkedRole(principal.name))
    denies.push(resourceLimits(estate, home));
  else limitsComplete = addLimits(accountLimits(estate, home), lookUp, into, denies) && limitsComplete;
  for (const extents of denies) deny(into, extents);
  for (const set of [into.yes, into.firm, into.maybe]) addPart(set, alwaysAllowed());
  into.missing = !grantsComplete ? 'grants' : limitsComplete ? null : 'limits';
}

/** Adds what the policies allow and notes what they deny; false where one of them is missing or not understood. */
function addPolicies(
  documents: Iterable<PolicyDocument | null>,
  home: Home,
  lookUp: KeyLookup,
  into: Bits,
  denies: Extents[],
): boolean {
  let complete = true;
  for (const document of documents) {
    if (document === null || document.problem !== null) {
      complete = false;
      continue;
    }
    const sets = documentSets(document, home);
    allow(into, sets.allow);
    if (sets.deny !== NO_EXTENT) denies.push(sets.deny);
    for (const statement of sets.varying) {
      const effect = effectOf(statement, lookUp);
      allow(into, effect.allow);
      if (effect.deny !== NO_EXTENT) denies.push(effect.deny);
    }
  }
  closeBits(into);
  return complete;
}

/** Keeps within what an organisation allows and notes what it denies; false where some of it is not known. */
function addLimits(limits: AccountLimits, lookUp: KeyLookup, into: Bits, denies: Extents[]): boolean {
  if (limits.allowed !== null) keepCommonBits(into, limits.allowed);
  denies.push(limits.deny);
  for (const statement of limits.varying) denies.push(effectOf(statement, lookUp).deny);
  return !limits.incomplete;
}

/** Few policies ask who somebody is: it is found out for those that do. */
function lazyLookUp(make: () => KeyLookup): KeyLookup {
  let made: KeyLookup | undefined;
  return (key) => (made ??= make())(key);
}

/** What is known of a principal whatever it asks for. */
export function principalContext(estate: Estate, principal: Principal): KeyLookup {
  return contextOf({
    estate,
    principal,
    organization: principal.account === null ? null : organizationOf(estate, principal.account),
    action: '',
    resource: null,
    resourceAccount: null,
    given: {},
  });
}

function fillForRoot({ yes, firm, maybe }: Bits): void {
  for (const set of [yes, firm, maybe]) {
    addRange(set, 0, awsActionCount() + 1);
    removePart(set, keepNumbers([awsActionNumber('sts:AssumeRole')], awsActionCount() + 1));
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
