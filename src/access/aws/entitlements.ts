import type { PermissionSet } from '../permission-set.ts';
import { awsActionNumber } from '#catalogue/aws/actions.ts';
import { AWS_CAPABILITIES, awsCapabilityActions } from '#catalogue/aws/capabilities.ts';
import type { Capability, Certainty, Entitlement } from '#model/entitlement.ts';
import type { Uid } from '#model/system.ts';
import { awsAccountUid } from '#model/uid.ts';
import type { KeyLookup } from './condition/key-value.ts';
import type { Estate } from './estate.ts';
import { identityPolicies } from './policy-source.ts';
import { resolvePrincipal, type Principal } from './principal.ts';
import { homeOf } from './reach.ts';
import { noActions, unknownAction } from './sets/action-set.ts';
import { documentSets, effectOf } from './sets/document-sets.ts';
import {
  emptyPrincipalSets,
  fillPrincipalSets,
  principalContext,
  type PrincipalSets,
} from './sets/principal-sets.ts';
import { grantsTo, resourceGrants } from './sets/resource-grants.ts';
import { fillCommon, keepNumbers, partIntersects, partWithin, type SetPart } from './sets/set-part.ts';
import type { Extents } from './sets/statement-sets.ts';

/**
 * What every user, role and root user can do in its account. `certain`: on every resource, but for some carved out by
 * name; `conditional`: on some resources, or if a condition holds; `unknown`: a policy that decides is missing. An
 * organisation's policies that were not collected are taken to limit nothing: `gaps` says so once.
 */
export function* entitlementsOf(estate: Estate): Generator<Entitlement> {
  const sets = emptyPrincipalSets();
  const room = noActions();
  for (const { uid } of estate.identities.values()) {
    const principal = resolvePrincipal(estate, uid);
    if (principal === null || principal.account === null) continue;
    fillPrincipalSets(estate, principal, sets);
    yield* entitlementsOfOne(estate, principal, principal.account, sets, room);
  }
}

function* entitlementsOfOne(
  estate: Estate,
  principal: Principal,
  account: string,
  sets: PrincipalSets,
  room: PermissionSet,
): Generator<Entitlement> {
  const sources = sourcesOf(estate, principal, account, room);
  for (const { capability, actions } of capabilitySets()) {
    const strength = strengthOf(capability, actions, sets);
    if (strength === null && sets.missing !== 'grants') continue;
    const certainty: Certainty =
      sets.missing === null ? (strength === 'firm' ? 'certain' : 'conditional') : 'unknown';
    const via = strength === null ? [] : sources.giving(actions, sets[strength], strength);
    yield {
      identityUid: principal.name,
      capability,
      scopeUid: awsAccountUid(account),
      certainty,
      via: [...new Set([...via, ...(sets.missing === 'grants' ? sources.missing : [])])].toSorted(),
    };
  }
}

interface CapabilitySet {
  readonly capability: Capability;
  readonly actions: SetPart;
}

let known: readonly CapabilitySet[] | undefined;

function capabilitySets(): readonly CapabilitySet[] {
  if (known !== undefined) return known;
  const named = new Set(AWS_CAPABILITIES.map(({ capability }) => capability));
  known = [
    { capability: 'admin', actions: partOf([...ADMIN_ACTIONS.map(awsActionNumber), unknownAction()]) },
    ...[...named].map((capability) => ({ capability, actions: partOf(awsCapabilityActions(capability)) })),
  ];
  return known;
}

/**
 * Besides every action that nobody knows yet, which only a policy about everything takes in, an administrator has all
 * the ways to change what roles may do. What else is carved out (a Region, a log, leaving the organisation) does not
 * make it less of one.
 */
export const ADMIN_ACTIONS: readonly string[] = [
  'iam:AttachRolePolicy',
  'iam:PutRolePolicy',
  'iam:CreatePolicyVersion',
  'iam:SetDefaultPolicyVersion',
  'iam:UpdateAssumeRolePolicy',
];

/** Whether somebody who can do this administers the account, and how surely; null: no. */
export function isAdministrator(sets: PrincipalSets): 'certain' | 'conditional' | null {
  const admin = capabilitySets().find(({ capability }) => capability === 'admin');
  const strength = admin === undefined ? null : strengthOf('admin', admin.actions, sets);
  if (strength === null) return null;
  return strength === 'firm' && sets.missing === null ? 'certain' : 'conditional';
}

/** `admin` needs all of its actions, any other capability one. */
function strengthOf(
  capability: Capability,
  actions: SetPart,
  { firm, maybe }: PrincipalSets,
): 'firm' | 'maybe' | null {
  const suffices = capability === 'admin' ? partWithin : partIntersects;
  return suffices(actions, firm) ? 'firm' : suffices(actions, maybe) ? 'maybe' : null;
}

interface Sources {
  /** The grants and resource policies that give some of the actions, as far as they are in `final`. */
  readonly giving: (actions: SetPart, final: PermissionSet, strength: 'firm' | 'maybe') => Uid[];
  /** The grants whose policies are missing or not understood. */
  readonly missing: readonly Uid[];
}

/** @param wanted room for the actions at hand, which `giving` uses until it returns */
function sourcesOf(estate: Estate, principal: Principal, account: string, wanted: PermissionSet): Sources {
  const home = homeOf(principal.partition, account);
  const lookUp = principalContext(estate, principal);
  const policies = principal.identity === null ? [] : identityPolicies(estate, principal.identity.uid);
  const isSound = ({ document }: (typeof policies)[number]): boolean => document?.problem === null;
  return {
    missing: policies.filter((policy) => !isSound(policy)).flatMap(({ grant }) => grant ?? []),
    giving: (actions, final, strength) => {
      fillCommon(actions, final, wanted);
      const own = policies.flatMap(({ document, grant }) => {
        if (document === null || grant === null || document.problem !== null) return [];
        const { allow, varying } = documentSets(document, home);
        const extents = [allow, ...varying.map((statement) => effectOf(statement, lookUp).allow)];
        return extents.some((extent) => gives(extent, wanted, strength)) ? [grant] : [];
      });
      return strength === 'firm'
        ? own
        : [...own, ...grantedByResources(estate, principal, account, lookUp, wanted)];
    },
  };
}

/** Whether an allow gives some of the actions at least that surely. */
function gives({ all, most, some }: Extents, wanted: PermissionSet, strength: 'firm' | 'maybe'): boolean {
  const parts = strength === 'firm' ? [all, most] : [all, most, some];
  return parts.some((part) => partIntersects(part, wanted));
}

function grantedByResources(
  estate: Estate,
  principal: Principal,
  account: string,
  lookUp: KeyLookup,
  wanted: PermissionSet,
): Uid[] {
  const grants = grantsTo(resourceGrants(estate), principal, awsAccountUid(account), lookUp);
  return [...grants]
    .filter(({ actions }) => partIntersects(actions, wanted))
    .map(({ policyUid }) => policyUid);
}

function partOf(numbers: readonly number[]): SetPart {
  return keepNumbers(
    numbers.toSorted((a, b) => a - b),
    unknownAction() + 1,
  );
}
