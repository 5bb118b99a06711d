import { keepCommon, type PermissionSet } from '#access/permission-set.ts';
import { noActions } from './action-set.ts';
import { addPart, removePart } from './set-part.ts';
import type { Strengths } from './statement-sets.ts';

/** Three sets of actions that are being made; see `Strengths` for what they mean. */
export interface Bits {
  readonly yes: PermissionSet;
  readonly firm: PermissionSet;
  readonly maybe: PermissionSet;
}

/** Three empty sets. */
export function noBits(): Bits {
  return { yes: noActions(), firm: noActions(), maybe: noActions() };
}

/** Empties the three sets, so that their memory serves again. */
export function clearBits({ yes, firm, maybe }: Bits): void {
  yes.fill(0);
  firm.fill(0);
  maybe.fill(0);
}

/** Puts what a policy allows in. */
export function addStrengths(bits: Bits, strengths: Strengths): void {
  addPart(bits.yes, strengths.yes);
  addPart(bits.firm, strengths.firm);
  addPart(bits.maybe, strengths.maybe);
}

/** Takes what a policy denies out. */
export function removeStrengths(bits: Bits, strengths: Strengths): void {
  removePart(bits.yes, strengths.yes);
  removePart(bits.firm, strengths.firm);
  removePart(bits.maybe, strengths.maybe);
}

/** Leaves only what the limit allows too. */
export function keepCommonBits(bits: Bits, limit: Bits): void {
  keepCommon(bits.yes, limit.yes);
  keepCommon(bits.firm, limit.firm);
  keepCommon(bits.maybe, limit.maybe);
}
