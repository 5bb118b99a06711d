import { CREATION_WAYS } from '#catalogue/aws/iam-ways.ts';
import type { BecomeEdge } from '#model/entitlement.ts';
import type { Actor } from '../asking/actor.ts';
import { step } from '../step.ts';
import type { World } from '../world.ts';

/** Who makes a role or user and gives it everything has full control over the account, as far as its organisation goes. */
export function* creationSteps(
  { newResources, raised, account }: World,
  actor: Actor,
): Generator<BecomeEdge> {
  if (actor.change.raised) return;
  for (const { via, permissions } of CREATION_WAYS) {
    // Without a boundary: one would limit what is made.
    for (const policy of account(actor.account).adminPolicies) {
      const held = newResources.all(actor, permissions, {
        'iam:PolicyARN': [policy],
        'iam:PermissionsBoundary': [],
      });
      if (held === null) continue;
      const node = raised.newcomerNode(actor.partition, actor.account);
      yield step(actor.node, node, via, permissions, held.certainty, held.evidence);
      break;
    }
  }
}
