import type {
  CredentialRow,
  Dossier,
  EntitlementRow,
  GrantRow,
  IdentityRow,
  OwnerRow,
  TrustRow,
  UsageRow,
  WorkloadRow,
} from '#model/dossier.ts';
import type { Reader } from '#store/reader.ts';
import { selectFindings } from './select-findings.ts';

/** Gathers everything that a snapshot knows of one identity, sorted, so that the same snapshot gives the same answer. */
export async function readDossier(reader: Reader, uid: string): Promise<Dossier> {
  const rows = <Table extends object>(sql: string) => reader.all<Table>(sql, { uid });
  const [identity] = await rows<IdentityRow>(
    'SELECT * EXCLUDE (content_hash) FROM identities WHERE uid = $uid',
  );
  return {
    identity: identity ?? null,
    credentials: await rows<CredentialRow>(
      'SELECT * EXCLUDE (content_hash, raw, identity_uid) FROM credentials WHERE identity_uid = $uid ORDER BY kind, uid',
    ),
    grants: await rows<GrantRow>(
      `SELECT g.grant_uid, g.role_uid, r.name AS role, r.breadth, g.scope_uid, g.kind, g.state, g.condition,
         g.resource_uid, g.via_group
       FROM effective_grants g LEFT JOIN roles r ON r.uid = g.role_uid
       WHERE g.identity_uid = $uid ORDER BY ALL`,
    ),
    entitlements: await rows<EntitlementRow>(
      'SELECT capability, scope_uid, certainty, via FROM entitlements WHERE identity_uid = $uid ORDER BY ALL',
    ),
    trusted_by: await rows<TrustRow>(
      `SELECT trusted, trusted_kind, mechanism, condition, external, certainty
       FROM trusts WHERE identity_uid = $uid ORDER BY ALL`,
    ),
    becomes: await rows<Dossier['becomes'][number]>(BECOMES),
    become_by: await rows<Dossier['become_by'][number]>(BECOME_BY),
    usages: await rows<UsageRow>(
      `SELECT subject, permission, credential_uid, last_used_at, window_start, window_end, source, blind_spots
       FROM usages WHERE identity_uid = $uid ORDER BY ALL`,
    ),
    owners: await rows<OwnerRow>(
      'SELECT owner, kind, source, state FROM owners WHERE identity_uid = $uid ORDER BY ALL',
    ),
    workloads: await rows<WorkloadRow>(
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
