import { awsActionNumber, resourceTemplates } from '#catalogue/aws/actions.ts';
import { EXISTING_WAYS, type ExistingWay } from '#catalogue/aws/escalation.ts';
import type { BecomeEdge } from '#model/entitlement.ts';
import type { Uid } from '#model/system.ts';
import type { Actor } from '../asking/actor.ts';
import type { Held } from '../asking/powers.ts';
import { leastSure } from '../step.ts';
import { asSureAs, intersection, isNone, madeConditional } from '../asking/target-list.ts';
import type { World } from '../world.ts';

/**
 * Who may change or enter what runs with a role acts as that role. Where what runs was not collected, any role that the
 * service may take on could be it: a condition that stays open.
 */
export function* existingSteps(world: World, actor: Actor): Generator<BecomeEdge> {
  for (const way of EXISTING_WAYS) {
    if (
      !way.permissions.every(
        (permission) => world.powers.mayHold(actor, permission) || isPoliced(world, actor, permission),
      )
    )
      continue;
    yield* onKnown(world, actor, way);
    const anywhere = world.isListed(actor.account, way.listedBy)
      ? null
      : world.newResources.all(actor, way.permissions);
    if (anywhere !== null) yield* onUnknown(world, actor, way, anywhere);
  }
}

/** Whether the policies of what runs may allow it without the actor's own. */
function isPoliced(world: World, actor: Actor, permission: string): boolean {
  const account = world.account(actor.account);
  return account.workloads.length > 0 && world.workloadsFor(account, permission).resources.always.length > 0;
}

function* onKnown(world: World, actor: Actor, way: ExistingWay): Generator<BecomeEdge> {
  const [first = ''] = way.permissions;
  const account = world.account(actor.account);
  if (account.workloads.length === 0) return;
  const there = world.workloadsFor(account, first);
  if (there.resources.all.uids.length === 0) return;
  const kinds = resourceTemplates(awsActionNumber(first));
  const evidence: Uid[] = [];
  let targets = there.resources.atMost;
  for (const permission of way.permissions) {
    const isOnIt = resourceTemplates(awsActionNumber(permission)).some((kind) => kinds.includes(kind));
    if (isOnIt) {
      const held = world.powers.among(actor, permission, there.resources);
      targets = intersection(targets, held.targets);
      evidence.push(...held.evidence);
    } else {
      const held = world.newResources.all(actor, [permission]);
      if (held === null) return;
      targets = asSureAs(targets, held.certainty);
      evidence.push(...held.evidence);
    }
  }
  const also = alsoHeld(world, actor, way, first);
  if (also === null || isNone(targets)) return;
  const ready = world.rolesReady(there.rolesOf(targets), way.roleNeeds);
  const sure = leastSure(also.certainty, way.open === null ? 'certain' : 'conditional');
  yield* world.links(actor.node, asSureAs(ready, sure), {
    via: way.via,
    permissions: way.permissions,
    evidence: [...evidence, ...also.evidence],
    restsOnTrust: false,
  });
}

/** What else the first permission has to be allowed on. */
function alsoHeld({ powers }: World, actor: Actor, { also }: ExistingWay, permission: string): Held | null {
  if (also === null) return { certainty: 'certain', evidence: [] };
  return powers.on(actor, permission, `arn:${actor.partition}:${also}`);
}

function* onUnknown(
  { account: accountOf, services, profiles, links }: World,
  actor: Actor,
  way: ExistingWay,
  { evidence }: Held,
): Generator<BecomeEdge> {
  const account = accountOf(actor.account);
  for (const service of way.services) {
    const { trusting } = services(account, service);
    const { present } = profiles(account);
    const roles = service === 'ec2.amazonaws.com' ? intersection(trusting, present) : trusting;
    yield* links(actor.node, madeConditional(roles), {
      via: way.via,
      permissions: way.permissions,
      evidence,
      restsOnTrust: true,
    });
  }
}
