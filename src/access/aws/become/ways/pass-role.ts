import { PASS_ROLE_WAYS, type PassRoleWay } from '#catalogue/aws/escalation.ts';
import type { BecomeEdge } from '#model/entitlement.ts';
import type { Actor } from '../asking/actor.ts';
import type { Held } from '../asking/powers.ts';
import { leastSure } from '../step.ts';
import { asSureAs, intersection, isNone } from '../asking/target-list.ts';
import type { World } from '../world.ts';

const PASS_ROLE = 'iam:PassRole';
const NEW_PROFILE = ['iam:CreateInstanceProfile', 'iam:AddRoleToInstanceProfile'];

/**
 * Who may pass a role that trusts a service to it, and make the service run something, acts as that role.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
 */
export function* passRoleSteps(world: World, actor: Actor): Generator<BecomeEdge> {
  if (!world.powers.mayHold(actor, PASS_ROLE)) return;
  for (const way of PASS_ROLE_WAYS) {
    const run = mayRun(world, actor, way);
    if (run === null) continue;
    for (const service of way.services) yield* passTo(world, actor, way, service, run);
  }
}

function* passTo(
  { account: accountOf, services, powers, links, profiles, newResources }: World,
  actor: Actor,
  way: PassRoleWay,
  service: string,
  run: Held,
): Generator<BecomeEdge> {
  const account = accountOf(actor.account);
  const { roles, trusting } = services(account, service);
  const passed = powers.among(actor, PASS_ROLE, roles, { 'iam:PassedToService': [service] });
  const targets = intersection(passed.targets, trusting);
  if (isNone(targets)) return;
  const sure = leastSure(run.certainty, way.open === null ? 'certain' : 'conditional');
  const technique = {
    via: way.via,
    permissions: [PASS_ROLE, ...way.permissions],
    evidence: [...passed.evidence, ...run.evidence],
    restsOnTrust: true,
  };
  if (service !== 'ec2.amazonaws.com') {
    yield* links(actor.node, asSureAs(targets, sure), technique);
    return;
  }
  // An instance gets its role by an instance profile; a role without one needs a new profile.
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_switch-role-ec2_instance-profiles.html
  const { present, absent } = profiles(account);
  yield* links(actor.node, asSureAs(intersection(targets, present), sure), technique);
  const profile = newResources.all(actor, NEW_PROFILE);
  if (profile === null) return;
  yield* links(actor.node, asSureAs(intersection(targets, absent), leastSure(sure, profile.certainty)), {
    ...technique,
    permissions: [...technique.permissions, ...NEW_PROFILE],
    evidence: [...technique.evidence, ...profile.evidence],
  });
}

/** Whether the actor can make the service run something. */
function mayRun(world: World, actor: Actor, way: PassRoleWay): Held | null {
  const held = world.newResources.all(actor, way.permissions);
  const [first = ''] = way.permissions;
  if (held === null || way.listedBy === null) return held;
  const there = world.workloadsFor(world.account(actor.account), first);
  const on = world.powers.among(actor, first, there.resources);
  if (on.targets.certain.uids.length > 0) return held;
  const isListed = world.isListed(actor.account, way.listedBy);
  return isListed && isNone(on.targets) ? null : { ...held, certainty: 'conditional' };
}
