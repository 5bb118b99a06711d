/*---
id: waiver-self-approved
title: Waiver was approved by its owner
category: governance
severity: medium
needs: []
judges: waivers
fixed_severity: true
identify_by: [subject_uid]
playbook: renew-or-remove-waiver
about: >-
  Whoever answers for a risk cannot be the one who accepts it: a waiver needs two different people or teams, and one whose
  owner and approver are the same covers nothing. Names are compared without case and outer blanks; the rule cannot see
  that two names are one person.
remedy:
  - Have somebody else decide, such as the security team, and name them as the approver.
  - Remove the waiver if nobody will.
examples:
  - name: one name twice
    given: { waivers: [{ id: W-1, owner: platform, approver: Platform }] }
    expect: [{ subject_uid: W-1, status: fail }]
  - name: two names
    given: { waivers: [{ id: W-1, owner: platform, approver: security }] }
    expect: [{ subject_uid: W-1, status: pass }]
---*/
SELECT NULL AS identity_uid, id AS subject_uid, NULL::VARCHAR AS system, NULL::VARCHAR AS scope_uid,
  CASE WHEN lower(trim(owner)) = lower(trim(approver)) THEN 'fail' ELSE 'pass' END AS status,
  { rule: rule_id, owner: owner, approver: approver, ticket: ticket, covers: covers } AS evidence
FROM waivers
