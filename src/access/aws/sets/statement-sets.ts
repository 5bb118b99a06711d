import { members, type PermissionSet } from '../../permission-set.ts';
import { fitsEverything } from '../pattern.ts';
import type { Home } from '../reach.ts';
import { statementReach, type StatementReach } from '../statement-reach.ts';
import type { Statement } from '../statement.ts';
import { actionSet, noActions, unknownAction } from './action-set.ts';
import { addPart, keep, keepNumbers, NOTHING, type SetPart } from './set-part.ts';

/**
 * Actions by how much of each is allowed, or denied. `all`: on every resource, whatever the request. `most`: on every
 * resource but some that are named; of a deny also, whatever a condition says that the caller cannot dodge. `some`: on
 * some resource or under some condition.
 */
export interface Extents {
  readonly all: SetPart;
  readonly most: SetPart;
  readonly some: SetPart;
}

export const NO_EXTENT: Extents = { all: NOTHING, most: NOTHING, some: NOTHING };

/** What a statement is about by its actions and resources, its conditions left aside. */
export function statementSets(statement: Statement, home: Home): Extents {
  const actions = actionSet(statement.actions);
  const { resources } = statement;
  const isEverywhere = resources === null || (!resources.negated && resources.patterns.some(fitsEverything));
  return isEverywhere ? { ...NO_EXTENT, all: keep(actions) } : byReach(actions, statement, home);
}

function byReach(actions: PermissionSet, statement: Statement, home: Home): Extents {
  const numbers: Readonly<Record<StatementReach, number[]>> = { all: [], most: [], some: [], none: [] };
  const reach = statementReach(statement, home);
  for (const action of members(actions)) {
    // A list of resources says nothing about resources that nobody knows; what it leaves out is all but those.
    const isKnown = action !== unknownAction();
    const reached = isKnown ? reach(action) : statement.resources?.negated === true ? 'most' : 'none';
    numbers[reached].push(action);
  }
  const size = unknownAction() + 1;
  return {
    all: keepNumbers(numbers.all, size),
    most: keepNumbers(numbers.most, size),
    some: keepNumbers(numbers.some, size),
  };
}

/** What an Allow gives, depending on its conditions. */
export function given(sets: Extents, conditions: 'hold' | 'open'): Extents {
  return conditions === 'hold' ? sets : { ...NO_EXTENT, some: union(sets.all, sets.most, sets.some) };
}

/** What a Deny takes, depending on its conditions. A caller can dodge a condition on what it chooses itself. */
export function taken(sets: Extents, conditions: 'hold' | 'open' | 'avoidable'): Extents {
  if (conditions === 'open') return { all: NOTHING, most: union(sets.all, sets.most), some: sets.some };
  return given(sets, conditions === 'hold' ? 'hold' : 'open');
}

/** Both together. */
export function joinExtents(one: Extents, other: Extents): Extents {
  if (one === NO_EXTENT) return other;
  if (other === NO_EXTENT) return one;
  return {
    all: union(one.all, other.all),
    most: union(one.most, other.most),
    some: union(one.some, other.some),
  };
}

/** Everything of all the parts. */
export function union(...parts: readonly SetPart[]): SetPart {
  const [first = NOTHING, ...more] = parts.filter((part) => part !== NOTHING);
  if (more.length === 0) return first;
  const set = noActions();
  for (const part of [first, ...more]) addPart(set, part);
  return keep(set);
}
