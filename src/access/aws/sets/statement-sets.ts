import { add, has, members, removeAll, type PermissionSet } from '#access/permission-set.ts';
import { fitsEverything } from '../pattern.ts';
import type { Home } from '../reach.ts';
import { statementReach } from '../statement-reach.ts';
import type { Statement } from '../statement.ts';
import { actionSet, noActions, unknownAction } from './action-set.ts';
import { keep, NOTHING, type SetPart } from './set-part.ts';

/**
 * Actions by how surely something is so of them. `yes`: on every resource, whatever the request. `firm`: on every
 * resource but some that are carved out by name, or that the caller need not touch. `maybe`: on some resource or under
 * some condition. Each holds the one before.
 */
export interface Strengths {
  readonly yes: SetPart;
  readonly firm: SetPart;
  readonly maybe: SetPart;
}

export const NO_STRENGTH: Strengths = { yes: NOTHING, firm: NOTHING, maybe: NOTHING };

/** What a statement is about by its actions and resources, its conditions left aside. */
export function statementSets(statement: Statement, home: Home): Strengths {
  const actions = actionSet(statement.actions);
  const { resources } = statement;
  const isEverywhere = resources === null || (!resources.negated && resources.patterns.some(fitsEverything));
  if (isEverywhere) {
    const all = keep(actions);
    return { yes: all, firm: all, maybe: all };
  }
  return byReach(actions, statement, home);
}

function byReach(actions: PermissionSet, statement: Statement, home: Home): Strengths {
  const yes = noActions();
  const firm = noActions();
  const maybe = noActions();
  const reach = statementReach(statement, home);
  const isUnknownIn = has(actions, unknownAction());
  const known = actions.slice();
  const unknown = noActions();
  add(unknown, unknownAction());
  removeAll(known, unknown);
  for (const action of members(known)) {
    const reached = reach(action);
    if (reached === 'none') continue;
    add(maybe, action);
    if (reached === 'some') continue;
    add(firm, action);
    if (reached === 'all') add(yes, action);
  }
  // A list of resources says nothing about resources that nobody knows; what it leaves out is all but those.
  if (isUnknownIn && statement.resources?.negated === true) {
    add(firm, unknownAction());
    add(maybe, unknownAction());
  }
  return { yes: keep(yes), firm: keep(firm), maybe: keep(maybe) };
}

/** What an Allow gives, depending on its conditions. */
export function given(sets: Strengths, conditions: 'hold' | 'open'): Strengths {
  return conditions === 'hold' ? sets : { ...NO_STRENGTH, maybe: sets.maybe };
}

/**
 * What a Deny takes from each strength: what is sure only on everything goes with any deny, what may be done anywhere
 * only with one that holds everywhere. A caller can dodge a condition on what it chooses itself.
 */
export function taken(sets: Strengths, conditions: 'hold' | 'open' | 'avoidable'): Strengths {
  switch (conditions) {
    case 'hold':
      return { yes: sets.maybe, firm: sets.firm, maybe: sets.yes };
    case 'open':
      return { yes: sets.maybe, firm: sets.firm, maybe: NOTHING };
    case 'avoidable':
      return { yes: sets.maybe, firm: NOTHING, maybe: NOTHING };
  }
}
