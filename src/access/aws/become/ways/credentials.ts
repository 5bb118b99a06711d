import { CREDENTIAL_WAYS, type CredentialWay } from '#catalogue/aws/iam-ways.ts';
import type { Uid } from '#model/system.ts';
import { awsAccountUid } from '#model/uid.ts';
import type { Estate } from '../../estate.ts';
import type { Account, BecomeRecords } from '../found/account.ts';
import type { Actor } from '../asking/actor.ts';
import type { Foothold } from './foothold.ts';
import { intersection, targetsOf, type Targets } from '../asking/target-list.ts';
import type { World } from '../world.ts';

/** The users for whom the actor can make a credential, and so act as them. */
export function* credentialFootholds(world: World, actor: Actor): Generator<Foothold> {
  const account = world.account(actor.account);
  for (const { via, permissions, needs } of CREDENTIAL_WAYS) {
    let targets = world.usersThatNeed(account, needs);
    const evidence: Uid[] = [];
    for (const permission of permissions) {
      const held = world.powers.among(actor, permission, account.users);
      targets = intersection(targets, held.targets);
      evidence.push(...held.evidence);
    }
    yield { via, permissions, targets, evidence, kind: 'user', restsOnTrust: false };
  }
}

/** Says which users of an account meet a need, by their credentials. Where those were not read, they may. */
export function credentialNeeds(
  estate: Estate,
  { credentials }: BecomeRecords,
): (account: Account, needs: CredentialWay['needs']) => Targets {
  const keys = new Map<Uid, number>();
  const passwords = new Set<Uid>();
  for (const { identityUid, kind, enabled } of credentials) {
    if (kind === 'access-key') keys.set(identityUid, (keys.get(identityUid) ?? 0) + 1);
    if (kind === 'console-password' && enabled !== false) passwords.add(identityUid);
  }
  const known = new Map<string, Targets>();
  return (account, needs) => {
    const key = `${account.id} ${needs}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const isRead = isReportRead(estate, account);
    const users = account.users.all.uids;
    const isFull = (uid: Uid): boolean => (keys.get(uid) ?? 0) >= 2;
    const found = {
      'room-for-a-key': () => sorted(users, (uid) => !isFull(uid), isRead),
      // To delete one first works however many there are.
      'no-room-for-a-key': () => targetsOf(isRead ? users.filter(isFull) : users, []),
      'no-password': () => sorted(users, (uid) => !passwords.has(uid), isRead),
      password: () =>
        targetsOf(
          users.filter((uid) => passwords.has(uid)),
          isRead ? [] : users,
        ),
    }[needs]();
    known.set(key, found);
    return found;
  };
}

/** Those that surely meet what only the absence of rows shows. */
function sorted(users: readonly Uid[], meets: (uid: Uid) => boolean, isRead: boolean): Targets {
  const those = users.filter(meets);
  return isRead ? targetsOf(those, []) : targetsOf([], those);
}

function isReportRead(estate: Estate, { id }: Account): boolean {
  return (estate.coverage.get(awsAccountUid(id)) ?? []).some(
    ({ feed, call, status }) =>
      feed === 'credentials' && call === 'iam:GetCredentialReport' && status === 'complete',
  );
}
