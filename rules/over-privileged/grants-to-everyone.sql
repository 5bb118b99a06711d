/*---
id: grants-to-everyone
title: Rights are given to everyone who can log in, or to anyone at all
category: over-privileged
severity: high
needs: [roles, grants]
subjects: [grants]
pass_proved_by: [roles]
params:
  built_in:
    default: ['system:basic-user', 'system:discovery', 'system:public-info-viewer']
    about: Names of roles that a system gives to everyone by itself, and that only describe its interface.
identify_by: [subject_uid]
playbook: remove-binding
about: >-
  A grant to `system:authenticated`, `system:unauthenticated`, `system:anonymous`, `allUsers`, `allAuthenticatedUsers` or
  everyone has no holder that could leave: each identity that is ever made gets it, and of a cloud's cluster `authenticated`
  may be every account of that cloud. Judged are grants to these and to everyone; those that a cluster makes for its own
  description (`system:discovery` and the like) pass. A grant under a condition makes the answer unknown. AWS knows no such
  grants: policies of resources and roles that are open there are the matter of resource-open-to-anyone and
  trust-open-to-anyone. The rule cannot see networks that keep callers out, nor whether anonymous requests are switched off.
remedy:
  - See from the audit log who really uses the right.
  - Grant it to those, as a group or as identities of their own.
  - Remove the grant to everyone, and look through the log for strangers who used it.
examples:
  - name: everyone who can log in
    given:
      roles: [{ uid: 'k8s:c:clusterrole:reader', name: reader }]
      grants:
        - uid: 'k8s:c:clusterrolebinding:open#group:system:authenticated'
          principal_uid: 'k8s:c:group:system:authenticated'
          principal_kind: group
          role_uid: 'k8s:c:clusterrole:reader'
    expect: [{ subject_uid: 'k8s:c:clusterrolebinding:open#group:system:authenticated', status: fail }]
  - name: the description of the interface
    given:
      roles: [{ uid: 'k8s:c:clusterrole:system:discovery', name: 'system:discovery', managed_by: provider }]
      grants:
        - uid: 'k8s:c:clusterrolebinding:system:discovery#group:system:authenticated'
          principal_uid: 'k8s:c:group:system:authenticated'
          principal_kind: group
          role_uid: 'k8s:c:clusterrole:system:discovery'
    expect: [{ subject_uid: 'k8s:c:clusterrolebinding:system:discovery#group:system:authenticated', status: pass }]
---*/
SELECT NULL AS identity_uid, g.uid AS subject_uid, g.system, g.scope_uid,
  CASE
    WHEN g.system = 'kubernetes' AND list_contains($built_in, regexp_extract(g.role_uid, '^k8s:[^:]+:clusterrole:(.*)$', 1))
      THEN 'pass'
    WHEN g.condition IS NOT NULL THEN 'unknown'
    ELSE 'fail'
  END AS status,
  {
    granted_to: g.principal_uid,
    role: g.role_uid,
    role_name: r.name,
    breadth: r.breadth,
    kind: g.kind,
    state: g.state,
    condition: g.condition
  } AS evidence
FROM grants g LEFT JOIN roles r ON r.uid = g.role_uid
WHERE g.principal_kind = 'everyone'
  OR (g.system = 'kubernetes' AND regexp_matches(g.principal_uid, '^k8s:[^:]+:(group:system:(un)?authenticated|user:system:anonymous)$'))
  -- https://cloud.google.com/iam/docs/principals-overview#all-users
  OR (g.system = 'gcp' AND g.principal_uid IN ('gcp:allUsers', 'gcp:allAuthenticatedUsers'))
  -- https://learn.microsoft.com/azure/role-based-access-control/deny-assignments: the object id that stands for all principals.
  OR (g.system = 'azure' AND g.principal_uid LIKE '%:00000000-0000-0000-0000-000000000000')
