/*---
id: waiver-expired
title: Waiver has expired
category: governance
severity: medium
needs: []
judges: waivers
fixed_severity: true
identify_by: [subject_uid]
playbook: renew-or-remove-waiver
about: >-
  The last day of a waiver is over and it still stands in the file: what it covered fails again, and nobody has said whether
  it was fixed, forgotten, or is to be waived anew. Its last day itself passes. Days are in UTC, and the day of the scan
  counts. The rule judges the waivers that are configured; it cannot see exceptions that were agreed elsewhere.
remedy:
  - See with nhi findings whether what it covered is still found.
  - Remove the waiver where it is not; else fix the problem, or have a new waiver approved with a new reason.
examples:
  - name: its last day was yesterday
    given: { waivers: [{ id: W-1, expires_at: '2026-01-30T00:00:00Z' }] }
    expect: [{ subject_uid: W-1, status: fail }]
  - name: its last day is today
    given: { waivers: [{ id: W-1, expires_at: '2026-01-31T00:00:00Z' }] }
    expect: [{ subject_uid: W-1, status: pass }]
---*/
SELECT NULL AS identity_uid, id AS subject_uid, NULL::VARCHAR AS system, NULL::VARCHAR AS scope_uid,
  CASE WHEN expires_at::DATE < $as_of::DATE THEN 'fail' ELSE 'pass' END AS status,
  { rule: rule_id, owner: owner, ticket: ticket, expires: expires_at::DATE,
    days_over: greatest(date_diff('day', expires_at::DATE, $as_of::DATE), 0), covers: covers } AS evidence
FROM waivers
