import { CHANGE_WAYS } from '#catalogue/aws/iam-ways.ts';
import type { BecomeEdge } from '#model/entitlement.ts';
import type { Uid } from '#model/system.ts';
import { boundaryOf, identityPolicies } from '../../policy-source.ts';
import type { Actor } from '../asking/actor.ts';
import { isPersonal } from '../asking/bearing.ts';
import type { Foothold } from './foothold.ts';
import type { HeldOn } from '../asking/powers.ts';
import { isUnlimited } from './raised.ts';
import { changeable } from './changes.ts';
import { step } from '../step.ts';
import { intersection, isNone, madeConditional, targetsOf, type Targets } from '../asking/target-list.ts';
import type { View } from '../asking/views.ts';
import type { World } from '../world.ts';

const ADD = 'iam:AddUserToGroup';

/**
 * A user who may add to a group has what the group gives as well; anybody else needs a user to add and to become. What
 * limits the user goes on limiting it: that leaves the step open.
 */
export function* groupSteps(
  world: World,
  actor: Actor,
  footholds: readonly Foothold[],
): Generator<BecomeEdge> {
  if (!world.powers.mayHold(actor, ADD)) return;
  const account = world.account(actor.account);
  const added = world.powers.among(actor, ADD, account.groups);
  if (isNone(added.targets)) return;
  if (actor.kind === 'user') {
    const technique = {
      via: 'add-user-to-group',
      permissions: [ADD],
      evidence: added.evidence,
      restsOnTrust: false,
    };
    const groups = world.groups.nodesOf(
      isUnlimited(actor.view, actor.uid) ? added.targets : madeConditional(added.targets),
    );
    yield* world.links(actor.node, groups, technique);
    yield* changeGroup(world, actor, added);
  }
  for (const foothold of footholds) {
    if (foothold.kind === 'user') yield* addAnother(world, actor, added, foothold);
  }
}

/** A group whose policies the user may change as well gives it whatever it likes. */
function* changeGroup(world: World, actor: Actor, added: HeldOn): Generator<BecomeEdge> {
  if (actor.change.raised) return;
  for (const way of CHANGE_WAYS.filter(({ on }) => on === 'group')) {
    const changed = changeable(world, actor, way);
    const both = intersection(added.targets, changed.targets);
    if (isNone(both)) continue;
    const node = world.raised.nodeOf(actor.uid, { ...actor.change, raised: true });
    const certainty = both.certain.uids.length > 0 ? 'certain' : 'conditional';
    const permissions = [way.permission, ADD];
    const evidence = [...added.evidence, ...changed.evidence];
    yield step(actor.node, node, `${way.via}-and-add-user-to-group`, permissions, certainty, evidence);
  }
}

function* addAnother(world: World, actor: Actor, added: HeldOn, foothold: Foothold): Generator<BecomeEdge> {
  const isSure = foothold.targets.certain.uids.some((uid) => boundaryOf(actor.view.estate, uid) === null);
  const groups = world.groups.nodesOf(isSure ? added.targets : madeConditional(added.targets));
  yield* world.links(actor.node, groups, {
    via: `add-user-to-group-and-${foothold.via}`,
    permissions: [ADD, ...foothold.permissions],
    evidence: [...added.evidence, ...foothold.evidence],
    restsOnTrust: false,
  });
}

/** The groups that somebody can be added to, whose own ways on are then looked for. */
export interface ReachableGroups {
  /** The nodes of the groups; one whose policies hang on who is in it is no sure gain. */
  readonly nodesOf: (groups: Targets) => Targets;
  /** Those whose nodes were handed out and not taken yet. */
  readonly take: () => readonly Uid[];
}

/** Hands out the nodes of groups. */
export function reachableGroups({ estate }: View): ReachableGroups {
  const seen = new Set<Uid>();
  const waiting: Uid[] = [];
  const known = new WeakMap<Targets, Targets>();
  const varies = (groupUid: Uid): boolean =>
    identityPolicies(estate, groupUid).some(({ document }) => document?.statements.some(isPersonal) ?? false);
  return {
    nodesOf: (groups) => {
      const before = known.get(groups);
      if (before !== undefined) return before;
      const all = [...groups.certain.uids, ...groups.conditional.uids];
      for (const uid of all) {
        if (!seen.has(uid)) waiting.push(uid);
        seen.add(uid);
      }
      const found = targetsOf(
        groups.certain.uids.filter((uid) => !varies(uid)),
        all,
      );
      known.set(groups, found);
      return found;
    },
    take: () => waiting.splice(0),
  };
}
