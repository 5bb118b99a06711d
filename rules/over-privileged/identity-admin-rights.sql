/*---
id: identity-admin-rights
title: Identity can change who may do what
category: over-privileged
severity: medium
needs: [identities, roles, grants]
subjects: [identities]
params:
  expected:
    default: []
    about: Uids of identities whose work it is to manage access, such as the pipeline of the platform team.
identify_by: [identity_uid]
playbook: reduce-role
about: >-
  Changing policies, bindings, groups or trusts is how a foothold becomes lasting: rights can be given to others where
  nobody looks, and taken from those who would look. A few identities do this for a living; name them under `expected`.
  Judged is what the identity can do in effect anywhere in an account, cluster or namespace; rights over some objects only,
  or under a condition, make the answer unknown. Whoever is an administrator of the same scope is the matter of
  administrator-equivalent, and passes here. People, root users, disabled and provider-managed identities are left out.
  The rule cannot see whether a limit such as a boundary on what may be given makes the right harmless.
remedy:
  - Have access changed by one pipeline, reviewed, and list that pipeline as expected.
  - Take the right away from everything else, or narrow it to named roles or a path of their own.
  - Demand a permission boundary on everything that the identity makes.
examples:
  - name: it may attach policies
    given:
      identities: [{ uid: 'arn:aws:iam::111111111111:role/app' }]
      entitlements: [{ identity_uid: 'arn:aws:iam::111111111111:role/app', capability: identity-admin }]
    expect: [{ identity_uid: 'arn:aws:iam::111111111111:role/app', status: fail }]
  - name: it is the pipeline for that
    params: { expected: ['arn:aws:iam::111111111111:role/app'] }
    given:
      identities: [{ uid: 'arn:aws:iam::111111111111:role/app' }]
      entitlements: [{ identity_uid: 'arn:aws:iam::111111111111:role/app', capability: identity-admin }]
    expect: [{ identity_uid: 'arn:aws:iam::111111111111:role/app', status: pass }]
---*/
WITH administrators AS (
  SELECT DISTINCT identity_uid, scope_uid FROM entitlements WHERE capability = 'admin' AND certainty = 'certain'
),
changing AS (
  SELECT e.identity_uid,
    list_sort(list(DISTINCT e.scope_uid) FILTER (e.certainty = 'certain'))[:10] AS certain_scopes,
    list_sort(list(DISTINCT e.scope_uid) FILTER (e.certainty <> 'certain'))[:10] AS possible_scopes,
    list_sort(list_distinct(flatten(list(e.via))))[:10] AS via
  FROM entitlements e ANTI JOIN administrators a ON a.identity_uid = e.identity_uid AND a.scope_uid = e.scope_uid
  WHERE e.capability = 'identity-admin'
  GROUP BY e.identity_uid
)
SELECT i.uid AS identity_uid, NULL AS subject_uid, i.system, i.scope_uid,
  CASE
    WHEN c.identity_uid IS NULL OR list_contains($expected, i.uid) THEN 'pass'
    WHEN c.certain_scopes IS NOT NULL THEN 'fail'
    ELSE 'unknown'
  END AS status,
  { changes_access_in: c.certain_scopes, perhaps_changes_access_in: c.possible_scopes, through: c.via } AS evidence
FROM identities i LEFT JOIN changing c ON c.identity_uid = i.uid
WHERE i.managed_by = 'customer' AND i.class <> 'human' AND i.enabled IS DISTINCT FROM false AND i.kind <> 'root-user'
