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
  const involvedUids = changes.filter(({ kind }) => restsOnOthers(kind)).flatMap(involved);
  const uids = [...new Set(involvedUids)].slice(0, LOOKED_AT);
  const causes = new Map<Uid, Cause[]>();
  if (uids.length === 0) return causes;
  for (const [kind, sql] of BEHIND) {
    for (const [uid, cause] of await differing(kind, sql, sides, uids)) {
      const known = causes.get(uid);
      if (known === undefined) causes.set(uid, [cause]);
      else known.push(cause);
    }
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

/** A grant, role, trust or guardrail. */
interface Row {
  readonly uid: Uid;
  readonly name: string;
  readonly managedBy: ManagedBy | null;
  readonly text: string | null;
  /** Those of the identities asked about whose access it is behind. */
  readonly identityUids: readonly Uid[];
}

type Query = (from: string) => string;

/** What access comes of, and how to read what is behind the access of `$uids`: each thing once, as it may be long. */
const BEHIND: readonly (readonly [kind: Cause['kind'], query: Query])[] = [
  ['grant', grantsSql],
  ['role', rolesSql],
  ['trust', trustsSql],
  ['guardrail', guardrailsSql],
];

async function differing(
  kind: Cause['kind'],
  query: Query,
  { before, after }: { readonly before: Side; readonly after: Side },
  uids: readonly Uid[],
): Promise<(readonly [identityUid: Uid, cause: Cause])[]> {
  const [was, is] = [await rowsOf(before, query, uids), await rowsOf(after, query, uids)];
  return [...new Set([...was.keys(), ...is.keys()])].toSorted().flatMap((uid) => {
    const [old, now] = [was.get(uid), is.get(uid)];
    const saysTheSame = sameDocuments(old?.text ?? null, now?.text ?? null);
    const [had, have] = [new Set(old?.identityUids), new Set(now?.identityUids)];
    return [...new Set([...had, ...have])].flatMap((identityUid): [Uid, Cause][] => {
      const [mine, myNew] = [had.has(identityUid) ? old : undefined, have.has(identityUid) ? now : undefined];
      const known = mine ?? myNew;
      const [text, newText] = [mine?.text ?? null, myNew?.text ?? null];
      const isSame = mine !== undefined && myNew !== undefined ? saysTheSame : text === newText;
      if (known === undefined || isSame) return [];
      const { name, managedBy } = known;
      return [[identityUid, { kind, uid, name, managedBy, before: text, after: newText }]];
    });
  });
}

async function rowsOf(
  { reader, from }: Side,
  query: Query,
  uids: readonly Uid[],
): Promise<ReadonlyMap<Uid, Row>> {
  const rows = await reader.all<Row>(
    `SELECT uid, name, managed_by AS "managedBy", text, identity_uids AS "identityUids" FROM (${query(from)})`,
    { uids },
  );
  return new Map(rows.map((row) => [row.uid, row]));
}

/** Every grant that each of them holds, by itself or through groups to any depth. */
function heldSql(from: string): string {
  return `WITH RECURSIVE holders(identity_uid, uid) AS (
      SELECT unnest($uids), unnest($uids) UNION
      SELECT h.identity_uid, m.group_uid FROM ${from}memberships m JOIN holders h ON h.uid = m.member_uid)
    SELECT g.*, h.identity_uid FROM ${from}grants g JOIN holders h ON h.uid = g.principal_uid`;
}

function grantsSql(from: string): string {
  return `SELECT g.uid, coalesce(any_value(r.name), any_value(g.role_uid)) AS name, NULL AS managed_by,
      any_value(g.scope_uid) || coalesce(' if ' || any_value(g.condition)::VARCHAR, '') AS text,
      list(DISTINCT g.identity_uid) AS identity_uids
    FROM (${heldSql(from)}) g LEFT JOIN ${from}roles r ON r.uid = g.role_uid GROUP BY g.uid`;
}

function rolesSql(from: string): string {
  return `SELECT r.uid, r.name, r.managed_by, coalesce(r.document::VARCHAR, '') AS text, h.identity_uids
    FROM ${from}roles r JOIN (
      SELECT role_uid, list(DISTINCT identity_uid) AS identity_uids FROM (${heldSql(from)}) GROUP BY role_uid
    ) h ON h.role_uid = r.uid`;
}

function trustsSql(from: string): string {
  return `SELECT identity_uid || ' trusts ' || trusted || ' by ' || mechanism AS uid, any_value(trusted) AS name,
      NULL AS managed_by, string_agg(coalesce(condition::VARCHAR, ''), chr(10) ORDER BY condition::VARCHAR) AS text,
      list(DISTINCT identity_uid) AS identity_uids
    FROM ${from}trusts WHERE identity_uid IN (SELECT unnest($uids)) GROUP BY 1`;
}

/** What limits an identity itself, or the scope that it lives in. */
function guardrailsSql(from: string): string {
  return `SELECT g.uid, any_value(g.kind) AS name, any_value(r.managed_by) AS managed_by,
      coalesce(any_value(r.document), any_value(g.document))::VARCHAR AS text,
      list(DISTINCT t.identity_uid) AS identity_uids
    FROM (
      SELECT unnest($uids) AS identity_uid, unnest($uids) AS target_uid UNION
      SELECT uid, scope_uid FROM ${from}identities WHERE uid IN (SELECT unnest($uids))
    ) t JOIN ${from}guardrails g ON g.target_uid = t.target_uid LEFT JOIN ${from}roles r ON r.uid = g.role_uid
    GROUP BY g.uid`;
}
