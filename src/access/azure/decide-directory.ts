import type { CloudRequest } from '../engine.ts';
import type { Decision, Reason } from '#model/decision.ts';
import { matchesAny } from './action.ts';
import type { Assignment, Estate } from './estate.ts';
import { heldBy, type Principal } from './principal.ts';

/** `microsoft.directory/applications/create` and its like, and permissions of Microsoft Graph (`User.Read.All`). */
export function isDirectoryAction(action: string): boolean {
  return /^microsoft\.(?:directory|office365|intune|azure\.)/iu.test(action) || !action.includes('/');
}

/**
 * Decides what the directory decides: a task by directory roles
 * (https://learn.microsoft.com/entra/identity/role-based-access-control/custom-overview), a permission of an API by the
 * application permissions granted to the caller itself. Delegated grants act for a person and never alone
 * (https://learn.microsoft.com/entra/identity-platform/permissions-consent-overview).
 */
export function decideInDirectory(estate: Estate, principal: Principal, request: CloudRequest): Decision {
  const held = heldBy(estate, principal);
  const isTask = request.action.includes('/');
  const kind = isTask ? 'directory-role-assignment' : 'app-role-assignment';
  const fits = held.filter(
    (each) =>
      each.kind === kind &&
      (isTask ? doesTask(each, request) : each.roleName.toLowerCase() === request.action.toLowerCase()),
  );
  const active = fits.filter(({ eligible }) => !eligible);
  const known = active.filter((each) => !isTask || each.directoryActions !== null);
  if (known.length > 0) {
    const limited = known.every(
      ({ condition, resourceUid }) => condition !== null || (isTask && narrow(resourceUid, request)),
    );
    return {
      decision: limited ? 'conditional' : 'allowed',
      reasons: known.map((each) => reason(each, limited ? 'condition' : 'allow')),
    };
  }
  if (active.length > 0)
    return { decision: 'unknown', reasons: active.map((each) => reason(each, 'missing')) };
  const tenant = /^entra:[^:]+/u.exec(principal.uid)?.[0];
  const gap = tenant === undefined ? null : (estate.gap('grants', tenant) ?? estate.gap('groups', tenant));
  const eligible = fits.map((each) => reason(each, 'eligible'));
  const none: Reason = {
    kind: 'no-allow',
    source: null,
    text: `no ${isTask ? 'directory role' : 'application permission'} gives ${request.action}`,
  };
  if (gap !== null)
    return {
      decision: 'unknown',
      reasons: [{ kind: 'missing', source: tenant ?? null, text: gap }, ...eligible, none],
    };
  return { decision: 'denied', reasons: [...eligible, none] };
}

function doesTask({ directoryActions }: Assignment, { action }: CloudRequest): boolean {
  return directoryActions === null || matchesAny(directoryActions, action);
}

/** A role over an administrative unit or one application says nothing of the directory as a whole. */
function narrow(resourceUid: string | null, { resource }: CloudRequest): boolean {
  return resourceUid !== null && resourceUid !== resource;
}

function reason({ grantUid, roleName, resourceUid }: Assignment, kind: string): Reason {
  const over = resourceUid === null ? '' : ` over ${resourceUid}`;
  const how =
    { eligible: ', which can be activated and is not held now', missing: ', whose definition is not known' }[
      kind
    ] ?? '';
  return { kind, source: grantUid, text: `${roleName}${over}${how}` };
}
