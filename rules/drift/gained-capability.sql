/*---
id: gained-capability
title: Identity can do more than was approved
category: drift
severity: high
needs: []
identify_by: [identity_uid]
playbook: review-access
about: >-
  Access was approved, and the identity can do something that was not in it: a policy that grew, a group it joined, a
  guardrail that fell. Compared is what it can do, not how it is written, so that a renamed policy or another order is no
  drift. The rule judges identities of the baseline of the configuration; without one it says nothing.
remedy:
  - Find what changed with nhi drift, which names the grant, policy or trust.
  - Take it back, or have it approved and write the baseline again with nhi drift --write-baseline.
examples:
  - name: can read secrets that nobody approved
    given: { drift: [{ identity_uid: 'arn:aws:iam::111111111111:user/app', key: 'secret-read on aws:111111111111' }], identities: [{ uid: 'arn:aws:iam::111111111111:user/app' }] }
    expect: [{ identity_uid: 'arn:aws:iam::111111111111:user/app', status: fail }]
  - name: lost a capability
    given:
      drift: [{ identity_uid: 'arn:aws:iam::111111111111:user/app', direction: lost }]
      identities: [{ uid: 'arn:aws:iam::111111111111:user/app' }]
    expect: []
---*/
WITH more AS (
  SELECT d.identity_uid, d.key, d.direction, d.baseline, d.approved_at, e.via
  FROM drift d JOIN identities i ON i.uid = d.identity_uid
  LEFT JOIN entitlements e ON e.identity_uid = d.identity_uid AND e.capability || ' on ' || e.scope_uid = d.key
  WHERE d.kind = 'entitlement' AND d.direction IN ('gained', 'unknown') AND d.after IS NOT NULL AND i.managed_by = 'customer'
)
SELECT identity_uid, NULL::VARCHAR AS subject_uid,
  CASE WHEN bool_or(direction = 'gained') THEN 'fail' ELSE 'unknown' END AS status,
  { gained: list(DISTINCT key ORDER BY key), given_by: list_sort(list_distinct(flatten(list(coalesce(via, []))))),
    baseline: any_value(baseline), approved_at: any_value(approved_at) } AS evidence
FROM more GROUP BY identity_uid
