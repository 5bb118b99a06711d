import type { Observation } from '#model/record.ts';
import type { Feed } from '#model/scope.ts';
import { parseInstant } from '../../instant.ts';
import type { AccountReading } from '../account.ts';
import { listOf, partOf, textOf } from '../parts.ts';
import type { Reply } from '../session.ts';
import { principalUid } from './assignments.ts';
import type { IdentityCenter } from './center.ts';

const FEEDS: readonly Feed[] = ['groups'];
const USERS = 'identitystore:ListUsers';
const GROUPS = 'identitystore:ListGroups';
const MEMBERS = 'identitystore:ListGroupMemberships';

/**
 * Yields the people of Identity Center and their groups, into the account that looks after it: no more of a person than
 * the name for signing in.
 * https://docs.aws.amazon.com/singlesignon/latest/IdentityStoreAPIReference/welcome.html
 */
export async function* readIdentityStore(
  account: AccountReading,
  people: AccountReading,
  center: IdentityCenter,
): AsyncGenerator<readonly Observation[]> {
  const { region, storeId: IdentityStoreId } = center;
  const { rows } = account.intake;
  for await (const page of people.pages(FEEDS, USERS, { IdentityStoreId }, { region })) {
    for (const user of listOf(page, 'Users')) userRow(account, people, user);
    const taken = rows.take();
    if (taken !== null) yield taken;
  }
  for await (const page of people.pages(FEEDS, GROUPS, { IdentityStoreId }, { region })) {
    await Promise.all(listOf(page, 'Groups').map((group) => groupRows(account, people, center, group)));
    const taken = rows.take();
    if (taken !== null) yield taken;
  }
  people.follows(FEEDS, GROUPS, [MEMBERS]);
}

function userRow(account: AccountReading, people: AccountReading, user: Reply): void {
  const id = textOf(user, 'UserId');
  if (id === null) return people.lost(FEEDS, USERS, 'Users: expected ids');
  const status = textOf(user, 'UserStatus');
  account.intake.rows.emit('identities', {
    uid: principalUid(account.partition, 'user', id),
    system: 'aws',
    scopeUid: account.scopeUid,
    kind: 'identity-center-user',
    name: textOf(user, 'UserName') ?? id,
    class: 'human',
    classReason: 'user of IAM Identity Center',
    managedBy: 'customer',
    enabled: status === null ? null : status === 'ENABLED',
    createdAt: parseInstant(user['CreatedAt']),
    tags: {},
    environment: null,
    providerId: id,
    raw: null,
  });
}

async function groupRows(
  account: AccountReading,
  people: AccountReading,
  { region, storeId: IdentityStoreId }: IdentityCenter,
  group: Reply,
): Promise<void> {
  const GroupId = textOf(group, 'GroupId');
  if (GroupId === null) return people.lost(FEEDS, GROUPS, 'Groups: expected ids');
  const { partition, scopeUid, intake } = account;
  const uid = principalUid(partition, 'group', GroupId);
  intake.rows.emit('groups', {
    uid,
    system: 'aws',
    scopeUid,
    kind: 'identity-center-group',
    name: textOf(group, 'DisplayName') ?? GroupId,
    implicit: false,
    raw: null,
  });
  const options = { region, about: GroupId };
  for await (const page of people.pages(FEEDS, MEMBERS, { IdentityStoreId, GroupId }, options)) {
    for (const membership of listOf(page, 'GroupMemberships')) {
      const userId = textOf(partOf(membership, 'MemberId'), 'UserId');
      if (userId === null) people.lost(FEEDS, MEMBERS, `${GroupId}: expected users`);
      else {
        const memberUid = principalUid(partition, 'user', userId);
        intake.rows.emit('memberships', {
          groupUid: uid,
          memberUid,
          memberKind: 'identity',
          system: 'aws',
          scopeUid,
        });
      }
    }
  }
}
