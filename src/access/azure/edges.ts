import {
  ASSIGN_IDENTITY,
  ATTACH_TO,
  FEDERATE_IDENTITY,
  RUN_AS_ACTIONS,
  TAKEOVER_ACTIONS,
} from '#catalogue/azure/become.ts';
import type { AccessRecords } from '../engine.ts';
import type { BecomeEdge } from '#model/entitlement.ts';
import type { Uid } from '#model/system.ts';
import { adminUid, waypointUid } from '#model/uid.ts';
import type { Truth } from './abac/holds.ts';
import { heldTruth } from './entitlements.ts';
import type { Assignment, Estate } from './estate.ts';
import { hierarchyEdges, step } from './hierarchy-edges.ts';
import { isWhole, powerOf } from './powers.ts';
import { heldBy, type Principal } from './principal.ts';
import { trustEdges } from './trust-edges.ts';

/**
 * Who can become whom in one step. What is held at a scope leads to the scope's waypoint, from which the identities
 * at and below it can be reached: edges stay linear. Groups are nodes too: whoever joins one gets what it holds.
 */
export function* edgesOf(
  estate: Estate,
  records: AccessRecords,
  principalOf: (uid: Uid) => Principal,
): Iterable<BecomeEdge> {
  yield* hierarchyEdges(estate, records);
  yield* trustEdges(records);
  for (const { uid } of [...records.identities, ...records.groups]) {
    const principal = principalOf(uid);
    // What a group holds is the group's own step; a member gets there by being one.
    for (const assignment of estate.assignmentsOf.get(principal.uid) ?? []) {
      if (assignment.kind === 'role-assignment') yield* onResources(estate, principal, assignment);
      else yield* inDirectory(principal.uid, assignment);
    }
    yield* attachIdentity(estate, principal);
  }
}

function* onResources(estate: Estate, principal: Principal, assignment: Assignment): Iterable<BecomeEdge> {
  const { scopeUid, grantUid } = assignment;
  const edge = (to: Uid, via: string, action: string, truth: Truth) =>
    step(principal.uid, to, via, [action], certaintyOf(truth, assignment), [grantUid]);
  for (const { via, action } of TAKEOVER_ACTIONS) {
    const truth = heldTruth(estate, principal, assignment, action, 'control');
    if (truth !== 'false') yield edge(adminUid(scopeUid), via, action, truth);
  }
  for (const { via, action, plane } of RUN_AS_ACTIONS) {
    const truth = heldTruth(estate, principal, assignment, action, plane);
    if (truth !== 'false') yield edge(waypointUid(scopeUid, via), via, action, truth);
  }
  const federates = heldTruth(estate, principal, assignment, FEDERATE_IDENTITY, 'control');
  if (federates !== 'false') {
    yield edge(waypointUid(scopeUid, 'identities'), 'azure-federate-identity', FEDERATE_IDENTITY, federates);
  }
}

/** Takes an identity to attach and something to attach it to, which may come from different assignments and groups. */
function* attachIdentity(estate: Estate, principal: Principal): Iterable<BecomeEdge> {
  const held = heldBy(estate, principal);
  const attached = attachment(estate, principal, held);
  if (attached === null) return;
  for (const assignment of held) {
    if (assignment.kind !== 'role-assignment') continue;
    const truth = heldTruth(estate, principal, assignment, ASSIGN_IDENTITY, 'control');
    if (truth === 'false') continue;
    const certainty = attached.truth === 'true' ? certaintyOf(truth, assignment) : 'conditional';
    const to = waypointUid(assignment.scopeUid, 'identities');
    const evidence = [assignment.grantUid, attached.grantUid];
    yield step(
      principal.uid,
      to,
      'azure-attach-identity',
      [ASSIGN_IDENTITY, attached.action],
      certainty,
      evidence,
    );
  }
}

function certaintyOf(truth: Truth, { eligible }: Assignment): BecomeEdge['certainty'] {
  return truth === 'true' && !eligible ? 'certain' : 'conditional';
}

/** Something, anywhere, to attach an identity to: an identity of another resource group can be attached too. */
function attachment(
  estate: Estate,
  principal: Principal,
  held: readonly Assignment[],
): { readonly action: string; readonly truth: Truth; readonly grantUid: Uid } | null {
  let best: { action: string; truth: Truth; grantUid: Uid } | null = null;
  for (const assignment of held) {
    if (assignment.kind !== 'role-assignment') continue;
    for (const action of ATTACH_TO) {
      const truth = heldTruth(estate, principal, assignment, action, 'control');
      if (truth === 'false') continue;
      const certain: Truth = truth === 'true' && !assignment.eligible ? 'true' : 'open';
      if (certain === 'true') return { action, truth: certain, grantUid: assignment.grantUid };
      best ??= { action, truth: certain, grantUid: assignment.grantUid };
    }
  }
  return best;
}

function* inDirectory(from: Uid, assignment: Assignment): Iterable<BecomeEdge> {
  const power = powerOf(assignment);
  const tenant = /^entra:[^:]+/u.exec(from)?.[0];
  if (power === null || power.becomes === null || tenant === undefined) return;
  const certain = power.certainty === 'certain' && isWhole(assignment) && !assignment.eligible;
  const to = power.becomes === 'tenant-admin' ? adminUid(tenant) : waypointUid(tenant, power.becomes);
  const kind =
    assignment.kind === 'app-role-assignment' ? 'entra-application-permission' : 'entra-directory-role';
  yield step(from, to, kind, [assignment.roleName], certain ? 'certain' : 'conditional', [
    assignment.grantUid,
  ]);
}
