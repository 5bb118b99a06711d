/*---
id: unused-role
title: Policy or role of your own is held by nobody
category: stale
severity: info
systems: [aws, azure, gcp]
needs: [roles, grants, guardrails]
subjects: [roles]
pass_proved_by: [grants, guardrails]
fixed_severity: true
identify_by: [subject_uid]
playbook: delete-role
about: >-
  A set of permissions that nobody holds does no harm today. It waits to be attached by somebody who trusts its name, and
  whoever may change it prepares what the next holder gets. Judged are the customer's own policies and roles; a policy that
  serves as a permission boundary is in use. Roles of Kubernetes are left out: there one may be gathered into others by its
  labels. Where grants or guardrails were read in part it may be held elsewhere; the evidence says so. The rule cannot see
  whether code or templates attach it from time to time.
remedy:
  - Look for the name in the code that manages access.
  - Keep a copy of the document.
  - Delete the policy or role.
examples:
  - name: a policy that is attached to nothing
    given:
      roles: [{ uid: 'arn:aws:iam::111111111111:policy/old' }]
    expect: [{ subject_uid: 'arn:aws:iam::111111111111:policy/old', status: fail }]
  - name: a policy that a role holds
    given:
      roles: [{ uid: 'arn:aws:iam::111111111111:policy/app' }]
      grants:
        - uid: g
          principal_uid: 'arn:aws:iam::111111111111:role/app'
          role_uid: 'arn:aws:iam::111111111111:policy/app'
    expect: [{ subject_uid: 'arn:aws:iam::111111111111:policy/app', status: pass }]
  - name: a permission boundary
    given:
      roles: [{ uid: 'arn:aws:iam::111111111111:policy/edge' }]
      guardrails:
        - uid: b
          target_uid: 'arn:aws:iam::111111111111:role/app'
          role_uid: 'arn:aws:iam::111111111111:policy/edge'
    expect: [{ subject_uid: 'arn:aws:iam::111111111111:policy/edge', status: pass }]
---*/
WITH held AS (
  SELECT role_uid AS uid FROM grants
  UNION
  SELECT role_uid FROM guardrails WHERE role_uid IS NOT NULL
)
SELECT NULL AS identity_uid, r.uid AS subject_uid, r.system, r.scope_uid,
  CASE WHEN held.uid IS NULL THEN 'fail' ELSE 'pass' END AS status,
  { name: r.name, kind: r.kind, breadth: r.breadth, created_at: r.created_at } AS evidence,
  CASE WHEN held.uid IS NULL THEN ['grants', 'guardrails'] END AS absent_from
FROM roles r LEFT JOIN held ON held.uid = r.uid
WHERE r.managed_by = 'customer' AND r.kind <> 'inline-policy'
