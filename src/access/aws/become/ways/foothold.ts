import type { Actor } from '../asking/actor.ts';
import { credentialFootholds } from './credentials.ts';
import type { Technique } from '../links.ts';
import { isNone, type Targets } from '../asking/target-list.ts';
import type { World } from '../world.ts';

/** A way of acting as others with their own permissions, which changing those makes worth more. */
export interface Foothold extends Technique {
  readonly kind: 'user' | 'role';
  readonly targets: Targets;
}

const UPDATE_TRUST = 'iam:UpdateAssumeRolePolicy';

/** Everybody whom the actor can become without anything else that runs; those that lead nowhere are left out. */
export function footholdsOf(world: World, actor: Actor): readonly Foothold[] {
  return [
    ...world.assumable(actor),
    ...trustFootholds(world, actor),
    ...credentialFootholds(world, actor),
  ].filter(({ targets }) => !isNone(targets));
}

/**
 * Whoever writes a role's trust policy can name anybody in it: also a principal that nothing keeps from assuming it.
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAssumeRolePolicy.html
 */
function* trustFootholds(world: World, actor: Actor): Generator<Foothold> {
  if (!world.powers.mayHold(actor, UPDATE_TRUST)) return;
  const { roles } = world.account(actor.account);
  const { targets, evidence } = world.powers.among(actor, UPDATE_TRUST, roles);
  yield {
    via: 'update-trust-policy',
    permissions: [UPDATE_TRUST],
    targets,
    evidence,
    kind: 'role',
    restsOnTrust: false,
  };
}
