/*---
id: guardrail-weakened
title: Guardrail was taken away or says something else
category: drift
severity: high
needs: []
identify_by: [subject_uid]
playbook: review-access
about: >-
  A limit that was approved (a service control policy, permission boundary, deny policy or admission policy) is gone or has
  another text. Whether the new text is weaker is for a person to say; what identities gained by it is in
  gained-capability. The order of statements does not count. The rule judges by the baseline of the configuration; without
  one it says nothing.
remedy:
  - Compare the texts in the two snapshots.
  - Put the guardrail back, or have its change approved and write the baseline again.
examples:
  - name: gone
    given: { drift: [{ kind: guardrail, direction: lost, identity_uid: 'aws:111111111111', key: service-control-policy, before: 'sha256:1', after: null }] }
    expect: [{ subject_uid: 'aws:111111111111 service-control-policy', status: fail }]
  - name: not read this time
    given: { drift: [{ kind: guardrail, direction: unknown, identity_uid: 'aws:111111111111', key: service-control-policy, before: 'sha256:1', after: null }] }
    expect: [{ subject_uid: 'aws:111111111111 service-control-policy', status: unknown }]
---*/
SELECT NULL::VARCHAR AS identity_uid, identity_uid || ' ' || key AS subject_uid, system, scope_uid,
  CASE WHEN direction = 'unknown' THEN 'unknown' ELSE 'fail' END AS status,
  { limits: identity_uid, guardrail: key, before: before, after: after, baseline: baseline, approved_at: approved_at } AS evidence
FROM drift WHERE kind = 'guardrail' AND before IS NOT NULL
