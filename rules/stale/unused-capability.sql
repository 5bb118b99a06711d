/*---
id: unused-capability
title: Identity has not used some of its permissions for more than {{days}} days
category: stale
severity: low
needs: [identities, usages]
subjects: [identities]
params:
  days: { default: 90, min: 1, max: 3650, about: Whole days without use that are accepted. }
identify_by: [identity_uid]
playbook: reduce-role
about: >-
  What an identity may do and does not do serves only whoever takes it over. Judged are the services and permissions whose
  use a source measures (AWS: last accessed, unused access), each by the latest use that any source saw. Days are whole
  periods of 24 hours: exactly the limit still passes. Where no use was seen and the source looked for a shorter time than
  the limit, or does not say for how long, the answer is unknown; so it is where no permission of the identity was measured.
  Identities younger than the limit pass. People, root users, disabled and provider-managed identities are left out.
  The rule cannot see actions that no source tracks; the evidence has the blind spots of each source.
remedy:
  - Compare the permissions in the evidence with the rarest job of the identity.
  - Take the unused ones away, and watch for refusals.
examples:
  - name: a service that it has not used for a year
    given:
      identities: [{ uid: app }]
      usages:
        - { identity_uid: app, subject: permission, permission: s3, last_used_at: '2025-01-31T00:00:00Z', source: 'aws:service-last-accessed' }
    expect: [{ identity_uid: app, status: fail }]
  - name: used last week
    given:
      identities: [{ uid: app }]
      usages:
        - { identity_uid: app, subject: permission, permission: s3, last_used_at: '2026-01-24T00:00:00Z', source: 'aws:service-last-accessed' }
    expect: [{ identity_uid: app, status: pass }]
---*/
WITH judged AS (
  SELECT uid, system, scope_uid, created_at FROM identities
  WHERE managed_by = 'customer' AND class <> 'human' AND enabled IS DISTINCT FROM false AND kind <> 'root-user'
),
measured AS (
  SELECT u.identity_uid, u.permission, any_value(j.created_at) AS created_at, max(u.last_used_at) AS last_used_at,
    min(u.window_start) AS window_start, max(u.window_end) AS window_end
  FROM usages u JOIN judged j ON j.uid = u.identity_uid
  WHERE u.subject = 'permission' AND u.permission IS NOT NULL GROUP BY u.identity_uid, u.permission
),
said AS (
  -- greatest() passes over NULL: without a start of the window nothing is known of a permission that was not seen in use.
  SELECT * EXCLUDE (created_at), CASE
      WHEN last_used_at IS NOT NULL THEN date_sub('day', last_used_at, $as_of)
      WHEN window_start IS NOT NULL AND created_at IS NOT NULL
        THEN date_sub('day', greatest(window_start, created_at), coalesce(window_end, $as_of))
    END AS unused_days
  FROM measured
),
summed AS (
  SELECT identity_uid, count(*) AS permissions, count(*) FILTER (unused_days > $days) AS unused,
    count(*) FILTER (unused_days IS NULL OR (last_used_at IS NULL AND unused_days <= $days)) AS unsure,
    min(window_start) AS window_start, max(window_end) AS window_end
  FROM said GROUP BY identity_uid
),
-- Lists for every identity would take the time of a large estate: only for those that do not pass.
open AS (SELECT identity_uid FROM summed WHERE unused > 0 OR unsure > 0),
worst AS (
  SELECT identity_uid,
    list_sort(list({ permission: permission, last_used_at: last_used_at, unused_days: unused_days }))[:10] AS unused
  FROM said SEMI JOIN open USING (identity_uid) WHERE unused_days > $days GROUP BY identity_uid
),
sources AS (
  SELECT identity_uid, list_sort(list_distinct(list(source))) AS sources,
    list_sort(list_distinct(flatten(list(blind_spots)))) AS blind_spots
  FROM usages SEMI JOIN open USING (identity_uid) WHERE subject = 'permission' GROUP BY identity_uid
)
SELECT j.uid AS identity_uid, NULL AS subject_uid, j.system, j.scope_uid,
  CASE
    WHEN date_sub('day', j.created_at, $as_of) <= $days THEN 'pass'
    WHEN s.unused > 0 THEN 'fail'
    WHEN s.identity_uid IS NULL OR s.unsure > 0 THEN 'unknown'
    ELSE 'pass'
  END AS status,
  {
    threshold_days: $days,
    measured_permissions: s.permissions,
    unused_permissions: s.unused,
    unused: w.unused,
    window_start: s.window_start,
    window_end: s.window_end,
    sources: o.sources,
    blind_spots: o.blind_spots
  } AS evidence
FROM judged j
LEFT JOIN summed s ON s.identity_uid = j.uid
LEFT JOIN worst w ON w.identity_uid = j.uid
LEFT JOIN sources o ON o.identity_uid = j.uid
