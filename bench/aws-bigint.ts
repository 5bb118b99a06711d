import type { Bits } from '#access/aws/sets/bits.ts';
import { noActions } from '#access/aws/sets/action-set.ts';
import type { Effects } from '#access/aws/sets/effects.ts';
import { addPart, type SetPart } from '#access/aws/sets/set-part.ts';
import type { Extents } from '#access/aws/sets/statement-sets.ts';
import type { PermissionSet } from '#access/permission-set.ts';
import { awsActionNumber } from '#catalogue/aws/actions.ts';

/** Three sets of actions, a BigInt each. */
export interface BigSets {
  readonly yes: bigint;
  readonly firm: bigint;
  readonly maybe: bigint;
}

/** What `applyEffects` does, for users and roles and without policies of resources, with a BigInt for each set. */
export function applyToBigInts({ allows, boundary, allowed, denies }: Effects): BigSets {
  let { yes, firm, maybe } = unite(allows ?? []);
  const limits = [
    ...(boundary === null ? [] : [unite(boundary)]),
    ...(allowed === null ? [] : [bigBits(allowed)]),
  ];
  for (const limit of limits) {
    yes &= limit.yes;
    firm &= limit.firm;
    maybe &= limit.maybe;
  }
  for (const extents of denies) {
    const [, deny] = big(extents);
    yes &= ~deny.yes;
    firm &= ~deny.firm;
    maybe &= ~deny.maybe;
  }
  const always = 1n << BigInt(awsActionNumber('sts:GetCallerIdentity'));
  return { yes: yes | always, firm: firm | always, maybe: maybe | always };
}

function unite(allows: readonly Extents[]): BigSets {
  let [yes, firm, maybe] = [0n, 0n, 0n];
  for (const extents of allows) {
    const [allow] = big(extents);
    yes |= allow.yes;
    firm |= allow.firm;
    maybe |= allow.maybe;
  }
  return { yes, firm, maybe };
}

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

function bigBits({ yes, firm, maybe }: Bits): BigSets {
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
