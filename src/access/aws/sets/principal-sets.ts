import { add, addRange, removeAll, type PermissionSet } from '#access/permission-set.ts';
import { awsActionCount, awsActionNumber, awsServices } from '#catalogue/aws/actions.ts';
import { awsAccountUid } from '#model/uid.ts';
import { isServiceLinkedRole } from '../arn.ts';
import type { KeyLookup } from '../condition/key-value.ts';
import { contextOf } from '../context.ts';
import type { Estate } from '../estate.ts';
import { needsResourcePolicy } from '../evaluation.ts';
import { organizationOf } from '../organization.ts';
import { boundaryOf, identityPolicies, type PolicySource } from '../policy-source.ts';
import type { Principal } from '../principal.ts';
import type { Home } from '../reach.ts';
import { accountLimits } from './account-limits.ts';
import { noActions } from './action-set.ts';
import { addStrengths, clearBits, keepCommonBits, noBits, removeStrengths, type Bits } from './bits.ts';
import { documentSets, effectOf } from './document-sets.ts';
import { grantsTo, resourceGrants } from './resource-grants.ts';
import { addPart, removePart } from './set-part.ts';
import type { Strengths } from './statement-sets.ts';

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
  const home = { partition: principal.partition, account: principal.account ?? '' };
  const lookUp = principalContext(estate, principal);
  const denies: Strengths[] = [];
  if (principal.kind === 'root') fillForRoot(into);
  const identity = principal.kind === 'root' ? null : principal.identity;
  const own = identity === null ? [] : identityPolicies(estate, identity.uid);
  const grantsComplete = addPolicies(own, home, lookUp, into, denies);

  const boundary = identity === null ? null : boundaryOf(estate, identity.uid);
  let limitsComplete = true;
  if (boundary !== null) {
    const limit = cleared(scratch());
    limitsComplete = addPolicies([boundary], home, lookUp, limit, denies);
    if (limitsComplete) keepCommonBits(into, limit);
  }
  const grants = resourceGrants(estate);
  const scope = awsAccountUid(home.account);
  for (const { actions } of grantsTo(grants, principal, scope, lookUp)) addPart(into.maybe, actions);

  if (principal.kind !== 'role' || !isServiceLinkedRole(principal.name)) {
    const limits = accountLimits(estate, home);
    if (limits.allowed !== null) keepCommonBits(into, limits.allowed);
    denies.push(...limits.denies, ...limits.varying.map((statement) => effectOf(statement, lookUp).deny));
    limitsComplete &&= !limits.incomplete;
  }
  for (const deny of denies) removeStrengths(into, deny);
  removeAll(into.yes, settledByResource());
  removeAll(into.firm, settledByResource());
  const denied = grants.denied.get(scope);
  if (denied !== undefined) removePart(into.yes, denied);
  for (const set of [into.yes, into.firm, into.maybe]) add(set, awsActionNumber('sts:GetCallerIdentity'));
  into.missing = !grantsComplete ? 'grants' : limitsComplete ? null : 'limits';
}

/** Adds what the policies allow and notes what they deny; false where one of them is missing or not understood. */
function addPolicies(
  sources: readonly PolicySource[],
  home: Home,
  lookUp: KeyLookup,
  into: Bits,
  denies: Strengths[],
): boolean {
  let complete = true;
  for (const { document } of sources) {
    if (document === null || document.problem !== null) {
      complete = false;
      continue;
    }
    const { allow, deny, varying } = documentSets(document, home);
    addStrengths(into, allow);
    denies.push(deny);
    for (const statement of varying) {
      const effect = effectOf(statement, lookUp);
      addStrengths(into, effect.allow);
      denies.push(effect.deny);
    }
  }
  return complete;
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
    const forbidden = noActions();
    add(forbidden, awsActionNumber('sts:AssumeRole'));
    removeAll(set, forbidden);
  }
}

let resourceSettled: PermissionSet | undefined;

/** The actions that no identity policy can allow alone: see `needsResourcePolicy`. */
function settledByResource(): PermissionSet {
  if (resourceSettled !== undefined) return resourceSettled;
  const set = noActions();
  for (const prefix of ['sts', 'kms']) {
    const service = awsServices().get(prefix);
    for (const [index, name] of service?.names.entries() ?? []) {
      const number = (service?.first ?? 0) + index;
      const action = `${prefix}:${name.toLowerCase()}`;
      if (needsResourcePolicy({ action, number, resource: null })) add(set, number);
    }
  }
  resourceSettled = set;
  return set;
}

let limitBits: Bits | undefined;

/** One set of three for the limit at hand: filling sets is synchronous, so that nobody else has it meanwhile. */
function scratch(): Bits {
  return (limitBits ??= noBits());
}

function cleared(bits: Bits): Bits {
  clearBits(bits);
  return bits;
}
