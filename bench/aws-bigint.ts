import { documentSets, effectOf, type DocumentSets } from '#access/aws/sets/document-sets.ts';
import { accountLimits } from '#access/aws/sets/account-limits.ts';
import { noActions } from '#access/aws/sets/action-set.ts';
import { principalContext } from '#access/aws/sets/principal-sets.ts';
import { addPart, type SetPart } from '#access/aws/sets/set-part.ts';
import { NO_EXTENT, type Extents } from '#access/aws/sets/statement-sets.ts';
import type { PolicyDocument } from '#access/aws/document.ts';
import type { Estate } from '#access/aws/estate.ts';
import { boundaryOf, identityDocuments } from '#access/aws/policy-source.ts';
import type { Principal } from '#access/aws/principal.ts';
import { homeOf } from '#access/aws/reach.ts';
import type { PermissionSet } from '#access/permission-set.ts';
import { awsActionNumber } from '#catalogue/aws/actions.ts';

interface BigSets {
  readonly yes: bigint;
  readonly firm: bigint;
  readonly maybe: bigint;
}

/** What `fillPrincipalSets` works out, by the same steps with a BigInt for each set. Made for estates without resource policies. */
export function bigIntSets(estate: Estate, principal: Principal): BigSets {
  const home = homeOf(principal.partition, principal.account ?? '');
  const lookUp = principalContext(estate, principal);
  const uid = principal.identity?.uid ?? '';
  const denies: BigSets[] = [];
  const add = (sets: BigSets, documents: readonly DocumentSets[]): BigSets => {
    let { yes, firm, maybe } = sets;
    for (const { allow, deny, varying } of documents) {
      const effects = [{ allow, deny }, ...varying.map((statement) => effectOf(statement, lookUp))];
      for (const effect of effects) {
        const [more] = big(effect.allow);
        yes |= more.yes;
        firm |= more.firm;
        maybe |= more.maybe;
        if (effect.deny !== NO_EXTENT) denies.push(big(effect.deny)[1]);
      }
    }
    return { yes, firm, maybe };
  };
  const setsOf = (documents: Iterable<PolicyDocument | null>): DocumentSets[] =>
    Array.from(documents).flatMap((document) => (document === null ? [] : [documentSets(document, home)]));

  let { yes, firm, maybe } = add(NOTHING, setsOf(identityDocuments(estate, uid)));
  const boundary = boundaryOf(estate, uid);
  const limits = accountLimits(estate, home);
  const bounds = [
    ...(boundary === null ? [] : [add(NOTHING, setsOf([boundary.document]))]),
    ...(limits.allowed === null ? [] : [bigBits(limits.allowed)]),
  ];
  for (const bound of bounds) {
    yes &= bound.yes;
    firm &= bound.firm;
    maybe &= bound.maybe;
  }
  denies.push(big(limits.deny)[1]);
  for (const statement of limits.varying) denies.push(big(effectOf(statement, lookUp).deny)[1]);
  for (const deny of denies) {
    yes &= ~deny.yes;
    firm &= ~deny.firm;
    maybe &= ~deny.maybe;
  }
  const always = 1n << BigInt(awsActionNumber('sts:GetCallerIdentity'));
  return { yes: yes | always, firm: firm | always, maybe: maybe | always };
}

const NOTHING: BigSets = { yes: 0n, firm: 0n, maybe: 0n };
const knownExtents = new WeakMap<Extents, readonly [allow: BigSets, deny: BigSets]>();
const known = new WeakMap<SetPart | PermissionSet, bigint>();

/** What an allow adds to each of the three, and what a deny takes from each. */
function big(extents: Extents): readonly [allow: BigSets, deny: BigSets] {
  const before = knownExtents.get(extents);
  if (before !== undefined) return before;
  const [all, most, some] = [bigPart(extents.all), bigPart(extents.most), bigPart(extents.some)];
  const allow = { yes: all, firm: all | most, maybe: all | most | some };
  const sets = [allow, { yes: allow.maybe, firm: allow.firm, maybe: all }] as const;
  knownExtents.set(extents, sets);
  return sets;
}

function bigBits({ yes, firm, maybe }: Readonly<Record<keyof BigSets, PermissionSet>>): BigSets {
  return { yes: bigSet(yes), firm: bigSet(firm), maybe: bigSet(maybe) };
}

function bigPart(part: SetPart): bigint {
  const before = known.get(part);
  if (before !== undefined) return before;
  const set = noActions();
  addPart(set, part);
  const value = toBigInt(set);
  known.set(part, value);
  return value;
}

function bigSet(set: PermissionSet): bigint {
  const before = known.get(set);
  if (before !== undefined) return before;
  const value = toBigInt(set);
  known.set(set, value);
  return value;
}

/** The same bits as one number. */
export function toBigInt(set: PermissionSet): bigint {
  const words = Array.from(set, (word) => word.toString(16).padStart(8, '0'));
  return BigInt(`0x${words.toReversed().join('')}`);
}
