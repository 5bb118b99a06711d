import type { BecomeEdge } from '#model/entitlement.ts';
import { adminUid, waypointUid } from '#model/uid.ts';
import { ADMIN_ACTIONS } from '../../entitlements.ts';
import type { Account } from '../found/account.ts';
import type { Actor } from '../asking/actor.ts';
import { step } from '../step.ts';
import type { World } from '../world.ts';

/**
 * From full control over an account to everybody in it: users, who can be given new credentials, and roles, whose trust
 * can be rewritten. Not the root user, and not roles that nobody in the account can edit.
 */
export function* controlSteps(accounts: Iterable<Account>): Generator<BecomeEdge> {
  for (const { scopeUid, users, roles } of accounts) {
    const everybody = waypointUid(scopeUid, 'identities');
    yield step(adminUid(scopeUid), everybody, 'account-administrator', [], 'certain', []);
    for (const uid of [...users.all.uids, ...roles.all.uids])
      yield step(everybody, uid, 'any-of', [], 'certain', []);
  }
}

/** From an administrator to full control over its account. */
export function* administratorSteps({ powers }: World, actor: Actor): Generator<BecomeEdge> {
  const { node, policies, account } = actor;
  const administers = powers.administers(actor);
  if (administers === null) return;
  const grants = policies.flatMap(({ grant, document }) =>
    grant !== null && (document?.statements.some(({ effect }) => effect !== 'Deny') ?? false) ? [grant] : [],
  );
  yield step(node, adminUid(`aws:${account}`), 'administrator', ADMIN_ACTIONS, administers, grants);
}
