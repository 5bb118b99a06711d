/*---
id: token-mounted-on-privileged-service-account
title: Token of a privileged ServiceAccount is mounted into its workloads
category: exposure
severity: medium
systems: [kubernetes]
needs: [identities, grants, roles, workloads]
subjects: [identities]
params:
  capabilities:
    default: [admin, identity-admin, impersonate, credential-create, secret-read]
    about: What makes a ServiceAccount privileged, in the words of `entitlements.capability`.
identify_by: [identity_uid]
playbook: reduce-role
about: >-
  Whoever reads a file in a container in which the token is mounted, by a flaw in the program or a shell in the pod, has
  the rights of the ServiceAccount. Judged are ServiceAccounts with one of the capabilities beyond their own namespace. Some
  controllers need the token: then the question is whether they need the rights. Where it is not known what is mounted or what the account may
  do, the answer is unknown. The rule cannot see whether the program reads the token.
remedy:
  - Find out whether the program calls the API of the cluster; if not, set `automountServiceAccountToken` to false.
  - If it does, reduce its role to the objects and verbs that it uses, in its own namespace.
  - Move what needs the rights into a workload of its own that takes no input from outside.
examples:
  - name: mounted, and reads secrets
    given:
      identities:
        - uid: 'k8s:c:serviceaccount:shop/web'
          kind: service-account
          raw: { mountedBy: ['k8s:c:deployment:shop/web'] }
      entitlements: [{ identity_uid: 'k8s:c:serviceaccount:shop/web', capability: secret-read, scope_uid: 'k8s:c' }]
    expect: [{ identity_uid: 'k8s:c:serviceaccount:shop/web', status: fail }]
  - name: not mounted
    given:
      identities:
        - { uid: 'k8s:c:serviceaccount:shop/web', kind: service-account, raw: { mountedBy: [] } }
      entitlements: [{ identity_uid: 'k8s:c:serviceaccount:shop/web', capability: secret-read, scope_uid: 'k8s:c' }]
    expect: [{ identity_uid: 'k8s:c:serviceaccount:shop/web', status: pass }]
---*/
WITH privileged AS (
  SELECT identity_uid, bool_or(certainty <> 'unknown') AS known, list_sort(list(DISTINCT capability)) AS capabilities,
    min(via)[:10] AS via
  FROM entitlements
  WHERE list_contains($capabilities, capability)
    AND scope_uid <> regexp_replace(identity_uid, ':serviceaccount:([^/]+)/.*$', ':namespace:\1')
  GROUP BY identity_uid
)
SELECT i.uid AS identity_uid, NULL AS subject_uid, i.system, i.scope_uid,
  CASE
    WHEN json_array_length(i.raw, '$.mountedBy') = 0 THEN 'pass'
    WHEN json_array_length(i.raw, '$.mountedBy') > 0 AND p.known THEN 'fail'
    ELSE 'unknown'
  END AS status,
  {
    mounted_by: (i.raw ->> '$.mountedBy[*]')[:10],
    workloads: json_array_length(i.raw, '$.mountedBy'),
    can: p.capabilities,
    through: p.via
  } AS evidence
FROM privileged p JOIN identities i ON i.uid = p.identity_uid
WHERE i.system = 'kubernetes' AND i.kind = 'service-account' AND i.managed_by = 'customer'
