/*---
id: no-owner
title: Nobody is on record as the owner of the identity
category: orphaned
severity: low
needs: [identities, owners]
subjects: [identities]
pass_proved_by: [owners]
identify_by: [identity_uid]
playbook: assign-owner
about: >-
  When an identity is abused, is no longer needed or must change, somebody has to decide. Without an owner nobody does, and
  it stays. Owners come from tags and labels, of the namespace too, and from the records that a system keeps. One that was
  inferred counts; one who has left, or whose team is empty, does not; sources that contradict each other make the answer
  unknown. People own themselves and are left out, as are root users, disabled and provider-managed identities, and the
  default service account of a namespace, which comes with it. The rule cannot see whether the owner knows of it.
remedy:
  - Ask whoever made it, from the log of its creation, or whoever runs what uses it.
  - Write the owner where the scan reads it, as a tag or label, best in the code that makes the identity.
  - Where nobody answers, treat it as unused, take its rights away in a way that can be undone, and wait.
examples:
  - name: no source names an owner
    given:
      identities: [{ uid: 'arn:aws:iam::111111111111:role/app' }]
    expect: [{ identity_uid: 'arn:aws:iam::111111111111:role/app', status: fail }]
  - name: a tag names the team
    given:
      identities: [{ uid: 'arn:aws:iam::111111111111:role/app' }]
      owners: [{ identity_uid: 'arn:aws:iam::111111111111:role/app', owner: web, source: 'tag:owner' }]
    expect: [{ identity_uid: 'arn:aws:iam::111111111111:role/app', status: pass }]
---*/
WITH judged AS (
  SELECT uid, system, scope_uid, class, created_at FROM identities
  WHERE managed_by = 'customer' AND class <> 'human' AND enabled IS DISTINCT FROM false AND kind <> 'root-user'
    -- Names of others that a binding or a node brings are no objects that could have an owner.
    AND NOT (system = 'kubernetes' AND (kind <> 'service-account' OR uid LIKE '%/default'))
),
said AS (
  SELECT identity_uid,
    bool_or(state IN ('declared', 'corroborated', 'inferred')) AS standing,
    bool_or(state = 'conflicting') AS conflicting
  FROM owners GROUP BY identity_uid
),
-- A list for every identity would not fit into the memory of a large estate: only for those that do not pass.
named AS (
  SELECT identity_uid, list_sort(list({ source: source, owner: owner, state: state }))[:10] AS sources
  FROM owners SEMI JOIN (SELECT identity_uid FROM said WHERE conflicting OR NOT standing) open USING (identity_uid)
  GROUP BY identity_uid
)
SELECT j.uid AS identity_uid, NULL AS subject_uid, j.system, j.scope_uid,
  CASE WHEN conflicting THEN 'unknown' WHEN standing THEN 'pass' ELSE 'fail' END AS status,
  { sources: named.sources, class: j.class, created_at: j.created_at } AS evidence,
  CASE WHEN standing OR conflicting THEN NULL ELSE ['owners'] END AS absent_from
FROM judged j LEFT JOIN said ON said.identity_uid = j.uid LEFT JOIN named ON named.identity_uid = j.uid
