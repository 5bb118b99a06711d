import {
  addRange,
  isEmpty,
  keepCommon,
  removeAll,
  fullSet,
  type PermissionSet,
} from '../../permission-set.ts';
import { awsActionCount, awsServices, supportsRcp } from '#catalogue/aws/actions.ts';
import { awsAccountUid } from '#model/uid.ts';
import type { Estate } from '../estate.ts';
import { organizationOf, policyLevels, type PolicyLevel } from '../organization.ts';
import type { Home } from '../reach.ts';
import { noActions } from './action-set.ts';
import { fillBits, keepCommonBits, noBits, type Bits } from './bits.ts';
import { documentSets, type DocumentSets } from './document-sets.ts';
import { resourceGrants } from './resource-grants.ts';
import { addPart, keep, NOTHING, type SetPart } from './set-part.ts';
import { settledByResource } from './settled-by-resource.ts';
import { given, joinExtents, NO_EXTENT, type Extents } from './statement-sets.ts';

/** How an organisation's policies limit the principals and resources of an account. */
export interface AccountLimits {
  /** What every level allows; null: everything. */
  readonly allowed: Bits | null;
  /** What is denied to everybody, or what a resource's own policy has to settle. */
  readonly deny: Extents;
  /** The denies whose conditions ask who the principal is. */
  readonly varying: DocumentSets['varying'];
  /** Some policy is missing or not understood, so that nothing allowed is sure. */
  readonly incomplete: boolean;
}

const FREE: AccountLimits = { allowed: null, deny: NO_EXTENT, varying: [], incomplete: false };
const remembered = new WeakMap<Estate, Map<string, AccountLimits>>();

/** What binds a service-linked role too: the resources' own policies. */
export function resourceLimits(estate: Estate, home: Home): Extents {
  const denied = resourceGrants(estate).denied.get(awsAccountUid(home.account)) ?? NOTHING;
  return { all: NOTHING, most: settledByResource(), some: denied };
}

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
  const resources = resourceLimits(estate, home);
  if (!isBound) return { ...FREE, deny: resources };
  const scps = policyLevels(estate, organization, 'service-control-policy');
  const rcps = policyLevels(estate, organization, 'resource-control-policy');
  const bySubject = limitsOfScps(scps === 'unknown' ? [] : scps, home);
  const byResource = limitsOfRcps(rcps === 'unknown' ? [] : rcps, home);
  return {
    allowed: bySubject.allowed,
    deny: [bySubject.deny, byResource.deny].reduce(joinExtents, resources),
    varying: [...bySubject.varying, ...byResource.varying],
    incomplete: bySubject.incomplete || byResource.incomplete,
  };
}

function limitsOfScps(levels: readonly PolicyLevel[], home: Home): AccountLimits {
  let allowed: Bits | null = null;
  const documents = levels.map((level) => documentsOf(level, home));
  for (const { sets } of documents) {
    const level = noBits();
    // An allow that asks who the principal is may hold: more is not said here.
    const perhaps = sets
      .flatMap(({ varying }) => varying)
      .filter(({ statement }) => statement.effect !== 'Deny');
    fillBits(level, [...sets.map(({ allow }) => allow), ...perhaps.map((one) => given(one.sets, 'open'))]);
    if (allowed === null) allowed = level;
    else keepCommonBits(allowed, level);
  }
  return {
    allowed: allowed === null || isEverything(allowed) ? null : allowed,
    deny: documents.flatMap(({ sets }) => sets.map(({ deny }) => deny)).reduce(joinExtents, NO_EXTENT),
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
    deny: onlyRcpServices(sets.map(({ deny }) => deny).reduce(joinExtents, NO_EXTENT)),
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

function onlyRcpServices({ all, most, some }: Extents): Extents {
  const mask = (rcpActions ??= actionsUnderRcp());
  const masked = (part: SetPart): SetPart => {
    const set = noActions();
    addPart(set, part);
    keepCommon(set, mask);
    return keep(set);
  };
  return { all: masked(all), most: masked(most), some: masked(some) };
}

function actionsUnderRcp(): PermissionSet {
  const set = noActions();
  for (const { prefix, first, end } of awsServices().values())
    if (supportsRcp(prefix)) addRange(set, first, end);
  return set;
}
