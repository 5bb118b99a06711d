import type { CloudRequest } from '../engine.ts';
import type { Decision, Reason } from '#model/decision.ts';
import type { Feed } from '#model/scope.ts';
import type { Uid } from '#model/system.ts';
import { conditionHolds, type Truth } from './abac/holds.ts';
import { decideInDirectory, isDirectoryAction } from './decide-directory.ts';
import { denies } from './deny-assignment.ts';
import { isOnResources, type Assignment, type Estate } from './estate.ts';
import type { Chain } from './hierarchy.ts';
import { heldBy, type Principal } from './principal.ts';
import { gives, type Plane } from './role.ts';

/**
 * Decides as Azure Resource Manager does: deny assignments first, then the union of role assignments at the scope and
 * above (https://learn.microsoft.com/azure/role-based-access-control/overview#how-azure-rbac-determines-if-a-user-has-access-to-a-resource).
 * Actions of the directory are decided by its own roles and application permissions.
 */
export function decide(estate: Estate, principal: Principal, request: CloudRequest): Decision {
  if (isDirectoryAction(request.action)) return decideInDirectory(estate, principal, request);
  const scope = request.resource ?? request.scope;
  if (scope === undefined || !scope.startsWith('/')) {
    return {
      decision: 'unknown',
      reasons: [{ kind: 'missing', source: null, text: 'name a resource or scope: Azure decides at one' }],
    };
  }
  const chain = estate.chainOf(scope);
  // An action is of one plane or the other; its name does not tell which.
  const answers = (['control', 'data'] as const).map((plane) =>
    onPlane(estate, principal, request.action, chain, plane),
  );
  return answers.toSorted((a, b) => RANK[b.decision] - RANK[a.decision])[0] ?? noAllow(request.action, scope);
}

const RANK = { allowed: 3, conditional: 2, unknown: 1, denied: 0 };

function onPlane(estate: Estate, principal: Principal, action: string, chain: Chain, plane: Plane): Decision {
  const scope = chain.scopes[0] ?? '/';
  const denied = denyReasons(estate, principal, action, chain, plane);
  const allows = heldBy(estate, principal)
    .filter(({ kind, scopeUid }) => isOnResources(kind) && chain.scopes.includes(scopeUid))
    .map((assignment) => ({ assignment, truth: truthOf(assignment, action, plane) }));
  const certainDeny = denied.find(({ kind }) => kind === 'deny');
  if (certainDeny !== undefined) return { decision: 'denied', reasons: [certainDeny] };

  const active = allows.filter(({ assignment }) => !assignment.eligible);
  const certain = active.filter(({ truth }) => truth === 'true');
  const guardrailGaps = gapsOf(estate, 'guardrails', chain.scopes, 'deny assignments are not all known');
  if (certain.length > 0) {
    const reasons = [
      ...certain.map(({ assignment }) => reasonFor(assignment, 'allow')),
      ...denied,
      ...guardrailGaps,
    ];
    if (guardrailGaps.length > 0) return { decision: 'unknown', reasons };
    return { decision: denied.length > 0 ? 'conditional' : 'allowed', reasons };
  }
  const open = active.filter(({ truth }) => truth === 'open');
  if (open.length > 0) {
    const reasons = [
      ...open.map(({ assignment }) => reasonFor(assignment, 'condition')),
      ...denied,
      ...guardrailGaps,
    ];
    return { decision: guardrailGaps.length > 0 ? 'unknown' : 'conditional', reasons };
  }
  const missing = active.filter(({ truth }) => truth === 'missing');
  if (missing.length > 0)
    return {
      decision: 'unknown',
      reasons: missing.map(({ assignment }) => reasonFor(assignment, 'missing')),
    };
  const eligible = allows.filter(
    ({ assignment, truth }) => assignment.eligible && (truth === 'true' || truth === 'open'),
  );
  const gaps = allowGaps(estate, principal, chain);
  const because = [
    ...eligible.map(({ assignment }) => reasonFor(assignment, 'eligible')),
    ...noAllow(action, scope).reasons,
  ];
  return gaps.length > 0
    ? { decision: 'unknown', reasons: [...gaps, ...because] }
    : { decision: 'denied', reasons: because };
}

function truthOf({ permissions, condition }: Assignment, action: string, plane: Plane): Truth | 'missing' {
  if (permissions === null) return 'missing';
  const given = gives(permissions, action, plane);
  if (given === 'false' || condition === null) return given;
  const held = conditionHolds(condition, action);
  return held === 'true' ? given : held;
}

function denyReasons(
  estate: Estate,
  { objectIds }: Principal,
  action: string,
  chain: Chain,
  plane: Plane,
): Reason[] {
  const scope = chain.scopes[0];
  return chain.scopes.flatMap((each) =>
    (estate.denyAssignments.get(each) ?? []).flatMap((deny): Reason[] => {
      const truth = denies(deny, objectIds, action, plane, each !== scope);
      if (truth === 'false') return [];
      const text =
        truth === 'true'
          ? `a deny assignment at ${each} denies ${action}`
          : `a deny assignment at ${each} may deny ${action}`;
      return [{ kind: truth === 'true' ? 'deny' : 'deny-open', source: deny.uid, text }];
    }),
  );
}

/** What could have allowed it and was not collected. */
function allowGaps(estate: Estate, { uid }: Principal, chain: Chain): Reason[] {
  const gaps = gapsOf(estate, 'grants', chain.scopes, 'role assignments are not all known');
  if (!chain.complete)
    gaps.push({
      kind: 'missing',
      source: chain.scopes[0] ?? null,
      text: 'the management groups above it were not collected',
    });
  const tenant = /^entra:[^:]+/u.exec(uid)?.[0];
  const groupGap = tenant === undefined ? null : estate.gap('groups', tenant);
  if (groupGap !== null)
    gaps.push({
      kind: 'missing',
      source: tenant ?? null,
      text: `memberships of groups are not all known: ${groupGap}`,
    });
  return gaps;
}

function gapsOf(estate: Estate, feed: Feed, scopes: readonly Uid[], text: string): Reason[] {
  return scopes.flatMap((uid) => {
    const gap = estate.gap(feed, uid);
    return gap === null ? [] : [{ kind: 'missing', source: uid, text: `${text}: ${gap}` }];
  });
}

function noAllow(action: string, scope: Uid): Decision {
  const text = `no role assignment at ${scope} or above gives ${action}`;
  return { decision: 'denied', reasons: [{ kind: 'no-allow', source: null, text }] };
}

function reasonFor({ grantUid, roleName, scopeUid, principalUid }: Assignment, kind: string): Reason {
  const how = {
    allow: '',
    condition: ', under a condition',
    eligible: ', which can be activated and is not held now',
    missing: ', whose definition is not known',
  }[kind];
  return { kind, source: grantUid, text: `role ${roleName} to ${principalUid} at ${scopeUid}${how ?? ''}` };
}
