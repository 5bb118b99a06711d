/*---
id: came-back-after-revocation
title: What was revoked is there again
category: drift
severity: critical
needs: []
identify_by: [identity_uid, subject_uid]
playbook: quarantine-then-delete
about: >-
  A revocation took it away and was proved, and this scan sees it again: a controller or an infrastructure run made it
  anew, or somebody did. Only what a revocation removed or deleted is judged, and only where its proof is in the ledger.
remedy:
  - Find who made it again in the audit log of the system.
  - Remove it at its source (the manifest, the Terraform configuration), and revoke it again.
examples:
  - name: was not approved
    given:
      drift: [{ kind: revoked, identity_uid: 'arn:aws:iam::111111111111:user/app', key: AK1 }]
      identities: [{ uid: 'arn:aws:iam::111111111111:user/app' }]
    expect: [{ identity_uid: 'arn:aws:iam::111111111111:user/app', subject_uid: AK1, status: fail }]
  - name: was approved and is gone
    given: { drift: [{ kind: revoked, direction: lost, before: enabled, after: null }] }
    expect: []
---*/
SELECT d.identity_uid, d.key AS subject_uid, 'fail' AS status,
  { revocation: d.baseline, revoked_at: d.approved_at } AS evidence
FROM drift d WHERE d.kind = 'revoked' AND d.direction = 'gained'
