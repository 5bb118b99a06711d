/*---
id: unapproved-identity
title: Identity was never approved
category: drift
severity: medium
needs: []
identify_by: [identity_uid, subject_uid]
playbook: quarantine-then-delete
about: >-
  The identity is not in the approved baseline: somebody, or a controller, made it since. Identities that the provider
  manages are left out. The rule judges by the baseline of the configuration; without one it says nothing.
remedy:
  - Find its creator and owner with nhi show.
  - Have it approved and write the baseline again, or revoke it.
examples:
  - name: was not approved
    given:
      drift: [{ kind: identity, identity_uid: 'arn:aws:iam::111111111111:user/app', key: 'arn:aws:iam::111111111111:user/app' }]
      identities: [{ uid: 'arn:aws:iam::111111111111:user/app' }]
    expect: [{ identity_uid: 'arn:aws:iam::111111111111:user/app', status: fail }]
  - name: was approved and is gone
    given: { drift: [{ kind: identity, direction: lost, before: enabled, after: null }] }
    expect: []
---*/
SELECT d.identity_uid, NULL::VARCHAR AS subject_uid,
  CASE WHEN d.direction = 'unknown' THEN 'unknown' ELSE 'fail' END AS status,
  { approved: d.before, found: d.after, baseline: d.baseline, approved_at: d.approved_at } AS evidence
FROM drift d JOIN identities i ON i.uid = d.identity_uid
WHERE d.kind = 'identity' AND d.before IS NULL AND d.after IS NOT NULL AND d.direction IN ('gained', 'unknown') AND i.managed_by = 'customer'
