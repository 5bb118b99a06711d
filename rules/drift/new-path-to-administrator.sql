/*---
id: new-path-to-administrator
title: Identity can become administrator by a way that was not approved
category: drift
severity: critical
needs: []
identify_by: [identity_uid]
playbook: reduce-role
about: >-
  A path to full control was not there when access was approved. It may be one step, like a role that can now be assumed,
  or full control itself. Paths that were there before are for can-escalate-to-administrator. The rule judges by the
  baseline of the configuration; without one it says nothing.
remedy:
  - See the path with nhi paths --from IDENTITY --to admin, and what changed with nhi drift.
  - Take the step away that is not needed.
examples:
  - name: can become administrator in one step that nobody approved
    given:
      drift: [{ kind: edge, identity_uid: 'arn:aws:iam::111111111111:user/app', key: 'becomes aws:111111111111:admin by attach-policy' }]
      identities: [{ uid: 'arn:aws:iam::111111111111:user/app' }]
    expect: [{ identity_uid: 'arn:aws:iam::111111111111:user/app', status: fail }]
  - name: can become a harmless role
    given:
      drift: [{ kind: edge, identity_uid: 'arn:aws:iam::111111111111:user/app', key: 'becomes arn:aws:iam::111111111111:role/logs by assume-role' }]
      identities: [{ uid: 'arn:aws:iam::111111111111:user/app' }, { uid: 'arn:aws:iam::111111111111:role/logs' }]
    expect: []
---*/
WITH administrators AS (
  SELECT DISTINCT identity_uid AS uid FROM entitlements WHERE capability = 'admin' AND certainty <> 'unknown'
),
ways AS (
  SELECT d.*, regexp_extract(d.key, '^becomes (.+) by [a-z0-9-]+$', 1) AS becomes
  FROM drift d WHERE d.after IS NOT NULL AND d.direction IN ('gained', 'unknown')
    AND (d.kind = 'edge' OR d.kind = 'entitlement' AND (starts_with(d.key, 'admin on ') OR starts_with(d.key, 'escalate on ')))
)
SELECT w.identity_uid, NULL::VARCHAR AS subject_uid,
  CASE WHEN bool_or(w.direction = 'gained') THEN 'fail' ELSE 'unknown' END AS status,
  { ways: list(DISTINCT w.key ORDER BY w.key), baseline: any_value(w.baseline), approved_at: any_value(w.approved_at) } AS evidence
FROM ways w JOIN identities i ON i.uid = w.identity_uid
LEFT JOIN administrators a ON a.uid = w.becomes
WHERE i.managed_by = 'customer' AND (w.kind = 'entitlement' OR ends_with(w.becomes, ':admin') OR a.uid IS NOT NULL)
GROUP BY w.identity_uid
