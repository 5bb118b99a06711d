import type { Change, Direction, FactKind } from '#model/drift.ts';

export type { Change, Direction } from '#model/drift.ts';

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
