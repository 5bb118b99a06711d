import { KPIS } from '#model/kpi.ts';
import { count, optionalCount, optionalNumber, optionalText, text } from '../columns.ts';
import type { View } from '../views.ts';
import { KPI_DAYS } from './kpi-identities.ts';

const DEFINITIONS = KPIS.map(({ id, name, unit }, place) => `(${place}, '${id}', '${name}', '${unit}')`).join(
  ', ',
);

export const kpis: View = {
  name: 'kpis',
  about:
    'The metrics: one row for each and each system of the snapshot, and one for all systems together. docs/kpi.md has the formulas; `kpi_identities` says which identities are behind them.',
  columns: {
    id: text('The id of the formula: `K2`.'),
    name: text('`owned`, `stale`, …: its name in the policy of the gate.'),
    system: optionalText('`aws`, `azure`, `gcp` or `kubernetes`; NULL: all together.'),
    unit: text('`percent` or `days`.'),
    value: optionalNumber(
      'The metric over what was measured; NULL where nothing was, and `reason` says why.',
    ),
    numerator: optionalCount('How many it counts; NULL for a median.'),
    denominator: count('How many were measured.'),
    unknown: count('How many more there are for which it is not known.'),
    gaps: count('Scopes that were not read well enough to say how many there are.'),
    reason: optionalText('Why there is no value; NULL where there is one.'),
  },
  sql: `
    -- Asked for once: it is behind eight of the metrics.
    WITH each AS MATERIALIZED (SELECT * FROM kpi_identities),
    clock AS (SELECT as_of FROM snapshot),
    definition(place, id, name, unit) AS (VALUES ${DEFINITIONS}),
    systems AS (SELECT system FROM scopes UNION SELECT system FROM identities UNION SELECT NULL),
    fed AS (
      SELECT scope_uid, any_value(system) AS system, feed, bool_and(status = 'complete') AS complete,
        -- A source that nobody tried takes nothing from another.
        bool_or(status = 'complete') AND bool_and(status IN ('complete', 'skipped')) AS read
      FROM coverage WHERE scope_uid IS NOT NULL AND feed IS NOT NULL GROUP BY scope_uid, feed
    ),
    populated AS (SELECT DISTINCT system, scope_uid FROM each),
    -- What is used or run as, and not there: somebody knows it, the collection does not.
    missing AS (
      SELECT DISTINCT system, identity_uid FROM (
        SELECT system, identity_uid FROM usages UNION ALL SELECT system, identity_uid FROM workloads
      ) ANTI JOIN identities i ON i.uid = identity_uid
    ),
    live AS (
      SELECT c.system, c.created_at, c.expires_at, date_sub('day', c.created_at, (FROM clock)) AS age
      FROM credentials c LEFT JOIN identities i ON i.uid = c.identity_uid
      WHERE i.managed_by IS DISTINCT FROM 'provider' AND i.class IS DISTINCT FROM 'human'
        AND c.enabled IS DISTINCT FROM false AND (c.expires_at IS NULL OR c.expires_at > (FROM clock))
    ),
    said(name, system, answer) AS (
      SELECT 'visibility', system, 'yes' FROM each
      UNION ALL SELECT 'visibility', system, 'no' FROM missing
      UNION ALL SELECT 'coverage', system, CASE WHEN complete THEN 'yes' ELSE 'no' END FROM fed
      UNION ALL SELECT 'owned', system, owned FROM each
      UNION ALL SELECT 'owned-administrators', system, CASE WHEN administrator = 'yes' THEN owned ELSE 'unknown' END
        FROM each WHERE administrator <> 'no'
      UNION ALL SELECT 'excess-privilege', system, excessive FROM each
      UNION ALL SELECT 'standing-administrators', system, administrator FROM each
      UNION ALL SELECT 'orphaned', system, orphaned FROM each
      UNION ALL SELECT 'stale', system, stale FROM each
      UNION ALL SELECT 'long-lived-credentials', system, CASE
          WHEN expires_at IS NULL THEN 'yes' WHEN created_at IS NULL THEN 'unknown'
          WHEN date_sub('day', created_at, expires_at) > ${KPI_DAYS} THEN 'yes' ELSE 'no' END FROM live
      UNION ALL SELECT 'credential-age', system, CASE WHEN age IS NULL THEN 'unknown' ELSE 'no' END FROM live
      UNION ALL SELECT 'federated', system, federated FROM each
    ),
    counted AS (
      SELECT name, system, grouping(system) AS whole, count(*) FILTER (answer = 'yes') AS numerator,
        count(*) FILTER (answer IN ('yes', 'no')) AS denominator, count(*) FILTER (answer = 'unknown') AS unknown
      FROM said GROUP BY GROUPING SETS ((name), (name, system))
    ),
    ages AS (
      SELECT system, grouping(system) AS whole, median(age) AS age FROM live GROUP BY GROUPING SETS ((), (system))
    ),
    unread AS (
      SELECT need.name, p.system, grouping(p.system) AS whole, count(*) AS gaps
      FROM (VALUES ('visibility', 'identities'), ('owned', 'identities'), ('owned-administrators', 'identities'),
        ('excess-privilege', 'identities'), ('standing-administrators', 'identities'), ('orphaned', 'identities'),
        ('stale', 'identities'), ('federated', 'identities'), ('long-lived-credentials', 'credentials'),
        ('credential-age', 'credentials')) need(name, feed)
      JOIN populated p ON true
      LEFT JOIN fed ON fed.scope_uid = p.scope_uid AND fed.feed = need.feed
      WHERE fed.read IS NOT TRUE
      GROUP BY GROUPING SETS ((need.name), (need.name, p.system))
    ),
    whole AS (
      SELECT d.place, d.id, d.name, s.system, d.unit, coalesce(c.numerator, 0) AS numerator,
        coalesce(c.denominator, 0) AS denominator, coalesce(c.unknown, 0) AS unknown, coalesce(u.gaps, 0) AS gaps, a.age
      FROM definition d CROSS JOIN systems s
      LEFT JOIN counted c ON c.name = d.name AND c.system IS NOT DISTINCT FROM s.system AND (c.whole = 1) = (s.system IS NULL)
      LEFT JOIN unread u ON u.name = d.name AND u.system IS NOT DISTINCT FROM s.system AND (u.whole = 1) = (s.system IS NULL)
      LEFT JOIN ages a ON a.system IS NOT DISTINCT FROM s.system AND (a.whole = 1) = (s.system IS NULL)
    )
    SELECT id, name, system, unit,
      CASE WHEN denominator = 0 OR (name = 'visibility' AND gaps > 0) THEN NULL
        WHEN unit = 'days' THEN CAST(age AS DOUBLE)
        ELSE round(100.0 * numerator / denominator, 2)::DOUBLE END AS value,
      CASE WHEN unit = 'days' THEN NULL ELSE numerator END AS numerator, denominator, unknown, gaps,
      CASE WHEN name = 'visibility' AND gaps > 0 THEN 'the identities of ' || gaps || ' scopes were not all read'
        WHEN denominator > 0 THEN NULL
        WHEN unknown > 0 THEN 'not known for any of ' || unknown
        WHEN gaps > 0 THEN 'not read in ' || gaps || ' scopes'
        ELSE 'there is nothing to measure' END AS reason
    FROM whole ORDER BY place, system NULLS FIRST`,
};
