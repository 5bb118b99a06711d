import type { System, Uid } from '#model/system.ts';
import type { Reader } from '#store/reader.ts';

/** What the snapshot knows by name: code names things that it does not describe. */
export interface Known {
  /** The scopes of a system of one kind, sorted. */
  readonly scopes: (
    system: System,
    kind: string,
  ) => Promise<readonly { readonly uid: Uid; readonly name: string }[]>;
  /** Identities and groups of a scope by `kind/name`. */
  readonly principals: (scopeUid: Uid) => Promise<ReadonlyMap<string, Uid>>;
  /** The roles of a system by name, and whether their documents are known. */
  readonly roles: (
    system: System,
  ) => Promise<readonly { readonly uid: Uid; readonly name: string; readonly hasDocument: boolean }[]>;
  /** The identities and groups whose uid ends so, as object ids of a directory do. */
  readonly endingWith: (system: System, end: string) => Promise<readonly Uid[]>;
  /** The identity of a system whose tag has the value, whatever its case; null: there is none. */
  readonly tagged: (system: System, tag: string, value: string) => Promise<Uid | null>;
}

/** Asks a snapshot. */
export function knownIn(reader: Reader): Known {
  return {
    scopes: (system, kind) =>
      reader.all('SELECT uid, name FROM scopes WHERE system = $system AND kind = $kind ORDER BY uid', {
        system,
        kind,
      }),
    async principals(scopeUid) {
      const rows = await reader.all<{ uid: Uid; key: string }>(
        `SELECT uid, kind || '/' || name AS key FROM identities WHERE scope_uid = $scopeUid
         UNION ALL SELECT uid, kind || '/' || name FROM groups WHERE scope_uid = $scopeUid`,
        { scopeUid },
      );
      return new Map(rows.map(({ uid, key }) => [key, uid]));
    },
    roles: (system) =>
      reader.all(
        'SELECT uid, name, document IS NOT NULL AS "hasDocument" FROM roles WHERE system = $system ORDER BY uid',
        { system },
      ),
    async endingWith(system, end) {
      const rows = await reader.all<{ uid: Uid }>(
        `SELECT uid FROM identities WHERE system = $system AND ends_with(uid, $end)
         UNION SELECT uid FROM groups WHERE system = $system AND ends_with(uid, $end) ORDER BY uid`,
        { system, end },
      );
      return rows.map(({ uid }) => uid);
    },
    async tagged(system, tag, value) {
      const [row] = await reader.all<{ uid: Uid }>(
        `SELECT min(uid) AS uid FROM identities
         WHERE system = $system AND lower(json_extract_string(tags, '$."' || $tag || '"')) = lower($value)
         HAVING count(*) > 0`,
        { system, tag, value },
      );
      return row?.uid ?? null;
    },
  };
}
