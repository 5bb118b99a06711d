/*---
id: two-active-keys
title: Identity has had two or more active keys for more than {{overlap_days}} days
category: long-lived
severity: medium
needs: [credentials]
params:
  overlap_days: { default: 14, min: 0, max: 365, about: Whole days that a rotation may keep two keys side by side. }
  kinds: { default: [access-key, client-secret, key-file], about: Kinds of credentials of which one is enough. }
identify_by: [identity_uid]
playbook: deactivate-then-delete-key
about: >-
  Two keys are for the days of a rotation. When both stay, the rotation never ended, or two users share one identity and
  neither can be told from the other. An identity fails when two active keys of one kind are both older than
  the overlap in whole days; exactly the overlap still passes. Keys that are switched off or expired do not
  count. The rule cannot see whether both keys are needed; the last use of each helps to tell.
remedy:
  - Find out from the last use of each key which one is still needed, and by whom.
  - Give a second user an identity of its own.
  - Switch the superfluous key off, wait, and delete it.
examples:
  - name: two old keys
    given:
      identities: [{ uid: 'arn:aws:iam::111111111111:user/app' }]
      credentials:
        - { uid: one, identity_uid: 'arn:aws:iam::111111111111:user/app' }
        - { uid: two, identity_uid: 'arn:aws:iam::111111111111:user/app' }
    expect: [{ identity_uid: 'arn:aws:iam::111111111111:user/app', status: fail }]
  - name: a rotation under way
    given:
      identities: [{ uid: 'arn:aws:iam::111111111111:user/app' }]
      credentials:
        - { uid: one, identity_uid: 'arn:aws:iam::111111111111:user/app' }
        - { uid: two, identity_uid: 'arn:aws:iam::111111111111:user/app', created_at: '2026-01-25T00:00:00Z' }
    expect: [{ identity_uid: 'arn:aws:iam::111111111111:user/app', status: pass }]
---*/
WITH keys AS (
  SELECT c.identity_uid, c.kind, c.uid, c.system, c.scope_uid, c.created_at, c.last_used_at,
    -- NULL where it is not known whether the key is active or how old it is.
    c.enabled AND date_sub('day', c.created_at, $as_of) > $overlap_days AS settled
  FROM credentials c LEFT JOIN identities i ON i.uid = c.identity_uid
  WHERE i.managed_by IS DISTINCT FROM 'provider' AND list_contains($kinds, c.kind)
    AND c.enabled IS DISTINCT FROM false AND (c.expires_at IS NULL OR c.expires_at > $as_of)
),
by_kind AS (
  SELECT identity_uid, any_value(system) AS system, any_value(scope_uid) AS scope_uid, kind,
    count(*) FILTER (settled) AS settled, count(*) FILTER (settled IS NULL) AS unsure
  FROM keys GROUP BY identity_uid, kind
),
judged AS (
  SELECT *, CASE WHEN settled >= 2 THEN 'fail' WHEN settled + unsure >= 2 THEN 'unknown' ELSE 'pass' END AS status
  FROM by_kind
),
-- Lists for every identity would take the time of a large estate: only for those that do not pass.
told AS (
  SELECT j.identity_uid, j.kind,
    list({ uid: k.uid, created_at: k.created_at, last_used_at: k.last_used_at } ORDER BY k.created_at, k.uid)[:10] AS keys
  FROM judged j JOIN keys k USING (identity_uid, kind) WHERE j.status <> 'pass' GROUP BY j.identity_uid, j.kind
)
SELECT identity_uid, NULL AS subject_uid, any_value(system) AS system, any_value(scope_uid) AS scope_uid,
  CASE
    WHEN bool_or(status = 'fail') THEN 'fail'
    WHEN bool_or(status = 'unknown') THEN 'unknown'
    ELSE 'pass'
  END AS status,
  {
    overlap_days: $overlap_days,
    kinds: list_sort(list({ kind: kind, old_enough: settled, unsure: unsure, keys: keys }) FILTER (status <> 'pass'))
  } AS evidence
FROM judged LEFT JOIN told USING (identity_uid, kind) GROUP BY identity_uid
