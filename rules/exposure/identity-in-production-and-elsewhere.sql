/*---
id: identity-in-production-and-elsewhere
title: Identity is used in {{production}} and in another environment
category: exposure
severity: medium
needs: [identities, workloads, grants]
subjects: [identities]
params:
  production: { default: production, about: The environment that must stand alone. }
identify_by: [identity_uid]
playbook: split-identity
about: >-
  An identity of production that a test environment uses too makes every hole of the test environment one of production.
  Judged are identities that run workloads, or hold rights in a scope other than their own, and of which something says an
  environment: where they live, where workloads run as them, and where they hold rights. One that is seen in production and
  in another environment fails. Where a workload of it says no
  environment, the answer is unknown; a grant whose scope says none is passed over, since accounts and clusters often hold
  several. The rule cannot see environments that only people's names for things tell.
remedy:
  - Make an identity for each environment, each with the rights that are needed there.
  - Move the workloads of the other environment over, and take its rights from the identity of production.
  - Change the credentials of the identity of production, which the other environment has seen.
examples:
  - name: workloads of two environments
    given:
      identities: [{ uid: 'arn:aws:iam::111111111111:role/app' }]
      workloads:
        - { uid: a, identity_uid: 'arn:aws:iam::111111111111:role/app', environment: production }
        - { uid: b, identity_uid: 'arn:aws:iam::111111111111:role/app', environment: staging }
    expect: [{ identity_uid: 'arn:aws:iam::111111111111:role/app', status: fail }]
  - name: workloads of production alone
    given:
      identities: [{ uid: 'arn:aws:iam::111111111111:role/app' }]
      workloads:
        - { uid: a, identity_uid: 'arn:aws:iam::111111111111:role/app', environment: production }
        - { uid: b, identity_uid: 'arn:aws:iam::111111111111:role/app', environment: production }
    expect: [{ identity_uid: 'arn:aws:iam::111111111111:role/app', status: pass }]
---*/
WITH judged AS (
  SELECT uid, system, scope_uid, environment FROM identities
  WHERE managed_by = 'customer' AND class <> 'human' AND enabled IS DISTINCT FROM false
),
environments AS (SELECT uid, lower(environment) AS environment FROM scopes WHERE environment IS NOT NULL),
places AS (
  SELECT uid AS identity_uid, lower(environment) AS environment, 'identity' AS what, uid AS place
  FROM judged WHERE environment IS NOT NULL
  UNION ALL
  SELECT w.identity_uid, coalesce(lower(w.environment), e.environment), 'workload', w.uid
  FROM workloads w SEMI JOIN judged ON judged.uid = w.identity_uid LEFT JOIN environments e ON e.uid = w.scope_uid
  UNION ALL
  SELECT g.identity_uid, e.environment, 'grant', g.scope_uid
  FROM effective_grants g JOIN environments e ON e.uid = g.scope_uid JOIN judged j ON j.uid = g.identity_uid
  WHERE g.scope_uid <> j.scope_uid
),
seen AS (
  SELECT identity_uid, bool_or(environment = lower($production)) AS in_production,
    bool_or(environment <> lower($production)) AS elsewhere,
    count(*) FILTER (environment IS NULL) AS without_environment
  FROM places GROUP BY identity_uid
  -- An identity that is seen nowhere but at home is not in two places, and one of which nothing says an environment in none.
  HAVING bool_or(what <> 'identity') AND bool_or(environment IS NOT NULL)
),
-- Lists for every identity would take the time and memory of a large estate: only for those that do not pass.
open AS (SELECT identity_uid FROM seen WHERE (in_production AND elsewhere) OR without_environment > 0),
grouped AS (
  SELECT identity_uid, environment, what, count(DISTINCT place) AS places, min(place) AS first_place
  FROM places SEMI JOIN open USING (identity_uid) GROUP BY ALL
),
told AS (
  SELECT identity_uid, list_sort(list_distinct(list(environment))) AS environments,
    list_sort(list({ environment: environment, what: what, places: places, first: first_place }))[:10] AS places
  FROM grouped GROUP BY identity_uid
)
SELECT s.identity_uid, NULL AS subject_uid, j.system, j.scope_uid,
  CASE
    WHEN s.in_production AND s.elsewhere THEN 'fail'
    WHEN s.without_environment > 0 THEN 'unknown'
    ELSE 'pass'
  END AS status,
  { environments: t.environments, workloads_without_environment: s.without_environment, seen: t.places } AS evidence
FROM seen s JOIN judged j ON j.uid = s.identity_uid LEFT JOIN told t USING (identity_uid)
