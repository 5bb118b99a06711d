import type { System, Uid } from '#model/system.ts';
import type { Reader } from '#store/reader.ts';

/** An identity that is the same workload as another one, in a system of its own. */
export interface Twin {
  readonly uid: Uid;
  readonly system: System;
  readonly why: string;
}

/**
 * The twins of an identity: those in other systems that it becomes, or that become it, by a trust that names exactly
 * that subject, followed to the end. A pattern that many subjects fit makes no twin.
 */
export async function twinsOf(reader: Reader, start: Uid): Promise<Twin[]> {
  const rows = await reader.all<{ uid: Uid; system: System; near: Uid; claimed: boolean }>(TWINS, { start });
  return rows.map(({ uid, system, near, claimed }) => ({
    uid,
    system,
    why: claimed ? `${near} claims to be it` : `it trusts, or is trusted by, exactly ${near}`,
  }));
}

/** The identities that run a workload of this name. */
export async function identitiesOfWorkload(reader: Reader, name: string): Promise<Twin[]> {
  return reader.all<Twin & Record<string, unknown>>(
    `SELECT DISTINCT i.uid, i.system, 'it runs ' || w.kind || ' ' || w.name AS why
     FROM workloads w JOIN identities i ON i.uid = w.identity_uid
     WHERE w.name = $name OR w.uid = $name ORDER BY i.system, i.uid`,
    { name },
  );
}

/**
 * Federated subjects (\`oidc:…\`) and Google's workload principals stand between two systems: they are gone through and
 * are no identities themselves. Edges inside one system, and those by way of any of many, are grants, not twins.
 */
const TWINS = `
  WITH RECURSIVE links(a, b, claimed) AS (
    SELECT from_uid, to_uid, false FROM edges
    WHERE certainty IN ('certain', 'conditional') AND NOT regexp_matches(from_uid, '[*?]')
      AND NOT starts_with(from_uid, 'waypoint:') AND NOT starts_with(to_uid, 'waypoint:')
      AND (starts_with(from_uid, 'oidc:') OR starts_with(to_uid, 'oidc:') OR contains(from_uid, '.svc.id.goog[')
        OR contains(to_uid, '.svc.id.goog[') OR split_part(from_uid, ':', 1) <> split_part(to_uid, ':', 1))
    UNION
    SELECT trusted, identity_uid, true FROM trusts WHERE certainty = 'claimed' AND NOT regexp_matches(trusted, '[*?]')
  ),
  both_ways AS (SELECT a, b, claimed FROM links UNION SELECT b, a, claimed FROM links),
  reached(uid, near, claimed) AS (
    SELECT $start::VARCHAR, NULL::VARCHAR, false
    UNION
    SELECT l.b, CASE WHEN r.uid IN (SELECT uid FROM identities) THEN r.uid ELSE r.near END, l.claimed
    FROM reached r JOIN both_ways l ON l.a = r.uid
    WHERE NOT starts_with(r.uid, 'oidc:') OR NOT starts_with(l.b, 'oidc:')
  )
  SELECT i.uid, i.system, coalesce(min(r.near), $start) AS near, bool_and(r.claimed) AS claimed
  FROM reached r JOIN identities i ON i.uid = r.uid
  WHERE i.uid <> $start AND i.managed_by = 'customer'
  GROUP BY i.uid, i.system ORDER BY i.system, i.uid`;
