/*---
id: can-escalate-to-administrator
title: Identity can make itself an administrator
category: over-privileged
severity: high
needs: [identities, roles, grants]
subjects: [identities]
identify_by: [identity_uid]
playbook: reduce-role
about: >-
  The identity is no administrator, and a documented way leads there in one step or several: it may change its own rights,
  run code as somebody stronger, make a credential for them or act as them. Whoever takes it over needs minutes for the
  rest. The evidence has the first steps that it can take, those that reach full control first. A way with a step that
  only a request can settle (an admission policy, a condition, a target that must be running) makes the answer unknown.
  Rights over a scope of which the identity is an administrator anyway do not count; neither do people, root users,
  disabled and provider-managed identities. The rule cannot see ways that need a flaw in software.
remedy:
  - Follow the path (nhi paths --from IDENTITY) and choose the step that the identity needs least.
  - Take that permission away, or narrow it to named roles, service accounts or policies.
  - Where it must stay, watch the log for its use, and protect the identity like an administrator.
examples:
  - name: it may bind any role
    given:
      identities: [{ uid: 'k8s:c:serviceaccount:ci/binder', kind: service-account }]
      entitlements: [{ identity_uid: 'k8s:c:serviceaccount:ci/binder', capability: escalate, scope_uid: 'k8s:c' }]
      edges: [{ from_uid: 'k8s:c:serviceaccount:ci/binder', to_uid: 'k8s:c:admin', via: bind-role }]
    expect: [{ identity_uid: 'k8s:c:serviceaccount:ci/binder', status: fail }]
  - name: it may start privileged pods if admission lets it
    given:
      identities: [{ uid: 'k8s:c:serviceaccount:ci/runner', kind: service-account }]
      entitlements:
        - { identity_uid: 'k8s:c:serviceaccount:ci/runner', capability: escalate, scope_uid: 'k8s:c', certainty: conditional }
    expect: [{ identity_uid: 'k8s:c:serviceaccount:ci/runner', status: unknown }]
  - name: an administrator already
    given:
      identities: [{ uid: 'k8s:c:serviceaccount:ci/admin', kind: service-account }]
      entitlements:
        - { identity_uid: 'k8s:c:serviceaccount:ci/admin', capability: admin, scope_uid: 'k8s:c' }
        - { identity_uid: 'k8s:c:serviceaccount:ci/admin', capability: escalate, scope_uid: 'k8s:c' }
    expect: [{ identity_uid: 'k8s:c:serviceaccount:ci/admin', status: pass }]
---*/
WITH administrators AS (
  SELECT DISTINCT identity_uid, scope_uid FROM entitlements WHERE capability = 'admin' AND certainty = 'certain'
),
escalating AS (
  SELECT e.identity_uid,
    list_sort(list(DISTINCT e.scope_uid) FILTER (e.certainty = 'certain'))[:10] AS certain_scopes,
    list_sort(list(DISTINCT e.scope_uid) FILTER (e.certainty <> 'certain'))[:10] AS possible_scopes,
    list_sort(list_distinct(flatten(list(e.via))))[:10] AS via
  FROM entitlements e ANTI JOIN administrators a ON a.identity_uid = e.identity_uid AND a.scope_uid = e.scope_uid
  WHERE e.capability = 'escalate'
  GROUP BY e.identity_uid
),
steps AS (
  SELECT from_uid,
    list({ becomes: to_uid, how: via, permissions: permissions[:5], certainty: certainty }
      ORDER BY NOT ends_with(to_uid, ':admin'), certainty, to_uid, via)[:5] AS first_steps
  FROM edges SEMI JOIN escalating ON escalating.identity_uid = edges.from_uid
  GROUP BY from_uid
)
SELECT i.uid AS identity_uid, NULL AS subject_uid, i.system, i.scope_uid,
  CASE
    WHEN e.identity_uid IS NULL THEN 'pass'
    WHEN e.certain_scopes IS NOT NULL THEN 'fail'
    ELSE 'unknown'
  END AS status,
  {
    to_administrator_of: e.certain_scopes,
    perhaps_to_administrator_of: e.possible_scopes,
    first_steps: steps.first_steps,
    through: e.via
  } AS evidence
FROM identities i
LEFT JOIN escalating e ON e.identity_uid = i.uid
LEFT JOIN steps ON steps.from_uid = i.uid
WHERE i.managed_by = 'customer' AND i.class <> 'human' AND i.enabled IS DISTINCT FROM false AND i.kind <> 'root-user'
