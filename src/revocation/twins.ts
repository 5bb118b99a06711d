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
 * Subjects are those that a trust can name as exactly one: identities, and the federated subjects (`oidc:…`, workloads of
 * Google's pools) that stand between two systems, which are gone through and are no twins themselves. All else that can be
 * become or vouches is shared: `<scope>:admin` by every administrator, `saml:…` by a whole directory, `waypoint:…` by any
 * of many. Edges inside one system are grants, not twins.
 */
const TWINS = String.raw`
  WITH RECURSIVE nodes(uid, system) AS (
    SELECT uid, system FROM identities UNION ALL SELECT from_uid, NULL FROM edges UNION ALL SELECT to_uid, NULL FROM edges
  ),
  subjects(uid, system) AS (
    SELECT uid, CASE WHEN regexp_matches(uid,
      '^(oidc:|gcp:principal://.*/workloadIdentityPools/.*/subject/|gcp:serviceAccount:[^[]*\.svc\.id\.goog\[)')
      THEN 'federated' ELSE max(system) END AS of
    FROM nodes WHERE NOT regexp_matches(uid, '[*?]') GROUP BY uid HAVING of IS NOT NULL
  ),
  links(a, b, claimed) AS (
    SELECT e.from_uid, e.to_uid, false
    FROM edges e JOIN subjects f ON f.uid = e.from_uid JOIN subjects t ON t.uid = e.to_uid
    WHERE e.certainty IN ('certain', 'conditional') AND (f.system = 'federated' OR f.system <> t.system)
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
