import type { BecomeEdge } from '#model/entitlement.ts';
import type { Estate } from '../estate.ts';
import type { BecomeRecords } from './found/account.ts';
import { actorOf, type Actor } from './asking/actor.ts';
import { administratorSteps, controlSteps } from './ways/administrators.ts';
import { boundarySteps } from './ways/boundary.ts';
import { changeSteps } from './ways/changes.ts';
import { creationSteps } from './ways/creation.ts';
import { existingSteps } from './ways/existing.ts';
import { federationSteps } from './ways/federation.ts';
import { footholdsOf } from './ways/foothold.ts';
import { groupSteps } from './ways/groups.ts';
import { assignmentSteps } from './ways/identity-center.ts';
import { outsideSteps } from './ways/outside.ts';
import { passRoleSteps } from './ways/pass-role.ts';
import { associationSteps } from './ways/pod-identity.ts';
import { isServiceLinkedRole } from '../arn.ts';
import { withoutRepeats } from './step.ts';
import { memberUid } from './asking/views.ts';
import { worldOf, type World } from './world.ts';

/**
 * Who can become whom in one step in AWS, and who from elsewhere can become somebody there. Every permission that a step
 * takes is asked of the engine, so that denies, boundaries and the organisation's policies count; a step with something
 * open is conditional. The number of edges grows with that of identities, not of pairs: `docs/access-aws-paths.md`.
 */
export function* edgesOf(estate: Estate, records: BecomeRecords): Generator<BecomeEdge> {
  const world = worldOf(estate, records);
  yield* controlSteps(world.accounts.values());
  yield* outsideSteps(world);
  yield* federationSteps(world);
  yield* associationSteps(world, records.trusts);
  yield* assignmentSteps(world, records);

  const { asIs } = world.views;
  for (const uid of [...estate.identities.keys()].toSorted()) {
    if (isServiceLinkedRole(uid)) continue;
    const actor = actorOf(asIs, uid, uid);
    if (actor !== null) yield* withoutRepeats(stepsOf(world, actor));
  }
  for (;;) {
    const variants = world.raised.take();
    const groups = world.groups.take();
    if (variants.length + groups.length === 0) return;
    for (const { uid, node, view, change } of variants) {
      const actor = actorOf(view, uid, node, change);
      if (actor !== null) yield* withoutRepeats(stepsOf(world, actor));
    }
    for (const group of groups) {
      const actor = actorOf(world.views.withMembers(), memberUid(group), group);
      if (actor !== null) yield* withoutRepeats(stepsOf(world, actor));
    }
  }
}

/** An administrator needs no way to become anybody in its own account: only those to others are looked for. */
function* stepsOf(world: World, actor: Actor): Generator<BecomeEdge> {
  yield* administratorSteps(world, actor);
  if (world.powers.administers(actor) === 'certain') {
    for (const foothold of world.assumable(actor)) yield* world.links(actor.node, foothold.targets, foothold);
    return;
  }
  const footholds = footholdsOf(world, actor);
  for (const foothold of footholds) yield* world.links(actor.node, foothold.targets, foothold);
  yield* passRoleSteps(world, actor);
  yield* existingSteps(world, actor);
  yield* changeSteps(world, actor, footholds);
  yield* groupSteps(world, actor, footholds);
  yield* creationSteps(world, actor);
  yield* boundarySteps(world, actor);
}
