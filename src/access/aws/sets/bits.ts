import { keepCommon, type PermissionSet } from '../../permission-set.ts';
import { noActions } from './action-set.ts';
import { addPart, removePart } from './set-part.ts';
import type { Extents } from './statement-sets.ts';

/**
 * Actions by how surely somebody may do them. `yes`: on every resource, whatever the request. `firm`: on every resource
 * but some that are carved out by name, or that a request need not touch. `maybe`: on some resource or under some
 * condition. Each holds the one before.
 */
export interface Bits {
  readonly yes: PermissionSet;
  readonly firm: PermissionSet;
  readonly maybe: PermissionSet;
}

/** Three empty sets. */
export function noBits(): Bits {
  return { yes: noActions(), firm: noActions(), maybe: noActions() };
}

/** Makes the three sets hold what the policies allow together, and nothing else. */
export function fillBits({ yes, firm, maybe }: Bits, allows: readonly Extents[]): void {
  yes.fill(0);
  for (const { all } of allows) addPart(yes, all);
  firm.set(yes);
  for (const { most } of allows) addPart(firm, most);
  maybe.set(firm);
  for (const { some } of allows) addPart(maybe, some);
}

/** Takes what a policy denies out: what is sure only on everything goes with any deny. */
export function deny(bits: Bits, { all, most, some }: Extents): void {
  removePart(bits.yes, some);
  removePart(bits.yes, most);
  removePart(bits.firm, most);
  removePart(bits.yes, all);
  removePart(bits.firm, all);
  removePart(bits.maybe, all);
}

/** Leaves only what the limit allows too. */
export function keepCommonBits(bits: Bits, limit: Bits): void {
  keepCommon(bits.yes, limit.yes);
  keepCommon(bits.firm, limit.firm);
  keepCommon(bits.maybe, limit.maybe);
}
