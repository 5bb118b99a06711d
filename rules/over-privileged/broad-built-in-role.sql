/*---
id: broad-built-in-role
title: Identity holds a broad built-in role
category: over-privileged
severity: high
needs: [identities, grants, roles]
subjects: [identities]
pass_proved_by: [roles]
params:
  roles:
    default:
      - AdministratorAccess
      - PowerUserAccess
      - IAMFullAccess
      - Owner
      - Contributor
      - User Access Administrator
      - Global Administrator
      - Privileged Role Administrator
      - roles/owner
      - roles/editor
      - cluster-admin
    about: Names of the providers' own roles that are too broad for a program.
identify_by: [identity_uid, subject_uid]
playbook: reduce-role
about: >-
  The built-in roles for administrators and editors are made for people who must be able to do anything. A program needs a
  few actions, and whoever takes it over gets all the rest. Judged are roles of the provider by their names; policies of
  your own that allow everything are the matter of wildcard-administrator-policy. Grants through groups count. A grant
  under a condition, or of an Azure role that was not read, makes the answer unknown; one that is limited to one resource,
  or that must be activated first, passes. The rule does not see what boundaries and organisation policies take away again;
  the evidence names boundaries, and how sure it is that the identity is an administrator in effect. Provider-managed identities and people are left out; so are groups whose members the system does not list.
remedy:
  - See from the record of use which services and actions the identity really calls.
  - Give it a role of those, as near to the resources as it goes, beside the broad one.
  - Take the broad role away.
examples:
  - name: cluster-admin
    given:
      identities: [{ uid: 'k8s:c:serviceaccount:ci/deployer', kind: service-account }]
      roles: [{ uid: 'k8s:c:clusterrole:cluster-admin', name: cluster-admin, managed_by: provider, breadth: everything }]
      grants:
        - uid: g
          principal_uid: 'k8s:c:serviceaccount:ci/deployer'
          role_uid: 'k8s:c:clusterrole:cluster-admin'
    expect:
      - identity_uid: 'k8s:c:serviceaccount:ci/deployer'
        subject_uid: 'k8s:c:clusterrole:cluster-admin'
        status: fail
  - name: a narrow built-in role
    given:
      identities: [{ uid: 'k8s:c:serviceaccount:ci/reader', kind: service-account }]
      roles: [{ uid: 'k8s:c:clusterrole:view', name: view, managed_by: provider }]
      grants: [{ uid: g, principal_uid: 'k8s:c:serviceaccount:ci/reader', role_uid: 'k8s:c:clusterrole:view' }]
    expect: [{ identity_uid: 'k8s:c:serviceaccount:ci/reader', status: pass }]
  - name: a role of Google's that was not described
    given:
      identities: [{ uid: 'gcp:serviceAccount:a@p.iam.gserviceaccount.com', system: gcp, scope_uid: 'gcp:projects/p' }]
      grants:
        - uid: g
          system: gcp
          scope_uid: 'gcp:projects/p'
          principal_uid: 'gcp:serviceAccount:a@p.iam.gserviceaccount.com'
          role_uid: 'gcp:roles/editor'
    expect:
      - identity_uid: 'gcp:serviceAccount:a@p.iam.gserviceaccount.com'
        subject_uid: 'gcp:roles/editor'
        status: fail
---*/
WITH judged AS (
  SELECT uid, system, scope_uid FROM identities
  WHERE managed_by = 'customer' AND class <> 'human' AND enabled IS DISTINCT FROM false AND kind <> 'root-user'
),
-- The provider's own roles exist whether the export says so or not. All uids but those of Azure end in the name.
missing AS (
  SELECT role_uid AS uid, regexp_extract(role_uid, '^gcp:roles/[^/]+$|[^:/]+$').replace('gcp:', '') AS name, role_uid LIKE '/%' AS unread
  FROM (SELECT DISTINCT role_uid FROM grants) held ANTI JOIN roles ON roles.uid = held.role_uid
),
broad AS (
  SELECT uid, name, false AS unread FROM roles WHERE managed_by = 'provider' AND list_contains($roles, name)
  UNION ALL
  SELECT uid, name, unread FROM missing WHERE unread OR list_contains($roles, name)
),
held AS (
  SELECT g.identity_uid, g.role_uid, broad.name, broad.unread,
    bool_or(g.condition IS NULL AND g.state = 'active' AND g.resource_uid IS NULL) AS plain,
    bool_or(g.condition IS NOT NULL AND g.state = 'active' AND g.resource_uid IS NULL) AS conditional,
    list_sort(list(DISTINCT g.grant_uid))[:10] AS grants,
    list_sort(list(DISTINCT g.via_group) FILTER (g.via_group IS NOT NULL))[:10] AS groups,
    list_sort(list(DISTINCT g.scope_uid))[:10] AS scopes
  FROM effective_grants g JOIN broad ON broad.uid = g.role_uid SEMI JOIN judged ON judged.uid = g.identity_uid
  GROUP BY ALL
),
boundaries AS (
  SELECT target_uid, list_sort(list(DISTINCT coalesce(role_uid, uid))) AS boundaries
  FROM guardrails WHERE kind = 'permission-boundary' GROUP BY target_uid
),
administrators AS (
  SELECT identity_uid, arg_min(certainty, CASE certainty WHEN 'certain' THEN 0 WHEN 'conditional' THEN 1 ELSE 2 END) AS certainty
  FROM entitlements WHERE capability = 'admin' GROUP BY identity_uid
),
told AS (
  SELECT held.*, boundaries.boundaries, administrators.certainty
  FROM held
  LEFT JOIN boundaries ON boundaries.target_uid = held.identity_uid
  LEFT JOIN administrators ON administrators.identity_uid = held.identity_uid
)
SELECT judged.uid AS identity_uid, told.role_uid AS subject_uid, judged.system, judged.scope_uid,
  CASE
    WHEN identity_uid IS NULL THEN 'pass'
    WHEN unread THEN 'pass'
    WHEN plain THEN 'fail'
    WHEN conditional THEN 'unknown'
    ELSE 'pass'
  END AS status,
  CASE WHEN identity_uid IS NOT NULL THEN {
    role: name,
    scopes: scopes,
    grants: grants,
    through_groups: groups,
    permission_boundaries: boundaries,
    effective_administrator: certainty
  } END AS evidence,
  CASE WHEN unread THEN ['roles'] END AS absent_from
FROM judged LEFT JOIN told ON told.identity_uid = judged.uid
