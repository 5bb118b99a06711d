import {
  addRange,
  isEmpty,
  keepCommon,
  removeAll,
  fullSet,
  type PermissionSet,
} from '#access/permission-set.ts';
import { awsActionCount, awsServices, supportsRcp } from '#catalogue/aws/actions.ts';
import type { Estate } from '../estate.ts';
import { organizationOf, policyLevels, type PolicyLevel } from '../organization.ts';
import type { Home } from '../reach.ts';
import { noActions } from './action-set.ts';
import { addStrengths, keepCommonBits, noBits, type Bits } from './bits.ts';
import { documentSets, type DocumentSets } from './document-sets.ts';
import { addPart, keep, type SetPart } from './set-part.ts';
import type { Strengths } from './statement-sets.ts';

/** How an organisation's policies limit the principals and resources of an account. */
export interface AccountLimits {
  /** What every level allows; null: everything. */
  readonly allowed: Bits | null;
  readonly denies: readonly Strengths[];
  /** The denies whose conditions ask who the principal is. */
  readonly varying: DocumentSets['varying'];
  /** Some policy is missing or not understood, so that nothing allowed is sure. */
  readonly incomplete: boolean;
}

const FREE: AccountLimits = { allowed: null, denies: [], varying: [], incomplete: false };
const remembered = new WeakMap<Estate, Map<string, AccountLimits>>();

/** The limits of an account, worked out once. Policies that were not collected limit nothing here. */
export function accountLimits(estate: Estate, home: Home): AccountLimits {
  const known = remembered.get(estate) ?? new Map<string, AccountLimits>();
  const limits = known.get(home.account) ?? findLimits(estate, home);
  remembered.set(estate, known.set(home.account, limits));
  return limits;
}

function findLimits(estate: Estate, home: Home): AccountLimits {
  const organization = organizationOf(estate, home.account);
  const isBound = organization.status === 'member' && organization.managementAccount !== home.account;
  if (!isBound) return FREE;
  const scps = policyLevels(estate, organization, 'service-control-policy');
  const rcps = policyLevels(estate, organization, 'resource-control-policy');
  const bySubject = limitsOfScps(scps === 'unknown' ? [] : scps, home);
  const byResource = limitsOfRcps(rcps === 'unknown' ? [] : rcps, home);
  return {
    allowed: bySubject.allowed,
    denies: [...bySubject.denies, ...byResource.denies],
    varying: [...bySubject.varying, ...byResource.varying],
    incomplete: bySubject.incomplete || byResource.incomplete,
  };
}

function limitsOfScps(levels: readonly PolicyLevel[], home: Home): AccountLimits {
  let allowed: Bits | null = null;
  const documents = levels.map((level) => documentsOf(level, home));
  for (const { sets } of documents) {
    const level = noBits();
    for (const { allow, varying } of sets) {
      addStrengths(level, allow);
      // An allow that asks who the principal is may hold: more is not said here.
      for (const { statement, sets: own } of varying)
        if (statement.effect !== 'Deny') addPart(level.maybe, own.maybe);
    }
    if (allowed === null) allowed = level;
    else keepCommonBits(allowed, level);
  }
  return {
    allowed: allowed === null || isEverything(allowed) ? null : allowed,
    denies: documents.flatMap(({ sets }) => sets.map(({ deny }) => deny)),
    varying: documents.flatMap(({ sets }) => sets.flatMap(({ varying }) => varying)).filter(isDeny),
    incomplete: documents.some(({ incomplete }) => incomplete),
  };
}

/** They can only deny, and only what is done on the services that support them. */
function limitsOfRcps(levels: readonly PolicyLevel[], home: Home): AccountLimits {
  const documents = levels.map((level) => documentsOf(level, home));
  const sets = documents.flatMap((level) => level.sets);
  return {
    allowed: null,
    denies: sets.map(({ deny }) => onlyRcpServices(deny)),
    varying: sets
      .flatMap(({ varying }) => varying)
      .filter(isDeny)
      .map(({ statement, sets: own }) => ({ statement, sets: onlyRcpServices(own) })),
    incomplete: documents.some(({ incomplete }) => incomplete),
  };
}

function documentsOf(
  { policies }: PolicyLevel,
  home: Home,
): { readonly sets: readonly DocumentSets[]; readonly incomplete: boolean } {
  const documents = policies.map(({ document }) => document);
  const sound = documents.filter((document) => document !== null).filter(({ problem }) => problem === null);
  return {
    sets: sound.map((document) => documentSets(document, home)),
    incomplete: sound.length < documents.length,
  };
}

function isDeny({ statement }: DocumentSets['varying'][number]): boolean {
  return statement.effect !== 'Allow';
}

function isEverything({ yes }: Bits): boolean {
  const left = fullSet(awsActionCount() + 1);
  removeAll(left, yes);
  return isEmpty(left);
}

let rcpActions: PermissionSet | undefined;

function onlyRcpServices({ yes, firm, maybe }: Strengths): Strengths {
  const mask = (rcpActions ??= actionsUnderRcp());
  const masked = (part: SetPart): SetPart => {
    const set = noActions();
    addPart(set, part);
    keepCommon(set, mask);
    return keep(set);
  };
  return { yes: masked(yes), firm: masked(firm), maybe: masked(maybe) };
}

function actionsUnderRcp(): PermissionSet {
  const set = noActions();
  for (const { prefix, first, end } of awsServices().values())
    if (supportsRcp(prefix)) addRange(set, first, end);
  return set;
}
