import type { ManagedBy } from '#model/identity.ts';
import type { Uid } from '#model/system.ts';
import type { Reader } from '#store/reader.ts';
import type { Change } from './change.ts';
import { PAIR, type Sides } from './compare.ts';
import { sameDocuments } from './same-documents.ts';

/** What lies behind a change of access: a grant that came or went, or a role, trust or guardrail with another text. */
export interface Cause {
  readonly kind: 'grant' | 'role' | 'trust' | 'guardrail';
  readonly uid: Uid;
  readonly name: string;
  /** `provider`: the provider itself changed it, as when a managed policy grows. */
  readonly managedBy: ManagedBy | null;
  readonly before: string | null;
  readonly after: string | null;
}

/** Identities whose causes are looked for; more than that is a new estate, not a change. */
const LOOKED_AT = 500;

/** The causes of what identities gained and lost, by identity, for those whose access changed. */
export async function causesOf(
  reader: Reader,
  changes: readonly Change[],
  sides: Sides = PAIR,
): Promise<ReadonlyMap<Uid, readonly Cause[]>> {
  const uids = [
    ...new Set(changes.filter(({ kind }) => kind === 'entitlement' || kind === 'edge').flatMap(involved)),
  ];
  const causes = new Map<Uid, Cause[]>();
  for (const uid of uids.slice(0, LOOKED_AT)) {
    const found = [
      ...(await differing(reader, 'grant', grantsSql, sides, uid)),
      ...(await differing(reader, 'role', rolesSql, sides, uid)),
      ...(await differing(reader, 'trust', trustsSql, sides, uid)),
      ...(await differing(reader, 'guardrail', guardrailsSql, sides, uid)),
    ];
    if (found.length > 0) causes.set(uid, found);
  }
  return causes;
}

/** An edge rests on what either end holds or trusts. */
function involved({ kind, identityUid, key }: Change): Uid[] {
  const to = kind === 'edge' ? /^becomes (.+) by [a-z\d-]+$/su.exec(key)?.[1] : undefined;
  return to === undefined ? [identityUid] : [identityUid, to];
}

interface Row {
  readonly uid: Uid;
  readonly name: string;
  readonly managedBy: ManagedBy | null;
  readonly before: string | null;
  readonly after: string | null;
}

async function differing(
  reader: Reader,
  kind: Cause['kind'],
  sql: (from: string) => string,
  sides: Sides,
  uid: Uid,
): Promise<Cause[]> {
  const rows = await reader.all<Row & Record<string, unknown>>(
    `SELECT coalesce(f.uid, t.uid) AS uid, coalesce(f.name, t.name) AS name,
       coalesce(f.managed_by, t.managed_by) AS "managedBy", f.text AS before, t.text AS after
     FROM (${sql(sides.before)}) f FULL JOIN (${sql(sides.after)}) t ON t.uid = f.uid
     WHERE f.text IS DISTINCT FROM t.text ORDER BY ALL`,
    { uid },
  );
  return rows
    .filter(({ before, after }) => !sameDocuments(before, after))
    .map(({ uid: own, name, managedBy, before, after }) => ({
      kind,
      uid: own,
      name,
      managedBy,
      before,
      after,
    }));
}

/** Every grant that the identity holds, by itself or through groups to any depth. */
function heldSql(from: string): string {
  return `WITH RECURSIVE holders(uid) AS (
      SELECT $uid::VARCHAR UNION
      SELECT m.group_uid FROM ${from}memberships m JOIN holders h ON h.uid = m.member_uid)
    SELECT g.* FROM ${from}grants g JOIN holders h ON h.uid = g.principal_uid`;
}

function grantsSql(from: string): string {
  return `SELECT g.uid, coalesce(any_value(r.name), any_value(g.role_uid)) AS name, NULL AS managed_by,
      any_value(g.scope_uid) || coalesce(' if ' || any_value(g.condition)::VARCHAR, '') AS text
    FROM (${heldSql(from)}) g LEFT JOIN ${from}roles r ON r.uid = g.role_uid GROUP BY g.uid`;
}

function rolesSql(from: string): string {
  return `SELECT DISTINCT r.uid, r.name, r.managed_by, coalesce(r.document::VARCHAR, '') AS text
    FROM ${from}roles r WHERE r.uid IN (SELECT role_uid FROM (${heldSql(from)}))`;
}

function trustsSql(from: string): string {
  return `SELECT identity_uid || ' trusts ' || trusted || ' by ' || mechanism AS uid, any_value(trusted) AS name,
      NULL AS managed_by, string_agg(coalesce(condition::VARCHAR, ''), chr(10) ORDER BY condition::VARCHAR) AS text
    FROM ${from}trusts WHERE identity_uid = $uid GROUP BY 1`;
}

function guardrailsSql(from: string): string {
  return `SELECT g.uid, any_value(g.kind) AS name, any_value(r.managed_by) AS managed_by,
      coalesce(any_value(r.document), any_value(g.document))::VARCHAR AS text
    FROM ${from}guardrails g LEFT JOIN ${from}roles r ON r.uid = g.role_uid
    WHERE g.target_uid = $uid OR g.target_uid IN (SELECT scope_uid FROM ${from}identities WHERE uid = $uid)
    GROUP BY g.uid`;
}
