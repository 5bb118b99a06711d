/*---
id: waiver-too-long
title: Waiver lasts longer than the severity of what it covers allows
category: governance
severity: low
needs: []
judges: waivers
fixed_severity: true
identify_by: [subject_uid]
playbook: renew-or-remove-waiver
about: >-
  The worse a problem is, the sooner somebody must look at it again. A waiver is held against the worst that it covers, and
  where it covers nothing, against its rule; the days that each severity allows are set in the policy of the gate
  (`waiver_max_days`). Exactly the limit passes. A waiver that is too long covers nothing of that severity. Where neither a
  finding nor the rule is known, the answer is unknown.
remedy:
  - Shorten the waiver to the days that are allowed, and plan the fix within them.
  - If the limit is wrong for everybody, change it in the policy of the gate.
examples:
  - name: a day too long
    given: { waivers: [{ id: W-1, days: 31, max_days: 30 }] }
    expect: [{ subject_uid: W-1, status: fail }]
  - name: as long as is allowed
    given: { waivers: [{ id: W-1, days: 30, max_days: 30 }] }
    expect: [{ subject_uid: W-1, status: pass }]
---*/
SELECT NULL AS identity_uid, id AS subject_uid, NULL::VARCHAR AS system, NULL::VARCHAR AS scope_uid,
  CASE WHEN days > max_days THEN 'fail' WHEN days <= max_days THEN 'pass' ELSE 'unknown' END AS status,
  { rule: rule_id, owner: owner, ticket: ticket, days: days, threshold_days: max_days, covers: covers } AS evidence
FROM waivers
