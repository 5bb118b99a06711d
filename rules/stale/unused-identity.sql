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
WITH measured AS (
  SELECT i.uid, i.created_at, u.last_used_at, u.window_start, u.window_end, u.whole, u.sources, u.blind_spots,
    -- greatest() passes over NULL, so both ends must be known.
    CASE
      WHEN u.last_used_at IS NOT NULL THEN u.last_used_at
      WHEN u.window_start IS NOT NULL AND i.created_at IS NOT NULL THEN greatest(u.window_start, i.created_at)
    END AS idle_since,
    coalesce(u.window_end, $as_of) AS seen_until
  FROM identities i LEFT JOIN identity_usage u ON u.identity_uid = i.uid
  WHERE i.managed_by = 'customer' AND i.class <> 'human' AND i.enabled IS DISTINCT FROM false
    AND i.kind <> 'root-user'
    AND NOT (i.system = 'kubernetes' AND i.kind = 'service-account' AND i.uid LIKE '%/default')
)
SELECT uid AS identity_uid, NULL AS subject_uid,
  CASE
    WHEN date_sub('day', created_at, $as_of) <= $days THEN 'pass'
    WHEN date_sub('day', last_used_at, $as_of) <= $days THEN 'pass'
    -- Sources that watch only its credentials or single permissions may have missed its use.
    WHEN whole AND date_sub('day', idle_since, seen_until) > $days THEN 'fail'
    ELSE 'unknown'
  END AS status,
  {
    threshold_days: $days,
    unused_days: date_sub('day', idle_since, seen_until),
    last_used_at: last_used_at,
    created_at: created_at,
    window_start: window_start,
    window_end: window_end,
    sources: sources,
    blind_spots: blind_spots,
    measured_as_a_whole: coalesce(whole, false)
  } AS evidence
FROM measured
