import { CHANGE_WAYS, type ChangeWay } from '#catalogue/aws/iam-ways.ts';
import type { BecomeEdge } from '#model/entitlement.ts';
import type { Uid } from '#model/system.ts';
import type { Actor } from '../asking/actor.ts';
import type { Foothold } from './foothold.ts';
import { HELD_ON_NONE, type HeldOn } from '../asking/powers.ts';
import { leastSure, step } from '../step.ts';
import {
  certaintyIn,
  intersection,
  isNone,
  madeConditional,
  targetsOf,
  type Targets,
} from '../asking/target-list.ts';
import type { World } from '../world.ts';

/**
 * Who may change the policies of somebody it is, or can become, has whatever that one's boundary and its organisation
 * leave: mostly, full control over the account.
 */
export function* changeSteps(
  world: World,
  actor: Actor,
  footholds: readonly Foothold[],
): Generator<BecomeEdge> {
  if (actor.change.raised) return;
  for (const way of CHANGE_WAYS) {
    if (!world.powers.mayHold(actor, way.permission)) continue;
    const on = changeable(world, actor, way);
    if (isNone(on.targets)) continue;
    const changed = way.on === 'policy' ? world.holdersOf(on.targets) : on.targets;
    yield* changeOneself(world, actor, way, changed, on.evidence);
    for (const foothold of footholds) yield* changeAnother(world, actor, way, changed, on.evidence, foothold);
  }
}

/** The users, roles, groups or policies that the actor may change so as to give everything. */
export function changeable(world: World, actor: Actor, { on, permission, attaches }: ChangeWay): HeldOn {
  const account = world.account(actor.account);
  const resources = {
    user: account.users,
    role: account.roles,
    group: account.groups,
    policy: account.policies,
  }[on];
  if (!attaches) return world.powers.among(actor, permission, resources);
  for (const policy of account.adminPolicies) {
    const held = world.powers.among(actor, permission, resources, { 'iam:PolicyARN': [policy] });
    if (!isNone(held.targets)) return held;
  }
  return HELD_ON_NONE;
}

function* changeOneself(
  { raised, views }: World,
  actor: Actor,
  way: ChangeWay,
  changed: Targets,
  evidence: readonly Uid[],
): Generator<BecomeEdge> {
  const own = way.on === 'group' ? (views.asIs.estate.groupsOf.get(actor.uid) ?? []) : [actor.uid];
  const certainties = own.flatMap((uid) => certaintyIn(changed, uid) ?? []);
  if (certainties.length === 0) return;
  const node = raised.nodeOf(actor.uid, { ...actor.change, raised: true });
  const certainty = leastSure(
    certainties.includes('certain') ? 'certain' : 'conditional',
    way.open === null ? 'certain' : 'conditional',
  );
  yield step(actor.node, node, way.via, [way.permission], certainty, evidence);
}

function* changeAnother(
  world: World,
  actor: Actor,
  way: ChangeWay,
  changed: Targets,
  evidence: readonly Uid[],
  foothold: Foothold,
): Generator<BecomeEdge> {
  if (way.on === 'group' || (way.on !== 'policy' && way.on !== foothold.kind)) return;
  const both = intersection(changed, foothold.targets);
  const nodes = world.nodesAfterRaise(both);
  yield* world.links(actor.node, way.open === null ? nodes : madeConditional(nodes), {
    via: `${way.via}-and-${foothold.via}`,
    permissions: [...new Set([way.permission, ...foothold.permissions])],
    evidence: [...evidence, ...foothold.evidence],
    restsOnTrust: false,
  });
}

/**
 * Where raising any of these leads: full control over the account where one of them gets that far, else the nodes of
 * all. Worked out once for the same targets.
 */
export function nodesAfterRaise(
  nodeOf: (uid: Uid) => Uid,
  isAdmin: (node: Uid) => boolean,
): (targets: Targets) => Targets {
  const known = new WeakMap<Targets, Targets>();
  const nodesOf = (uids: readonly Uid[]): readonly Uid[] => {
    const nodes: Uid[] = [];
    for (const uid of uids) {
      const node = nodeOf(uid);
      if (isAdmin(node)) return [node];
      nodes.push(node);
    }
    return nodes;
  };
  return (targets) => {
    const before = known.get(targets);
    if (before !== undefined) return before;
    const certain = nodesOf(targets.certain.uids);
    const isSettled = certain.some(isAdmin);
    const found = targetsOf(certain, isSettled ? [] : nodesOf(targets.conditional.uids));
    known.set(targets, found);
    return found;
  };
}
