import type { Uid } from '#model/system.ts';
import type { FactKind } from './fact.ts';

/**
 * `gained`: there is more than there was. `lost`: less. `changed`: neither can be told, as for a guardrail with another
 * text. `unknown`: the side on which it is missing was not read.
 */
export const DIRECTIONS = ['gained', 'lost', 'changed', 'unknown'] as const;

export type Direction = (typeof DIRECTIONS)[number];

/** A difference in what is so. */
export interface Change {
  readonly kind: FactKind;
  readonly direction: Direction;
  readonly identityUid: Uid;
  readonly key: string;
  /** null: it was not there. */
  readonly before: string | null;
  /** null: it is not there any more. */
  readonly after: string | null;
}

/** The same difference, seen from the other side. */
export function reverse(change: Change): Change {
  const { direction, before, after } = change;
  const turned: Readonly<Record<Direction, Direction>> = {
    gained: 'lost',
    lost: 'gained',
    changed: 'changed',
    unknown: 'unknown',
  };
  return { ...change, direction: turned[direction], before: after, after: before };
}

/** Which way a value went, by how much it gives. */
export function directionOf(kind: FactKind, before: string | null, after: string | null): Direction {
  if (before === null) return 'gained';
  if (after === null) return 'lost';
  const order = ORDERS[kind];
  const [from, to] = [order.indexOf(before), order.indexOf(after)];
  if (from < 0 || to < 0) return 'changed';
  return to > from ? 'gained' : 'lost';
}

const SURE = ['unknown', 'conditional', 'certain'];
const ON = ['disabled', 'not known', 'enabled'];

/** Values from least to most; a kind without an order changes. */
const ORDERS: Readonly<Record<FactKind, readonly string[]>> = {
  identity: ON,
  credential: ON,
  entitlement: SURE,
  edge: SURE,
  trust: ['claimed', 'trusted'],
  guardrail: [],
  'open-grant': [],
};
