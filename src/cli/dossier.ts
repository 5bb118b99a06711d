import type { Reader } from '#store/reader.ts';
import { selectFindings, type FindingRow } from './select-findings.ts';

/** A row as the snapshot has it, by column name. */
export type Row = Readonly<Record<string, unknown>>;

/** Everything that a snapshot knows of one identity. */
export interface Dossier {
  readonly identity: Row;
  readonly credentials: readonly Row[];
  readonly grants: readonly Row[];
  readonly entitlements: readonly Row[];
  readonly trusted_by: readonly Row[];
  readonly becomes: readonly Row[];
  readonly become_by: readonly Row[];
  readonly usages: readonly Row[];
  readonly owners: readonly Row[];
  readonly workloads: readonly Row[];
  readonly findings: readonly FindingRow[];
}

/** Gathers it, sorted, so that the same snapshot gives the same answer. */
export async function readDossier(reader: Reader, uid: string): Promise<Dossier> {
  const rows = (sql: string) => reader.all(sql, { uid });
  const [identity] = await rows('SELECT * EXCLUDE (content_hash) FROM identities WHERE uid = $uid');
  return {
    identity: identity ?? {},
    credentials: await rows(
      'SELECT * EXCLUDE (content_hash, raw, identity_uid) FROM credentials WHERE identity_uid = $uid ORDER BY kind, uid',
    ),
    grants: await rows(
      `SELECT g.grant_uid, g.role_uid, r.name AS role, r.breadth, g.scope_uid, g.kind, g.state, g.condition,
         g.resource_uid, g.via_group
       FROM effective_grants g LEFT JOIN roles r ON r.uid = g.role_uid
       WHERE g.identity_uid = $uid ORDER BY ALL`,
    ),
    entitlements: await rows(
      'SELECT capability, scope_uid, certainty, via FROM entitlements WHERE identity_uid = $uid ORDER BY ALL',
    ),
    trusted_by: await rows(
      `SELECT trusted, trusted_kind, mechanism, condition, external, certainty
       FROM trusts WHERE identity_uid = $uid ORDER BY ALL`,
    ),
    becomes: await rows(BECOMES),
    become_by: await rows(BECOME_BY),
    usages: await rows(
      `SELECT subject, permission, credential_uid, last_used_at, window_start, window_end, source, blind_spots
       FROM usages WHERE identity_uid = $uid ORDER BY ALL`,
    ),
    owners: await rows(
      'SELECT owner, kind, source, state FROM owners WHERE identity_uid = $uid ORDER BY ALL',
    ),
    workloads: await rows(
      'SELECT uid, kind, name, scope_uid, environment FROM workloads WHERE identity_uid = $uid ORDER BY ALL',
    ),
    findings: await selectFindings(reader, [{ sql: 'f.identity_uid = $uid', params: { uid } }]),
  };
}

const BOTH = `CASE WHEN e.certainty = 'certain' THEN s.certainty ELSE e.certainty END`;

/** One step, through the waypoints that stand for any one of many. */
const BECOMES = `
  WITH RECURSIVE step(uid, via, permissions, certainty) AS (
    SELECT to_uid, via, permissions, certainty FROM edges WHERE from_uid = $uid
    UNION
    SELECT e.to_uid, s.via, s.permissions, ${BOTH}
    FROM step s JOIN edges e ON e.from_uid = s.uid WHERE starts_with(s.uid, 'waypoint:'))
  SELECT uid AS to_uid, via, permissions, certainty FROM step WHERE NOT starts_with(uid, 'waypoint:') AND uid <> $uid ORDER BY ALL`;

const BECOME_BY = `
  WITH RECURSIVE step(uid, via, permissions, certainty) AS (
    SELECT from_uid, via, permissions, certainty FROM edges WHERE to_uid = $uid
    UNION
    SELECT e.from_uid, e.via, e.permissions, ${BOTH}
    FROM step s JOIN edges e ON e.to_uid = s.uid WHERE starts_with(s.uid, 'waypoint:'))
  SELECT uid AS from_uid, via, permissions, certainty FROM step WHERE NOT starts_with(uid, 'waypoint:') AND uid <> $uid ORDER BY ALL`;
