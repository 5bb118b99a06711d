import type { Instant, Uid } from '#model/system.ts';
import type { Reader } from '#store/reader.ts';
import type { Guard, PlanStep } from './plan.ts';
import type { RevocationPolicy } from './policy.ts';
import type { IdentityRecords } from './read-subjects.ts';

const DAY = 86_400_000;

/** Why some identities must not, or not yet, be revoked. `asOf` is the snapshot's time. */
export async function guardsOf(
  reader: Reader,
  records: readonly IdentityRecords[],
  steps: readonly PlanStep[],
  policy: RevocationPolicy,
  asOf: Instant,
): Promise<Guard[]> {
  const guards: Guard[] = [];
  const revoked = records.map(({ identity }) => identity.uid);
  for (const { identity } of records) {
    const { uid } = identity;
    const add = (id: Guard['id'], verdict: Guard['verdict'], text: string) =>
      guards.push({ id, verdict, identityUid: uid, text });
    if (identity.managedBy === 'provider') add('provider-managed', 'refuse', 'the provider manages it');
    if (policy.ownIdentities.includes(uid)) add('own-identity', 'refuse', 'this program runs as it');
    if (policy.breakGlass.some((pattern) => fits(pattern, uid) || fits(pattern, identity.name))) {
      add('break-glass', 'refuse', 'it is on the break-glass list');
    }
    const alone = await scopesLeftWithoutAdministrator(reader, uid, revoked);
    if (alone.length > 0)
      add('last-administrator', 'refuse', `it is the last administrator of ${alone.join(', ')}`);
    const use = await lastUse(reader, uid);
    if (use === null) {
      add('use-unknown', 'hold', 'no source says when it was last used');
    } else if (
      use.lastUsedAt !== null &&
      Date.parse(asOf) - Date.parse(use.lastUsedAt) < policy.quietDays * DAY
    ) {
      add('in-use', 'hold', `last used ${use.lastUsedAt}, within ${policy.quietDays} days`);
    }
    const own = steps.filter(({ identityUid }) => identityUid === uid);
    const unread = own.filter(({ before }) => before === null);
    if (unread.length > 0) {
      add(
        'not-read',
        'note',
        `${unread.length} of ${own.length} objects were not read: their steps are not carried out`,
      );
    }
    const final = own.filter(({ undoable }) => !undoable);
    if (final.length > 0) {
      add(
        'irreversible',
        'note',
        `cannot be undone: ${final.map(({ id, title }) => `${id} ${title}`).join('; ')}`,
      );
    }
  }
  return guards;
}

/** Scopes that this identity administers for certain, and after the revocation nobody would. */
async function scopesLeftWithoutAdministrator(
  reader: Reader,
  uid: Uid,
  revoked: readonly Uid[],
): Promise<Uid[]> {
  const rows = await reader.all<{ scope: Uid }>(
    `SELECT DISTINCT e.scope_uid AS scope FROM entitlements e
     WHERE e.identity_uid = $uid AND e.capability = 'admin' AND e.certainty = 'certain' AND NOT EXISTS (
       SELECT 1 FROM entitlements o JOIN identities i ON i.uid = o.identity_uid
       WHERE o.capability = 'admin' AND o.certainty = 'certain' AND o.scope_uid = e.scope_uid
         AND NOT list_contains($revoked, o.identity_uid) AND i.enabled IS DISTINCT FROM false)
     ORDER BY ALL`,
    { uid, revoked },
  );
  return rows.map(({ scope }) => scope);
}

/** The newest use that any source saw; a null date: sources looked and saw none; null: none looked. */
async function lastUse(reader: Reader, uid: Uid): Promise<{ lastUsedAt: Instant | null } | null> {
  const [row] = await reader.all<{ lastUsedAt: Instant | null; sources: number }>(
    `SELECT max(used) AS "lastUsedAt", count(*) AS sources FROM (
       SELECT last_used_at AS used FROM usages WHERE identity_uid = $uid AND subject <> 'permission'
       UNION ALL
       SELECT last_used_at FROM credentials WHERE identity_uid = $uid AND last_used_evidence <> 'none')`,
    { uid },
  );
  return row === undefined || row.sources === 0 ? null : { lastUsedAt: row.lastUsedAt };
}

function fits(pattern: string, text: string): boolean {
  const parts = pattern.split('*').map((part) => part.replaceAll(/[\\^$.|?+()[\]{}]/gu, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 'su').test(text);
}
