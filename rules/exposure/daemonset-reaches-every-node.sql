/*---
id: daemonset-reaches-every-node
title: Token with rights beyond its own namespace lies on every node
category: exposure
severity: medium
systems: [kubernetes]
needs: [identities, grants, roles, workloads]
subjects: [identities, workloads]
params:
  capabilities:
    default: [admin, identity-admin, escalate, impersonate, credential-create, secret-read, compute-run, policy-guardrail-remove]
    about: Which rights count, in the words of `entitlements.capability`.
identify_by: [identity_uid]
playbook: reduce-role
about: >-
  A DaemonSet runs a pod on every node, so the token of its ServiceAccount can be read on every node: whoever takes over a
  single one has it, and with it what the account may do elsewhere. Judged are ServiceAccounts that run DaemonSets; rights
  in the own namespace alone pass, and so does an account whose token no DaemonSet mounts. Where it is not known what is
  mounted or what the account may do, the answer is unknown. The rule cannot see node selectors that keep a DaemonSet off
  most nodes.
remedy:
  - Find out which rights the DaemonSet uses, and move those that are not about its node into another workload.
  - Set `automountServiceAccountToken` to false where it calls nothing.
  - Limit what is left to the objects of the node by name, or by admission policy.
examples:
  - name: reads secrets of the cluster
    given:
      identities:
        - uid: 'k8s:c:serviceaccount:logs/agent'
          kind: service-account
          raw: { mountedBy: ['k8s:c:daemonset:logs/agent'] }
      workloads:
        - uid: 'k8s:c:daemonset:logs/agent'
          identity_uid: 'k8s:c:serviceaccount:logs/agent'
          kind: daemon-set
      entitlements: [{ identity_uid: 'k8s:c:serviceaccount:logs/agent', capability: secret-read, scope_uid: 'k8s:c' }]
    expect: [{ identity_uid: 'k8s:c:serviceaccount:logs/agent', status: fail }]
  - name: reads secrets of its own namespace
    given:
      identities:
        - uid: 'k8s:c:serviceaccount:logs/agent'
          kind: service-account
          raw: { mountedBy: ['k8s:c:daemonset:logs/agent'] }
      workloads:
        - uid: 'k8s:c:daemonset:logs/agent'
          identity_uid: 'k8s:c:serviceaccount:logs/agent'
          kind: daemon-set
      entitlements:
        - { identity_uid: 'k8s:c:serviceaccount:logs/agent', capability: secret-read, scope_uid: 'k8s:c:namespace:logs' }
    expect: [{ identity_uid: 'k8s:c:serviceaccount:logs/agent', status: pass }]
---*/
WITH daemons AS (
  SELECT i.uid, i.system, i.scope_uid, count(*) AS daemon_sets, list(w.uid ORDER BY w.uid)[:10] AS first_daemon_sets,
    bool_or(list_contains(i.raw ->> '$.mountedBy[*]', w.uid)) AS mounted,
    any_value(json_type(i.raw, '$.mountedBy')) IS NOT NULL AS mounts_known
  FROM workloads w JOIN identities i ON i.uid = w.identity_uid
  WHERE w.system = 'kubernetes' AND w.kind = 'daemon-set' AND i.managed_by = 'customer'
  GROUP BY i.uid, i.system, i.scope_uid
),
reaching AS (
  SELECT e.identity_uid, bool_or(e.certainty <> 'unknown') AS known, list_sort(list(DISTINCT e.capability)) AS capabilities,
    list_sort(list(DISTINCT e.scope_uid))[:10] AS scopes
  FROM entitlements e
  WHERE list_contains($capabilities, e.capability)
    AND e.scope_uid <> regexp_replace(e.identity_uid, ':serviceaccount:([^/]+)/.*$', ':namespace:\1')
  GROUP BY e.identity_uid
)
SELECT d.uid AS identity_uid, NULL AS subject_uid, d.system, d.scope_uid,
  CASE
    WHEN r.identity_uid IS NULL OR (d.mounts_known AND NOT d.mounted) THEN 'pass'
    WHEN r.known AND d.mounts_known THEN 'fail'
    ELSE 'unknown'
  END AS status,
  { daemon_sets: d.daemon_sets, first_daemon_sets: d.first_daemon_sets, token_mounted: CASE WHEN d.mounts_known THEN d.mounted END,
    can: r.capabilities, in_scopes: r.scopes } AS evidence
FROM daemons d LEFT JOIN reaching r ON r.identity_uid = d.uid
