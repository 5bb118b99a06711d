import type { AccessRecords } from '../engine.ts';
import type { Json, Uid } from '#model/system.ts';
import type { Truth } from './abac/holds.ts';
import { field, gives, readPermissions, type Permission, type Plane } from './role.ts';

/** A deny assignment (https://learn.microsoft.com/azure/role-based-access-control/deny-assignments). */
export interface DenyAssignment {
  readonly uid: Uid;
  readonly permissions: readonly Permission[];
  readonly principals: ReadonlySet<string>;
  readonly excluded: ReadonlySet<string>;
  readonly sparesChildren: boolean;
  /** Why nobody knows whom or what it denies; null: it was read whole. */
  readonly problem: string | null;
}

/** The principal of a deny assignment that means everybody. */
const EVERYBODY = '00000000-0000-0000-0000-000000000000';

/** Reads the document as the API gives it. */
export function readDenyAssignment({ uid, document }: AccessRecords['guardrails'][number]): DenyAssignment {
  const permissions = readPermissions(document);
  const principals = ids(field(document, 'principals'));
  const excluded = ids(field(document, 'excludePrincipals'));
  const whole = permissions !== null && principals !== null && excluded !== null;
  return {
    uid,
    permissions: permissions ?? [],
    principals: principals ?? new Set(),
    excluded: excluded ?? new Set(),
    sparesChildren: field(document, 'doNotApplyToChildScopes') === true,
    problem: whole ? null : 'its permissions or principals were not collected or do not parse',
  };
}

/** Whether it denies an action to somebody who is all of `objectIds`; open where it was not understood. */
export function denies(
  deny: DenyAssignment,
  objectIds: readonly string[],
  action: string,
  plane: Plane,
  isChild: boolean,
): Truth {
  if (deny.sparesChildren && isChild) return 'false';
  if (deny.problem !== null) return 'open';
  const meant = deny.principals.has(EVERYBODY) || objectIds.some((id) => deny.principals.has(id));
  if (!meant || objectIds.some((id) => deny.excluded.has(id))) return 'false';
  return gives(deny.permissions, action, plane);
}

function ids(raw: Json): ReadonlySet<string> | null {
  if (raw === null) return new Set();
  if (!Array.isArray(raw)) return null;
  const found = raw.map((each: Json) => (typeof each === 'string' ? each : field(each, 'id')));
  return found.every((id): id is string => typeof id === 'string')
    ? new Set(found.map((id) => id.toLowerCase()))
    : null;
}
