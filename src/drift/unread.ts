import type { FactKind } from '#model/drift.ts';
import type { Feed } from '#model/scope.ts';
import type { Uid } from '#model/system.ts';
import type { Reader } from '#store/reader.ts';

/** Whether what a kind of fact is read from was not read whole in a scope: what is missing there may be there. */
export type Unread = (kind: FactKind, scopeUid: Uid | null) => boolean;

/** What a kind of fact is read from. */
const FEEDS: Readonly<Record<FactKind, readonly Feed[]>> = {
  identity: ['identities'],
  credential: ['credentials'],
  entitlement: ['identities', 'grants', 'roles'],
  edge: ['identities', 'grants', 'roles'],
  trust: ['trusts'],
  guardrail: ['guardrails'],
  'open-grant': ['grants'],
};

/** Reads what coverage says: a feed that was not read whole, or a scope that was not looked at. `from` as for facts. */
export async function unreadIn(reader: Reader, from: string): Promise<Unread> {
  const rows = await reader.all<{ scope: Uid; feed: Feed; whole: boolean }>(
    `SELECT scope_uid AS scope, feed, bool_and(status = 'complete') AS whole FROM ${from}coverage
     WHERE scope_uid IS NOT NULL AND feed IS NOT NULL GROUP BY ALL`,
  );
  const whole = new Set(rows.filter((row) => row.whole).map(({ scope, feed }) => `${feed} ${scope}`));
  return (kind, scope) => scope !== null && FEEDS[kind].some((feed) => !whole.has(`${feed} ${scope}`));
}
