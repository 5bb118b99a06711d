import type { Cause, Change, FactKind } from '#model/drift.ts';
import type { ManagedBy } from '#model/identity.ts';
import type { Uid } from '#model/system.ts';
import type { Reader } from '#store/reader.ts';
import { PAIR } from './compare.ts';
import { sameDocuments } from './same-documents.ts';

/** Identities whose causes are looked for; more than that is a new estate, not a change. */
const LOOKED_AT = 500;

export type { Cause } from '#model/drift.ts';

/** One of two states: who answers for it, and what goes before its tables. */
export interface Side {
  readonly reader: Reader;
  readonly from: string;
}

/** The sides of a pair of snapshots that are open together. */
export function sidesOf(pair: Reader): { readonly before: Side; readonly after: Side } {
  return { before: { reader: pair, from: PAIR.before }, after: { reader: pair, from: PAIR.after } };
}

/** The causes of what identities gained and lost, by identity, for those whose access changed. */
export async function causesOf(
  changes: readonly Change[],
  sides: { readonly before: Side; readonly after: Side },
): Promise<ReadonlyMap<Uid, readonly Cause[]>> {
  const uids = [...new Set(changes.filter(({ kind }) => restsOnOthers(kind)).flatMap(involved))];
  const causes = new Map<Uid, Cause[]>();
  for (const uid of uids.slice(0, LOOKED_AT)) {
    const found = [
      ...(await differing('grant', grantsSql, sides, uid)),
      ...(await differing('role', rolesSql, sides, uid)),
      ...(await differing('trust', trustsSql, sides, uid)),
      ...(await differing('guardrail', guardrailsSql, sides, uid)),
    ];
    if (found.length > 0) causes.set(uid, found);
  }
  return causes;
}

/** Whether a kind of fact rests on grants, roles, trusts and guardrails, and does not stand for itself. */
export function restsOnOthers(kind: FactKind): boolean {
  return kind === 'entitlement' || kind === 'edge' || kind === 'open-grant';
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
  readonly text: string | null;
}

async function differing(
  kind: Cause['kind'],
  sql: (from: string) => string,
  { before, after }: { readonly before: Side; readonly after: Side },
  uid: Uid,
): Promise<Cause[]> {
  const [was, is] = [await textsOf(before, sql, uid), await textsOf(after, sql, uid)];
  return [...new Set([...was.keys(), ...is.keys()])].toSorted().flatMap((own): Cause[] => {
    const [old, now] = [was.get(own), is.get(own)];
    const known = old ?? now;
    if (known === undefined || sameDocuments(old?.text ?? null, now?.text ?? null)) return [];
    const { name, managedBy } = known;
    return [{ kind, uid: own, name, managedBy, before: old?.text ?? null, after: now?.text ?? null }];
  });
}

async function textsOf(
  { reader, from }: Side,
  sql: (from: string) => string,
  uid: Uid,
): Promise<ReadonlyMap<Uid, Row>> {
  const rows = await reader.all<Row>(
    `SELECT uid, name, managed_by AS "managedBy", text FROM (${sql(from)})`,
    { uid },
  );
  return new Map(rows.map((row) => [row.uid, row]));
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
