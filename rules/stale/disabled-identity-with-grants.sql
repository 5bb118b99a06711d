/*---
id: disabled-identity-with-grants
title: Disabled identity still holds grants
category: stale
severity: low
needs: [identities, grants]
subjects: [identities]
identify_by: [identity_uid]
playbook: remove-grants
about: >-
  Somebody decided that the identity must not act, and left it everything that it could do. Whoever switches it on again,
  by mistake or on purpose, gives all of that back at once. Grants through groups and roles that can be activated count.
  The rule sees identities that their system calls disabled, and IAM users none of whose credentials works; IAM roles and
  Kubernetes service accounts know no such state.
remedy:
  - Note what the identity holds, in case it must come back.
  - Remove its grants and its memberships.
  - Delete the identity when the quiet period is over.
examples:
  - name: disabled with a role
    given:
      identities: [{ uid: app, kind: service-principal, system: azure, scope_uid: 'entra:t', enabled: false }]
      grants: [{ uid: g, principal_uid: app, role_uid: reader, system: azure, scope_uid: '/subscriptions/s' }]
    expect: [{ identity_uid: app, status: fail }]
  - name: disabled with nothing
    given:
      identities: [{ uid: app, kind: service-principal, system: azure, scope_uid: 'entra:t', enabled: false }]
    expect: [{ identity_uid: app, status: pass }]
---*/
WITH disabled AS (
  SELECT uid, system, scope_uid FROM identities WHERE enabled = false AND managed_by = 'customer' AND class <> 'human'
),
held AS (
  SELECT identity_uid, count(DISTINCT grant_uid) AS grants, list_sort(list(DISTINCT role_uid))[:10] AS roles,
    list_sort(list(DISTINCT via_group) FILTER (via_group IS NOT NULL))[:10] AS groups
  FROM effective_grants SEMI JOIN disabled ON disabled.uid = effective_grants.identity_uid
  GROUP BY identity_uid
)
SELECT disabled.uid AS identity_uid, NULL AS subject_uid, disabled.system, disabled.scope_uid,
  CASE WHEN held.grants > 0 THEN 'fail' ELSE 'pass' END AS status,
  { grants: coalesce(held.grants, 0), first_roles: held.roles, first_groups: held.groups } AS evidence
FROM disabled LEFT JOIN held ON held.identity_uid = disabled.uid
