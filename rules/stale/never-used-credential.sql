/*---
id: never-used-credential
title: Credential has never been used, more than {{days}} days after it was made
category: stale
severity: medium
needs: [credentials, usages]
subjects: [credentials]
pass_proved_by: [usages]
params:
  days: { default: 30, min: 1, max: 3650, about: Whole days that a credential may wait for its first use. }
identify_by: [identity_uid, subject_uid]
playbook: deactivate-then-delete-key
about: >-
  A credential that was made and never used was not needed, or lies where nobody looks: in a mail, a ticket, a laptop.
  Days are whole periods of 24 hours: exactly the limit still passes. Only credentials that can be used are judged. A
  source whose window began after the credential was made cannot say never: the answer is unknown, as it is where no
  source was read or the credential's age is not known. Passwords of people are left out; provider-managed identities too.
remedy:
  - Ask whoever made it what it is for.
  - Switch it off, wait, and delete it.
examples:
  - name: never used in two months
    given:
      identities: [{ uid: 'arn:aws:iam::111111111111:user/app' }]
      credentials:
        - uid: key
          identity_uid: 'arn:aws:iam::111111111111:user/app'
          created_at: '2025-11-30T00:00:00Z'
          last_used_evidence: never
    expect: [{ identity_uid: 'arn:aws:iam::111111111111:user/app', subject_uid: key, status: fail }]
  - name: used once is used
    given:
      identities: [{ uid: 'arn:aws:iam::111111111111:user/app' }]
      credentials:
        - uid: key
          identity_uid: 'arn:aws:iam::111111111111:user/app'
          last_used_evidence: used
          last_used_at: '2021-01-01T00:00:00Z'
    expect: [{ identity_uid: 'arn:aws:iam::111111111111:user/app', subject_uid: key, status: pass }]
---*/
WITH windows AS (
  SELECT credential_uid, min(window_start) AS window_start, max(window_end) AS window_end,
    list_sort(list(DISTINCT source)) AS sources, list_sort(list_distinct(flatten(list(blind_spots)))) AS blind_spots
  FROM usages WHERE credential_uid IS NOT NULL GROUP BY credential_uid
),
measured AS (
  SELECT c.*, w.window_start, w.window_end, w.sources, w.blind_spots,
    c.last_used_evidence = 'never'
      OR (c.last_used_evidence = 'not-in-window' AND coalesce(w.window_start <= c.created_at, false)) AS never,
    coalesce(w.window_end, $as_of) AS seen_until
  FROM credentials c
  LEFT JOIN identities i ON i.uid = c.identity_uid
  LEFT JOIN windows w ON w.credential_uid = c.uid
  WHERE i.managed_by IS DISTINCT FROM 'provider'
    AND c.enabled IS DISTINCT FROM false
    -- An expired password can still be used, to set a new one.
    AND (c.expires_at IS NULL OR c.expires_at > $as_of OR c.kind = 'console-password')
    AND NOT (c.kind = 'console-password' AND i.class IS NOT DISTINCT FROM 'human')
)
SELECT identity_uid, uid AS subject_uid, system, scope_uid,
  CASE
    WHEN last_used_evidence = 'used' THEN 'pass'
    WHEN date_sub('day', created_at, $as_of) <= $days THEN 'pass'
    WHEN never AND date_sub('day', created_at, seen_until) > $days THEN 'fail'
    ELSE 'unknown'
  END AS status,
  {
    kind: kind,
    threshold_days: $days,
    age_days: date_sub('day', created_at, $as_of),
    last_used_evidence: last_used_evidence,
    created_at: created_at,
    window_start: window_start,
    window_end: window_end,
    sources: sources,
    blind_spots: blind_spots
  } AS evidence
FROM measured
