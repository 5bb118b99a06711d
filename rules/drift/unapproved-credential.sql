/*---
id: unapproved-credential
title: Credential was never approved
category: drift
severity: medium
needs: []
identify_by: [identity_uid, subject_uid]
playbook: deactivate-then-delete-key
about: >-
  The credential is not in the approved baseline, or is enabled and was disabled there. A second key beside an approved one
  is how intruders stay. A credential that was rotated is new too: write the baseline again after a rotation. The rule
  judges by the baseline of the configuration; without one it says nothing.
remedy:
  - Ask the owner whether it is theirs.
  - Deactivate it where it is not; else write the baseline again.
examples:
  - name: was not approved
    given:
      drift: [{ kind: credential, identity_uid: 'arn:aws:iam::111111111111:user/app', key: AK1 }]
      identities: [{ uid: 'arn:aws:iam::111111111111:user/app' }]
    expect: [{ identity_uid: 'arn:aws:iam::111111111111:user/app', subject_uid: AK1, status: fail }]
  - name: was approved and is gone
    given: { drift: [{ kind: credential, direction: lost, before: enabled, after: null }] }
    expect: []
---*/
SELECT d.identity_uid, d.key AS subject_uid,
  CASE WHEN d.direction = 'unknown' THEN 'unknown' ELSE 'fail' END AS status,
  { approved: d.before, found: d.after, baseline: d.baseline, approved_at: d.approved_at } AS evidence
FROM drift d JOIN identities i ON i.uid = d.identity_uid
WHERE d.kind = 'credential' AND d.after IS NOT NULL AND d.direction IN ('gained', 'unknown') AND i.managed_by = 'customer'
