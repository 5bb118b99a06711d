/*---
id: boundary-missing-on-identity-creator
title: Identity that makes identities has no permission boundary
category: over-privileged
severity: medium
systems: [aws]
needs: [identities, roles, grants, guardrails]
subjects: [identities]
pass_proved_by: [guardrails]
params:
  capabilities:
    default: [identity-admin]
    about: What makes a creator of identities, in the words of `entitlements.capability`.
identify_by: [identity_uid]
playbook: reduce-role
about: >-
  Whoever may make users and roles and give them rights can give more than it holds itself. A permission boundary is the
  limit for that: with it the creator stays below the line, and a condition on `iam:PermissionsBoundary` passes the same
  boundary on to what it makes. Judged are identities that change who may do what, in effect; one with a boundary passes.
  Where it is not certain that the identity may do so, the answer is unknown. An administrator of the account passes here and is the matter
  of administrator-equivalent. People, root users, disabled and provider-managed identities are left out. The rule cannot see
  whether the boundary is narrow, nor whether it has to be handed on.
remedy:
  - Write a boundary that holds what identities made by this one may ever do.
  - Attach it to the creator, and allow it to make identities only with the same boundary.
  - Give the identities that it has made the boundary too.
examples:
  - name: it makes roles without a limit
    given:
      identities: [{ uid: 'arn:aws:iam::111111111111:role/factory' }]
      entitlements: [{ identity_uid: 'arn:aws:iam::111111111111:role/factory', capability: identity-admin }]
    expect: [{ identity_uid: 'arn:aws:iam::111111111111:role/factory', status: fail }]
  - name: within a boundary
    given:
      identities: [{ uid: 'arn:aws:iam::111111111111:role/factory' }]
      entitlements: [{ identity_uid: 'arn:aws:iam::111111111111:role/factory', capability: identity-admin }]
      guardrails:
        - uid: b
          target_uid: 'arn:aws:iam::111111111111:role/factory'
          role_uid: 'arn:aws:iam::111111111111:policy/edge'
    expect: [{ identity_uid: 'arn:aws:iam::111111111111:role/factory', status: pass }]
---*/
WITH administrators AS (
  SELECT DISTINCT identity_uid, scope_uid FROM entitlements WHERE capability = 'admin' AND certainty = 'certain'
),
creators AS (
  SELECT e.identity_uid, bool_or(e.certainty = 'certain') AS certain, list_sort(list(DISTINCT e.scope_uid))[:10] AS scopes,
    min(e.via)[:10] AS via
  FROM entitlements e ANTI JOIN administrators a ON a.identity_uid = e.identity_uid AND a.scope_uid = e.scope_uid
  WHERE list_contains($capabilities, e.capability) GROUP BY e.identity_uid
),
boundaries AS (
  SELECT target_uid, list_sort(list(DISTINCT coalesce(role_uid, uid))) AS boundaries
  FROM guardrails WHERE kind = 'permission-boundary' GROUP BY target_uid
)
SELECT i.uid AS identity_uid, NULL AS subject_uid, i.system, i.scope_uid,
  CASE
    WHEN c.identity_uid IS NULL OR b.target_uid IS NOT NULL THEN 'pass'
    WHEN c.certain THEN 'fail'
    ELSE 'unknown'
  END AS status,
  { makes_identities_in: c.scopes, permission_boundaries: b.boundaries, through: c.via } AS evidence,
  CASE WHEN c.identity_uid IS NOT NULL AND b.target_uid IS NULL THEN ['guardrails'] END AS absent_from
FROM identities i
LEFT JOIN creators c ON c.identity_uid = i.uid
LEFT JOIN boundaries b ON b.target_uid = i.uid
WHERE i.system = 'aws' AND i.managed_by = 'customer' AND i.class <> 'human' AND i.enabled IS DISTINCT FROM false
  AND i.kind <> 'root-user'
