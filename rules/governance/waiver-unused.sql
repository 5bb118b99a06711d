/*---
id: waiver-unused
title: Waiver covers nothing that is found
category: governance
severity: low
needs: []
judges: waivers
fixed_severity: true
identify_by: [subject_uid]
playbook: renew-or-remove-waiver
about: >-
  What a waiver covered was fixed, or its selector names nothing: it waits in the file and would hide the same problem if it
  came back. Judged are waivers whose rule judged something in this scan, in the system that the waiver names; of others
  the answer is unknown, since a scan of one system says nothing of another. The rule cannot tell a waiver that was made
  ahead of its problem.
remedy:
  - Compare its selector with nhi findings, and correct it where it was meant for something else.
  - Remove the waiver where the problem is fixed.
examples:
  - name: covers nothing
    given: { waivers: [{ id: W-1, covers: 0 }] }
    expect: [{ subject_uid: W-1, status: fail }]
  - name: covers a finding
    given: { waivers: [{ id: W-1, covers: 1 }] }
    expect: [{ subject_uid: W-1, status: pass }]
  - name: its rule judged nothing
    given: { waivers: [{ id: W-1, covers: 0, rule_judged: false }] }
    expect: [{ subject_uid: W-1, status: unknown }]
---*/
SELECT NULL AS identity_uid, id AS subject_uid, NULL::VARCHAR AS system, NULL::VARCHAR AS scope_uid,
  CASE WHEN covers > 0 THEN 'pass' WHEN rule_judged THEN 'fail' ELSE 'unknown' END AS status,
  { rule: rule_id, owner: owner, ticket: ticket, covers: covers, rule_judged: rule_judged } AS evidence
FROM waivers
