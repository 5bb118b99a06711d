/*---
id: unapproved-trust
title: Identity trusts somebody who was not approved
category: drift
severity: high
needs: []
identify_by: [identity_uid, subject_uid]
playbook: tighten-trust
about: >-
  Who may become the identity has grown: another account, provider or subject, or a trust that lost its condition.
  Compared is what is trusted and under which condition, not the statement that says so. The rule judges by the baseline of
  the configuration; without one it says nothing.
remedy:
  - Take the statement out of the trust, or give it its condition back.
  - Have it approved where it is meant, and write the baseline again.
examples:
  - name: was not approved
    given:
      drift: [{ kind: trust, identity_uid: 'arn:aws:iam::111111111111:user/app', key: 'trusts * by sts:AssumeRole' }]
      identities: [{ uid: 'arn:aws:iam::111111111111:user/app' }]
    expect: [{ identity_uid: 'arn:aws:iam::111111111111:user/app', subject_uid: 'trusts * by sts:AssumeRole', status: fail }]
  - name: was approved and is gone
    given: { drift: [{ kind: trust, direction: lost, before: enabled, after: null }] }
    expect: []
---*/
SELECT d.identity_uid, d.key AS subject_uid,
  CASE WHEN d.direction = 'unknown' THEN 'unknown' ELSE 'fail' END AS status,
  { approved: d.before, found: d.after, baseline: d.baseline, approved_at: d.approved_at } AS evidence
FROM drift d JOIN identities i ON i.uid = d.identity_uid
WHERE d.kind = 'trust' AND d.after IS NOT NULL AND d.direction IN ('gained', 'unknown') AND i.managed_by = 'customer'
