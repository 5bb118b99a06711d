/*---
id: unmanaged-administrator
title: Administrator by a grant that no approved code describes
category: drift
severity: high
needs: []
identify_by: [identity_uid, subject_uid]
playbook: remove-grant
about: >-
  Access was approved as code (Terraform states, Kubernetes manifests), and in a place where that code describes something
  there is a grant of full control that it does not describe: made by hand, or by code that nobody named. Other things that
  no code describes are listed by nhi drift. The rule judges by the baseline of the configuration where that is code;
  without one it says nothing.
remedy:
  - Find who made it, and why, in the audit log of the system.
  - Describe it in the code, or take it away.
examples:
  - name: an attachment that no code describes
    given:
      drift: [{ kind: unmanaged-grant, identity_uid: 'arn:aws:iam::111111111111:user/app', key: g1, causes: [admin, data-read] }]
      identities: [{ uid: 'arn:aws:iam::111111111111:user/app' }]
    expect: [{ identity_uid: 'arn:aws:iam::111111111111:user/app', subject_uid: g1, status: fail }]
  - name: gives less than full control
    given:
      drift: [{ kind: unmanaged-grant, identity_uid: 'arn:aws:iam::111111111111:user/app', key: g1, causes: [data-read] }]
      identities: [{ uid: 'arn:aws:iam::111111111111:user/app' }]
    expect: []
---*/
SELECT d.identity_uid, d.key AS subject_uid, d.system, d.scope_uid, 'fail' AS status,
  { what: d.after, gives: from_json(d.causes, '["VARCHAR"]'), baseline: d.baseline } AS evidence
FROM drift d WHERE d.kind = 'unmanaged-grant' AND json_contains(d.causes, '"admin"')
