import { text } from '../columns.ts';
import type { View } from '../views.ts';

const ANSWER = '`yes`, `no` or `unknown`.';

/** The days after which something is long unused, or long valid. */
export const KPI_DAYS = 90;

export const kpiIdentities: View = {
  name: 'kpi_identities',
  about:
    'What the metrics say of every identity that they count: not of people, root users, disabled and provider-managed identities, Kubernetes users, and the default service account of a namespace.',
  columns: {
    identity_uid: text('The identity (`identities.uid`).'),
    system: text('`aws`, `azure`, `gcp` or `kubernetes`.'),
    scope_uid: text('Its scope (`scopes.uid`).'),
    owned: text(
      `Whether an owner is declared or corroborated; \`unknown\` where sources contradict each other or were not read. ${ANSWER}`,
    ),
    orphaned: text(`Whether nobody is on record, or only names that are gone or known to nobody. ${ANSWER}`),
    administrator: text(
      `Whether it is an administrator of a scope; \`unknown\` where that depends on a condition or grants were not read. ${ANSWER}`,
    ),
    stale: text(`Whether it was unused for more than ${KPI_DAYS} days, measured as a whole. ${ANSWER}`),
    excessive: text(
      `Whether more than half of the permissions whose use is measured were unused for ${KPI_DAYS} days. ${ANSWER} \`none\`: it holds nothing.`,
    ),
    federated: text(
      `Whether it gets in without a credential that is valid for more than ${KPI_DAYS} days. ${ANSWER} \`none\`: no way in is known.`,
    ),
  },
  sql: `
    WITH clock AS (SELECT as_of FROM snapshot),
    population AS (
      SELECT uid, system, scope_uid, created_at FROM identities
      WHERE managed_by = 'customer' AND class <> 'human' AND enabled IS DISTINCT FROM false AND kind <> 'root-user'
        AND NOT (system = 'kubernetes' AND (kind <> 'service-account' OR uid LIKE '%/default'))
    ),
    feeds AS (
      SELECT scope_uid, bool_and(complete) FILTER (feed = 'owners') AS owners,
        bool_and(complete) FILTER (feed = 'credentials') AS credentials,
        count(*) FILTER (feed IN ('grants', 'roles') AND complete) = 2 AS grants
      FROM (
        SELECT scope_uid, feed, bool_or(status = 'complete') AND bool_and(status IN ('complete', 'skipped')) AS complete
        FROM coverage WHERE scope_uid IS NOT NULL AND feed IS NOT NULL GROUP BY ALL
      ) GROUP BY scope_uid
    ),
    owning AS (
      SELECT identity_uid, bool_or(state IN ('declared', 'corroborated')) AS owned,
        bool_or(state = 'conflicting') AS torn, bool_or(state = 'inferred') AS inferred
      FROM owners GROUP BY identity_uid
    ),
    admins AS (
      SELECT identity_uid, bool_or(certainty = 'certain') AS certain
      FROM entitlements WHERE capability = 'admin' GROUP BY identity_uid
    ),
    -- AWS tells of services and of some of their actions too; the services hold the actions.
    used AS (
      SELECT identity_uid, permission, max(last_used_at) >= (FROM clock) - INTERVAL ${KPI_DAYS} DAY AS recent
      FROM usages WHERE subject = 'permission' AND NOT contains(permission, ':') GROUP BY ALL
    ),
    using_ AS (
      SELECT identity_uid, count(*) AS permissions, count(*) FILTER (recent) AS recent FROM used GROUP BY identity_uid
    ),
    holders AS (SELECT DISTINCT identity_uid FROM effective_grants),
    keys AS (
      SELECT identity_uid, bool_or(expires_at IS NULL OR date_sub('day', created_at, expires_at) > ${KPI_DAYS}) AS long_lived,
        bool_or(expires_at IS NOT NULL AND created_at IS NULL) AS unsure
      FROM credentials WHERE enabled IS DISTINCT FROM false AND (expires_at IS NULL OR expires_at > (FROM clock))
      GROUP BY identity_uid
    ),
    trusted AS (SELECT DISTINCT identity_uid FROM trusts WHERE certainty <> 'claimed'),
    idle AS (
      SELECT p.uid, u.last_used_at, u.whole, coalesce(u.window_end, (FROM clock)) AS seen_until,
        CASE
          WHEN u.last_used_at IS NOT NULL THEN u.last_used_at
          WHEN u.window_start IS NOT NULL AND p.created_at IS NOT NULL THEN greatest(u.window_start, p.created_at)
        END AS idle_since
      FROM population p JOIN identity_usage u ON u.identity_uid = p.uid
    )
    SELECT p.uid AS identity_uid, p.system, p.scope_uid,
      CASE WHEN o.owned AND NOT o.torn THEN 'yes' WHEN o.torn THEN 'unknown' WHEN o.inferred THEN 'no'
        WHEN f.owners THEN 'no' ELSE 'unknown' END AS owned,
      CASE WHEN o.owned OR o.inferred THEN 'no' WHEN o.torn THEN 'unknown'
        WHEN f.owners THEN 'yes' ELSE 'unknown' END AS orphaned,
      CASE WHEN a.certain THEN 'yes' WHEN a.identity_uid IS NOT NULL THEN 'unknown'
        WHEN f.grants THEN 'no' ELSE 'unknown' END AS administrator,
      CASE WHEN date_sub('day', p.created_at, (FROM clock)) <= ${KPI_DAYS} THEN 'no'
        WHEN date_sub('day', i.last_used_at, (FROM clock)) <= ${KPI_DAYS} THEN 'no'
        WHEN i.whole AND date_sub('day', i.idle_since, i.seen_until) > ${KPI_DAYS} THEN 'yes'
        ELSE 'unknown' END AS stale,
      CASE WHEN u.permissions > 0 THEN CASE WHEN 2 * u.recent < u.permissions THEN 'yes' ELSE 'no' END
        WHEN h.identity_uid IS NULL AND f.grants THEN 'none' ELSE 'unknown' END AS excessive,
      CASE WHEN k.long_lived THEN 'no' WHEN k.unsure THEN 'unknown'
        WHEN f.credentials IS NOT TRUE THEN 'unknown'
        WHEN k.identity_uid IS NOT NULL OR t.identity_uid IS NOT NULL THEN 'yes' ELSE 'none' END AS federated
    FROM population p
    LEFT JOIN feeds f ON f.scope_uid = p.scope_uid
    LEFT JOIN owning o ON o.identity_uid = p.uid
    LEFT JOIN admins a ON a.identity_uid = p.uid
    LEFT JOIN idle i ON i.uid = p.uid
    LEFT JOIN using_ u ON u.identity_uid = p.uid
    LEFT JOIN holders h ON h.identity_uid = p.uid
    LEFT JOIN keys k ON k.identity_uid = p.uid
    LEFT JOIN trusted t ON t.identity_uid = p.uid`,
};
