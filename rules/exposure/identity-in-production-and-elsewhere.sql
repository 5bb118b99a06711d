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
WITH held AS (
  SELECT DISTINCT identity_uid, scope_uid FROM effective_grants
  WHERE scope_uid IN (SELECT uid FROM scopes WHERE environment IS NOT NULL)
),
places AS (
  SELECT uid AS identity_uid, environment, 'identity' AS what, uid AS place FROM identities WHERE environment IS NOT NULL
  UNION ALL
  SELECT w.identity_uid, coalesce(w.environment, s.environment), 'workload', w.uid
  FROM workloads w LEFT JOIN scopes s ON s.uid = w.scope_uid
  UNION ALL
  SELECT h.identity_uid, s.environment, 'grant', h.scope_uid
  FROM held h JOIN scopes s ON s.uid = h.scope_uid JOIN identities i ON i.uid = h.identity_uid
  WHERE h.scope_uid <> i.scope_uid
),
grouped AS (
  SELECT identity_uid, lower(environment) AS environment, what, count(*) AS places, min(place) AS first_place
  FROM places GROUP BY ALL
),
seen AS (
  SELECT identity_uid, list_sort(list_distinct(list(environment))) AS environments,
    coalesce(sum(places) FILTER (environment IS NULL), 0)::BIGINT AS without_environment,
    list({ environment: environment, what: what, places: places, first: first_place }) AS places
  FROM grouped GROUP BY identity_uid
  -- An identity that is seen nowhere but at home is not in two places.
  HAVING bool_or(what <> 'identity')
)
SELECT i.uid AS identity_uid, NULL AS subject_uid,
  CASE
    WHEN list_contains(s.environments, lower($production)) AND len(s.environments) > 1 THEN 'fail'
    WHEN s.without_environment > 0 THEN 'unknown'
    ELSE 'pass'
  END AS status,
  { environments: s.environments, workloads_without_environment: s.without_environment, seen: list_sort(s.places)[:10] } AS evidence
FROM seen s JOIN identities i ON i.uid = s.identity_uid
WHERE len(s.environments) > 0 AND i.managed_by = 'customer' AND i.class <> 'human' AND i.enabled IS DISTINCT FROM false
