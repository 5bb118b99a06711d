/*---
id: wildcard-action-or-resource
title: Policy or role of your own gives a service whole, or reaches every resource
category: over-privileged
severity: low
needs: [roles, grants]
subjects: [roles]
pass_proved_by: [grants]
params:
  breadths:
    default: [all-actions, all-resources]
    about: What fails, in the words of `roles.breadth`. Many actions of AWS know no single resources; leave `all-resources` out to pass those.
identify_by: [subject_uid]
playbook: reduce-role
about: >-
  A wildcard gives what nobody thought of, and what the provider adds next year. Judged are policies and roles of your own
  that any grant names: one that gives every action of a service or on a kind fails, and one that gives named actions on every
  resource. One that gives everything is the matter of wildcard-administrator-policy and passes here, as do the provider's
  own roles and what nobody holds, which is the matter of unused-role. A document that was not read or not understood makes the answer
  unknown. The rule reads documents on their face, before conditions and guardrails, and cannot see which of the actions know
  single resources.
remedy:
  - See from the record of use which actions are called, and on what.
  - Name those actions and resources instead, and watch for refusals.
examples:
  - name: one service whole
    given:
      roles: [{ uid: 'arn:aws:iam::111111111111:policy/s3', breadth: all-actions }]
      grants:
        - uid: g
          principal_uid: 'arn:aws:iam::111111111111:role/app'
          role_uid: 'arn:aws:iam::111111111111:policy/s3'
    expect: [{ subject_uid: 'arn:aws:iam::111111111111:policy/s3', status: fail }]
  - name: named actions on named resources
    given:
      roles: [{ uid: 'arn:aws:iam::111111111111:policy/s3', breadth: limited }]
      grants:
        - uid: g
          principal_uid: 'arn:aws:iam::111111111111:role/app'
          role_uid: 'arn:aws:iam::111111111111:policy/s3'
    expect: [{ subject_uid: 'arn:aws:iam::111111111111:policy/s3', status: pass }]
---*/
WITH own AS (SELECT uid, name, kind, breadth, system, scope_uid FROM roles WHERE managed_by = 'customer'),
held AS (
  SELECT role_uid, count(*) AS grants, min(principal_uid) AS first_holder
  FROM grants SEMI JOIN own ON own.uid = grants.role_uid GROUP BY role_uid
)
SELECT NULL AS identity_uid, own.uid AS subject_uid, own.system, own.scope_uid,
  CASE
    WHEN own.breadth IS NULL THEN 'unknown'
    WHEN own.breadth <> 'everything' AND list_contains($breadths, own.breadth) THEN 'fail'
    ELSE 'pass'
  END AS status,
  { name: own.name, kind: own.kind, breadth: own.breadth, grants: held.grants, first_holder: held.first_holder } AS evidence
FROM own JOIN held ON held.role_uid = own.uid
