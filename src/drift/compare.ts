import { FACT_KINDS, type Change, type FactKind } from '#model/drift.ts';
import type { Uid } from '#model/system.ts';
import type { Reader } from '#store/reader.ts';
import { directionOf } from './change.ts';
import { factsSql } from './fact.ts';
import { sameDocuments } from './same-documents.ts';
import { unreadIn, type Unread } from './unread.ts';

/** What goes before the tables of each side: `before.` and `after.`, or nothing for the snapshot that is being written. */
export interface Sides {
  readonly before: string;
  readonly after: string;
}

export const PAIR: Sides = { before: 'before.', after: 'after.' };

/**
 * Everything that is so in one snapshot and not, or not so, in the other: what identities can do and become, not the
 * policies behind it; of one identity only where it is named. Sorted by kind, identity and key, in batches.
 */
export async function* compare(
  reader: Reader,
  sides: Sides = PAIR,
  identity: Uid | null = null,
): AsyncGenerator<readonly Change[]> {
  const unread = {
    before: await unreadIn(reader, sides.before),
    after: await unreadIn(reader, sides.after),
  };
  const about = identity === null ? '' : 'WHERE identity_uid = $identity';
  for (const kind of FACT_KINDS) {
    for await (const rows of reader.stream<Row>(differences(kind, sides, about), { identity })) {
      const changes = rows.flatMap((row) => changeOf(kind, row, unread));
      if (changes.length > 0) yield changes;
    }
  }
}

/** All changes in one list. */
export async function allChanges(batches: AsyncIterable<readonly Change[]>): Promise<Change[]> {
  const changes: Change[] = [];
  for await (const batch of batches) for (const change of batch) changes.push(change);
  return changes;
}

interface Row {
  readonly identityUid: Uid;
  readonly key: string;
  readonly before: string | null;
  readonly after: string | null;
  readonly scopeUid: Uid | null;
}

/** The facts of a kind that differ, of those that `about`, a WHERE or nothing, leaves. */
function differences(kind: FactKind, { before, after }: Sides, about: string): string {
  const owned = kind === 'guardrail' || kind === 'open-grant';
  const home = owned
    ? `coalesce(gb.scope_uid, ga.scope_uid, d.identity_uid)`
    : `coalesce(a.scope_uid, b.scope_uid)`;
  const homes = owned
    ? `LEFT JOIN (${homesSql(kind, before)}) gb ON gb.uid = d.identity_uid
       LEFT JOIN (${homesSql(kind, after)}) ga ON ga.uid = d.identity_uid`
    : `LEFT JOIN ${before}identities b ON b.uid = d.identity_uid LEFT JOIN ${after}identities a ON a.uid = d.identity_uid`;
  return `
    WITH d AS (
      SELECT coalesce(f.identity_uid, t.identity_uid) AS identity_uid, coalesce(f.key, t.key) AS key,
        f.value AS before, t.value AS after
      FROM (FROM (${factsSql(kind, before)}) ${about}) f FULL JOIN (FROM (${factsSql(kind, after)}) ${about}) t
        ON t.identity_uid = f.identity_uid AND t.key = f.key
      WHERE f.value IS DISTINCT FROM t.value
    )
    SELECT d.identity_uid AS "identityUid", d.key, d.before, d.after, ${home} AS "scopeUid"
    FROM d ${homes} ORDER BY d.identity_uid, d.key`;
}

/** Where what guardrails limit and open grants give is, of those that differ. */
function homesSql(kind: keyof typeof OWNER, from: string): string {
  return `SELECT ${OWNER[kind]} AS uid, min(scope_uid) AS scope_uid FROM ${from}${TABLE[kind]}
    WHERE ${OWNER[kind]} IN (SELECT identity_uid FROM d) GROUP BY 1`;
}

const TABLE = { guardrail: 'guardrails', 'open-grant': 'grants' } as const;
const OWNER = { guardrail: 'target_uid', 'open-grant': 'principal_uid' } as const;

function changeOf(
  kind: FactKind,
  row: Row,
  unread: { readonly before: Unread; readonly after: Unread },
): Change[] {
  const { identityUid, key, before, after, scopeUid } = row;
  if (kind === 'guardrail' && sameDocuments(before, after)) return [];
  const missing = before === null ? unread.before : after === null ? unread.after : null;
  const gap = missing?.(kind, scopeUid) ?? false;
  const direction = gap ? 'unknown' : directionOf(kind, before, after);
  return [{ kind, direction, identityUid, key, before, after }];
}
