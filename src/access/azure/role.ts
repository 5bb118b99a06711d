import type { Json } from '#model/system.ts';
import { conditionHolds, type Truth } from './abac/holds.ts';
import { parseAbac, type AbacExpression } from './abac/parse.ts';
import { matchesAny } from './action.ts';

/** One element of a role's `permissions`: its `not…` lists take from its own lists only. */
export interface Permission {
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
  readonly dataActions: readonly string[];
  readonly notDataActions: readonly string[];
  readonly condition: AbacExpression | null;
}

/** The control plane manages resources, the data plane works on what is in them. */
export type Plane = 'control' | 'data';

/** Reads the permissions of a role definition or deny assignment; null where they were not collected or do not parse. */
export function readPermissions(document: Json): readonly Permission[] | null {
  const raw = field(document, 'permissions');
  if (!Array.isArray(raw)) return null;
  const read = raw.map((each: Json) => readPermission(each));
  const whole = read.filter((each) => each !== null);
  return whole.length === read.length ? whole : null;
}

function readPermission(raw: Json): Permission | null {
  const lists = ['actions', 'notActions', 'dataActions', 'notDataActions'].map((name) =>
    texts(field(raw, name)),
  );
  const [actions = null, notActions = null, dataActions = null, notDataActions = null] = lists;
  if (actions === null || notActions === null || dataActions === null || notDataActions === null) return null;
  return {
    actions,
    notActions,
    dataActions,
    notDataActions,
    condition: readCondition(field(raw, 'condition')),
  };
}

/** Reads a condition; an empty one is none, one that is no text is open. */
export function readCondition(raw: Json): AbacExpression | null {
  if (raw === null || raw === '') return null;
  if (typeof raw === 'string') return parseAbac(raw);
  const inner = field(raw, 'expression');
  return typeof inner === 'string' ? parseAbac(inner) : { kind: 'open' };
}

/**
 * Whether a role gives an action on a plane, element by element: what one element leaves out another may give
 * (https://learn.microsoft.com/azure/role-based-access-control/role-definitions#notactions).
 */
export function gives(permissions: readonly Permission[], action: string, plane: Plane): Truth {
  let best: Truth = 'false';
  for (const permission of permissions) {
    const [lists, not] =
      plane === 'control'
        ? [permission.actions, permission.notActions]
        : [permission.dataActions, permission.notDataActions];
    if (!matchesAny(lists, action) || matchesAny(not, action)) continue;
    const held = permission.condition === null ? 'true' : conditionHolds(permission.condition, action);
    if (held === 'true') return 'true';
    if (held === 'open') best = 'open';
  }
  return best;
}

/** A member of an object; null where there is none. */
export function field(raw: Json, name: string): Json {
  if (raw === null || typeof raw !== 'object' || Array.isArray(raw)) return null;
  return (raw as { readonly [key: string]: Json })[name] ?? null;
}

/** A list of texts; an absent one is empty, anything else null. */
export function texts(raw: Json): readonly string[] | null {
  if (raw === null) return [];
  return Array.isArray(raw) && raw.every((each): each is string => typeof each === 'string') ? raw : null;
}
