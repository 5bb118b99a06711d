/*---
id: wildcard-administrator-policy
title: Identity holds a policy of your own that allows everything
category: over-privileged
severity: high
needs: [identities, grants, roles]
subjects: [identities]
pass_proved_by: [roles]
identify_by: [identity_uid, subject_uid]
playbook: reduce-role
about: >-
  A policy or role that allows every action on everything makes each of its holders an administrator, whatever its name
  says. Judged are policies and roles that the customer wrote; the provider's own (AdministratorAccess, cluster-admin,
  Owner) are the matter of broad-built-in-role. Grants through groups count. A grant under a condition, and a document that
  was not read or not understood, make the answer unknown; a grant that is limited to one resource, or that must be
  activated first, passes. The rule reads documents on their face: a permission boundary, an organisation policy or
  a Deny elsewhere may take rights away again; the evidence names boundaries, and how sure it is that the identity is an
  administrator in effect (null: it is not). Provider-managed identities and people are left out.
remedy:
  - See from the record of use which services and actions the identity really calls.
  - Give it a policy of those, beside the broad one, and watch for refusals.
  - Take the broad policy away.
examples:
  - name: everything on everything
    given:
      identities: [{ uid: 'arn:aws:iam::111111111111:role/app' }]
      roles: [{ uid: 'arn:aws:iam::111111111111:policy/all', breadth: everything }]
      grants:
        - uid: g
          principal_uid: 'arn:aws:iam::111111111111:role/app'
          role_uid: 'arn:aws:iam::111111111111:policy/all'
    expect:
      - identity_uid: 'arn:aws:iam::111111111111:role/app'
        subject_uid: 'arn:aws:iam::111111111111:policy/all'
        status: fail
  - name: one service whole
    given:
      identities: [{ uid: 'arn:aws:iam::111111111111:role/app' }]
      roles: [{ uid: 'arn:aws:iam::111111111111:policy/s3', breadth: all-actions }]
      grants:
        - uid: g
          principal_uid: 'arn:aws:iam::111111111111:role/app'
          role_uid: 'arn:aws:iam::111111111111:policy/s3'
    expect: [{ identity_uid: 'arn:aws:iam::111111111111:role/app', status: pass }]
---*/
WITH judged AS (
  SELECT uid, system, scope_uid FROM identities
  WHERE managed_by = 'customer' AND class <> 'human' AND enabled IS DISTINCT FROM false AND kind <> 'root-user'
),
broad AS (
  SELECT uid, name, kind, breadth, false AS unread FROM roles
  WHERE managed_by = 'customer' AND (breadth = 'everything' OR breadth IS NULL)
  UNION ALL
  -- One that is not there gives nothing, unless it was merely not read.
  SELECT role_uid, NULL, NULL, NULL, true
  FROM (SELECT DISTINCT role_uid FROM grants) held ANTI JOIN roles ON roles.uid = held.role_uid
  WHERE role_uid NOT LIKE 'arn:%:iam::aws:policy/%'
),
held AS (
  SELECT g.identity_uid, g.role_uid, broad.name, broad.kind AS role_kind, broad.breadth, broad.unread,
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
    WHEN breadth IS NULL THEN 'unknown'
    WHEN plain THEN 'fail'
    WHEN conditional THEN 'unknown'
    ELSE 'pass'
  END AS status,
  CASE WHEN identity_uid IS NOT NULL THEN {
    role: name,
    role_kind: role_kind,
    breadth: breadth,
    scopes: scopes,
    grants: grants,
    through_groups: groups,
    permission_boundaries: boundaries,
    effective_administrator: certainty
  } END AS evidence,
  CASE WHEN unread THEN ['roles'] END AS absent_from
FROM judged LEFT JOIN told ON told.identity_uid = judged.uid
