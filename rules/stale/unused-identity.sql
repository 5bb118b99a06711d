/*---
id: unused-identity
title: Identity has not been used for more than {{days}} days
category: stale
severity: medium
needs: [identities, usages]
subjects: [identities]
pass_proved_by: [usages]
params:
  days: { default: 90, min: 1, max: 3650, about: Whole days without use that are accepted. }
identify_by: [identity_uid]
playbook: quarantine-then-delete
about: >-
  Nobody misses an identity that nothing uses, and nobody notices when somebody else starts to use it. It keeps every
  right that it ever had. Days are whole periods of 24 hours: exactly the limit still passes. The rule is only as good
  as its sources: each sees some kinds of use and not others (see the evidence for their blind spots), some count refused
  attempts as use, and use before their window is out of sight. Where sources watch only its
  credentials, where the window is shorter than the threshold or the identity's age is not known, the answer is unknown. People, root users,
  disabled identities and the default service account of a namespace, which cannot be deleted, are left to other rules.
remedy:
  - Ask the owner, and look for scheduled work that runs more rarely than the window is long.
  - Take its rights away in a way that can be undone, and wait for a complaint.
  - Delete it with its credentials, its grants and the trusts that name it.
examples:
  - name: unused for longer than the limit
    given:
      identities: [{ uid: 'arn:aws:iam::111111111111:role/old' }]
      usages: [{ identity_uid: 'arn:aws:iam::111111111111:role/old', last_used_at: '2025-10-01T00:00:00Z' }]
    expect: [{ identity_uid: 'arn:aws:iam::111111111111:role/old', status: fail }]
  - name: too young to be unused
    given:
      identities: [{ uid: 'arn:aws:iam::111111111111:role/new', created_at: '2026-01-20T00:00:00Z' }]
    expect: [{ identity_uid: 'arn:aws:iam::111111111111:role/new', status: pass }]
  - name: seen by no source
    given:
      identities: [{ uid: 'arn:aws:iam::111111111111:role/unmeasured' }]
    expect: [{ identity_uid: 'arn:aws:iam::111111111111:role/unmeasured', status: unknown }]
---*/
WITH judged AS (
  SELECT uid, system, scope_uid, created_at FROM identities
  WHERE managed_by = 'customer' AND class <> 'human' AND enabled IS DISTINCT FROM false
    AND kind <> 'root-user' AND NOT (system = 'kubernetes' AND kind = 'service-account' AND uid LIKE '%/default')
),
-- As in identity_usage, whose lists for every identity would take the time of a large estate.
watched AS (
  SELECT identity_uid, source, blind_spots, last_used_at, window_start, window_end, subject = 'identity' AS whole
  FROM usages WHERE subject <> 'permission' OR last_used_at IS NOT NULL
  UNION ALL
  SELECT identity_uid, 'credentials', [], last_used_at, NULL, NULL, false
  FROM credentials WHERE last_used_evidence <> 'none'
),
usage AS (
  SELECT identity_uid, max(last_used_at) AS last_used_at, min(window_start) AS window_start, max(window_end) AS window_end,
    bool_or(whole) AS whole
  FROM watched GROUP BY identity_uid
),
measured AS (
  SELECT j.uid, j.system, j.scope_uid, j.created_at, u.last_used_at, u.window_start, u.window_end, u.whole,
    -- greatest() passes over NULL, so both ends must be known.
    CASE
      WHEN u.last_used_at IS NOT NULL THEN u.last_used_at
      WHEN u.window_start IS NOT NULL AND j.created_at IS NOT NULL THEN greatest(u.window_start, j.created_at)
    END AS idle_since,
    coalesce(u.window_end, $as_of) AS seen_until
  FROM judged j LEFT JOIN usage u ON u.identity_uid = j.uid
),
said AS (
  SELECT *,
    CASE
      WHEN date_sub('day', created_at, $as_of) <= $days THEN 'pass'
      WHEN date_sub('day', last_used_at, $as_of) <= $days THEN 'pass'
      -- Sources that watch only its credentials or single permissions may have missed its use.
      WHEN whole AND date_sub('day', idle_since, seen_until) > $days THEN 'fail'
      ELSE 'unknown'
    END AS status
  FROM measured
),
sources AS (
  SELECT identity_uid, list_sort(list_distinct(list(source))) AS sources,
    list_sort(list_distinct(flatten(list(blind_spots)))) AS blind_spots
  FROM watched SEMI JOIN (SELECT uid FROM said WHERE status <> 'pass') open ON open.uid = watched.identity_uid
  GROUP BY identity_uid
)
SELECT said.uid AS identity_uid, NULL AS subject_uid, said.system, said.scope_uid, said.status,
  {
    threshold_days: $days,
    unused_days: date_sub('day', idle_since, seen_until),
    last_used_at: last_used_at,
    created_at: created_at,
    window_start: window_start,
    window_end: window_end,
    sources: sources.sources,
    blind_spots: sources.blind_spots,
    measured_as_a_whole: coalesce(whole, false)
  } AS evidence
FROM said LEFT JOIN sources ON sources.identity_uid = said.uid
