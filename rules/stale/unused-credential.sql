/*---
id: unused-credential
title: Credential has not been used for more than {{days}} days
category: stale
severity: medium
needs: [credentials, usages]
subjects: [credentials]
pass_proved_by: [usages]
params:
  days: { default: 90, min: 1, max: 3650, about: Whole days without use that are accepted. }
identify_by: [identity_uid, subject_uid]
playbook: deactivate-then-delete-key
about: >-
  A credential that nothing uses works for whoever finds it. Days are whole periods of 24 hours: exactly the limit
  still passes. Only credentials that can be used are judged: not those that are switched off or expired. One that was never
  used at all is the matter of never-used-credential. The rule sees what its source sees: a source with a window knows
  nothing of use before it, and where no source was read, or the window is shorter than the threshold, the answer is
  unknown. Passwords of people are left out; provider-managed identities too.
remedy:
  - Switch the credential off; that can be undone.
  - Wait longer than the rarest job that could need it.
  - Delete it.
examples:
  - name: last used too long ago
    given:
      identities: [{ uid: 'arn:aws:iam::111111111111:user/app' }]
      credentials:
        - uid: key
          identity_uid: 'arn:aws:iam::111111111111:user/app'
          last_used_evidence: used
          last_used_at: '2025-10-01T00:00:00Z'
    expect: [{ identity_uid: 'arn:aws:iam::111111111111:user/app', subject_uid: key, status: fail }]
  - name: switched off
    given:
      identities: [{ uid: 'arn:aws:iam::111111111111:user/app' }]
      credentials:
        - uid: key
          identity_uid: 'arn:aws:iam::111111111111:user/app'
          enabled: false
          last_used_evidence: used
          last_used_at: '2025-10-01T00:00:00Z'
    expect: []
---*/
WITH windows AS (
  SELECT credential_uid, min(window_start) AS window_start, max(window_end) AS window_end,
    list_sort(list(DISTINCT source)) AS sources, list_sort(list_distinct(flatten(list(blind_spots)))) AS blind_spots
  FROM usages WHERE credential_uid IS NOT NULL GROUP BY credential_uid
),
measured AS (
  SELECT c.*, w.window_start, w.window_end, w.sources, w.blind_spots,
    CASE
      WHEN c.last_used_evidence = 'used' THEN c.last_used_at
      -- greatest() passes over NULL, so both ends must be known.
      WHEN c.last_used_evidence = 'not-in-window' AND w.window_start IS NOT NULL AND c.created_at IS NOT NULL
        THEN greatest(w.window_start, c.created_at)
    END AS idle_since,
    coalesce(w.window_end, $as_of) AS seen_until
  FROM credentials c
  LEFT JOIN identities i ON i.uid = c.identity_uid
  LEFT JOIN windows w ON w.credential_uid = c.uid
  WHERE i.managed_by IS DISTINCT FROM 'provider'
    AND c.enabled IS DISTINCT FROM false
    -- An expired password can still be used, to set a new one.
    AND (c.expires_at IS NULL OR c.expires_at > $as_of OR c.kind = 'console-password')
    AND c.last_used_evidence <> 'never'
    AND NOT (c.kind = 'console-password' AND i.class IS NOT DISTINCT FROM 'human')
)
SELECT identity_uid, uid AS subject_uid, system, scope_uid,
  CASE
    WHEN date_sub('day', created_at, $as_of) <= $days THEN 'pass'
    WHEN last_used_evidence = 'used' AND date_sub('day', last_used_at, $as_of) <= $days THEN 'pass'
    WHEN date_sub('day', idle_since, seen_until) > $days THEN 'fail'
    ELSE 'unknown'
  END AS status,
  {
    kind: kind,
    threshold_days: $days,
    unused_days: date_sub('day', idle_since, seen_until),
    last_used_at: last_used_at,
    last_used_evidence: last_used_evidence,
    created_at: created_at,
    window_start: window_start,
    window_end: window_end,
    sources: sources,
    blind_spots: blind_spots
  } AS evidence
FROM measured
