import type { IdentityDetails } from '#contract/report.ts';
import { SEVERITIES } from '#model/finding.ts';
import type { Snapshot } from '#store/read/open-snapshot.ts';

/** More identities than a page has room for, and rows of each kind that each may have. */
const LIMIT = { identities: 20_000, rows: 20 };

const CHOSEN = `
  WITH worst AS (
    SELECT identity_uid, min(list_position($ranks, severity)) AS rank FROM findings WHERE status = 'fail' GROUP BY ALL
  ),
  chosen AS (
    SELECT uid FROM identities LEFT JOIN worst ON identity_uid = uid ORDER BY rank NULLS LAST, uid LIMIT $identities
  )`;

/** Reads credentials, grants and uses row by row, for the identities with the worst findings first. */
export async function readDetails(snapshot: Snapshot): Promise<readonly IdentityDetails[]> {
  const params = { ranks: SEVERITIES, identities: LIMIT.identities, rows: LIMIT.rows };
  const read = async <Row extends object>(sql: string): Promise<ReadonlyMap<string, Row[]>> => {
    const rows = await snapshot.all<{ uid: string; row: Row }>(`${CHOSEN} ${sql}`, params);
    const byUid = new Map<string, Row[]>();
    for (const { uid, ...row } of rows) {
      const those = byUid.get(uid) ?? [];
      // The statement's other columns are the fields of the row.
      those.push(row as unknown as Row);
      byUid.set(uid, those);
    }
    return byUid;
  };
  const credentials = await read<IdentityDetails['credentials'][number]>(
    `SELECT c.identity_uid AS uid, c.kind, c.name, c.enabled, c.created_at AS "createdAt", c.expires_at AS "expiresAt",
       c.last_used_at AS "lastUsedAt", c.last_used_evidence AS "lastUsedEvidence"
     FROM credentials c SEMI JOIN chosen ON chosen.uid = c.identity_uid
     QUALIFY row_number() OVER (PARTITION BY c.identity_uid ORDER BY c.uid) <= $rows
     ORDER BY c.identity_uid, c.uid`,
  );
  const grants = await read<IdentityDetails['grants'][number]>(
    `SELECT g.identity_uid AS uid, g.kind, g.state, g.scope_uid AS "scopeUid", g.resource_uid AS "resourceUid",
       coalesce(r.name, g.role_uid) AS role, g.via_group AS "group"
     FROM effective_grants g SEMI JOIN chosen ON chosen.uid = g.identity_uid
     LEFT JOIN (SELECT uid, any_value(name) AS name FROM roles GROUP BY uid) r ON r.uid = g.role_uid
     QUALIFY row_number() OVER (PARTITION BY g.identity_uid ORDER BY g.grant_uid, g.via_group, g.scope_uid) <= $rows
     ORDER BY g.identity_uid, g.grant_uid, g.via_group, g.scope_uid`,
  );
  const usages = await read<IdentityDetails['usages'][number]>(
    `SELECT u.identity_uid AS uid, u.subject, u.permission, u.last_used_at AS "lastUsedAt",
       u.window_start AS "windowStart", u.source
     FROM usages u SEMI JOIN chosen ON chosen.uid = u.identity_uid
     QUALIFY row_number() OVER (
       PARTITION BY u.identity_uid ORDER BY u.subject, u.last_used_at DESC NULLS LAST, u.permission, u.source, u.credential_uid
     ) <= $rows
     ORDER BY u.identity_uid, u.subject, u.last_used_at DESC NULLS LAST, u.permission, u.source, u.credential_uid`,
  );
  const uids = new Set([...credentials.keys(), ...grants.keys(), ...usages.keys()]);
  return [...uids].toSorted().map((uid) => ({
    uid,
    credentials: credentials.get(uid) ?? [],
    grants: grants.get(uid) ?? [],
    usages: usages.get(uid) ?? [],
  }));
}
