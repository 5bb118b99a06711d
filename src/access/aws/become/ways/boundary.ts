import { BOUNDARY_WAYS } from '#catalogue/aws/iam-ways.ts';
import type { BecomeEdge } from '#model/entitlement.ts';
import { isProtected } from '../found/account.ts';
import type { Actor } from '../asking/actor.ts';
import type { Held } from '../asking/powers.ts';
import { step } from '../step.ts';
import type { World } from '../world.ts';

const NEW_VERSION = 'iam:CreatePolicyVersion';

/** Who may take its own permissions boundary off, or change what that allows, has all that its policies give. */
export function* boundarySteps(
  { powers, raised, account: accountOf }: World,
  actor: Actor,
): Generator<BecomeEdge> {
  const { uid, kind, partition, change } = actor;
  const boundary = change.bounded ? actor.boundary : null;
  if (kind === 'root' || boundary === null) return;
  const node = (): string => raised.nodeOf(uid, { ...change, bounded: false });
  const edge = (via: string, permission: string, held: Held | null): BecomeEdge[] =>
    held === null ? [] : [step(actor.node, node(), via, [permission], held.certainty, held.evidence)];

  const wider = `arn:${partition}:iam::aws:policy/AdministratorAccess`;
  for (const { via, permission, replaces } of isProtected(uid) ? [] : BOUNDARY_WAYS[kind]) {
    const named = { 'iam:PermissionsBoundary': [replaces ? wider : boundary.uid] };
    yield* edge(via, permission, powers.on(actor, permission, uid, named));
  }
  if (accountOf(actor.account).policies.all.uids.includes(boundary.uid)) {
    yield* edge('change-boundary-policy', NEW_VERSION, powers.on(actor, NEW_VERSION, boundary.uid));
  }
}
