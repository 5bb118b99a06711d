/*---
id: default-service-account-with-grants
title: Default service account holds rights of its own
category: over-privileged
severity: medium
systems: [gcp, kubernetes]
needs: [identities, grants]
subjects: [identities]
identify_by: [identity_uid]
playbook: remove-grants
about: >-
  Whatever does not name a service account runs as the default one. Rights given to it are rights given to everything that
  is started in that namespace or project from now on, by anyone who may start things there. Judged are the `default`
  service account of each Kubernetes namespace and the default accounts of Compute Engine and App Engine, which the
  provider makes and the customer grants to. Rights that come through the system's own groups (every service account may
  look at the API's description) do not count: they are the matter of those bindings. The rule cannot see what runs as the
  account unless workloads were collected.
remedy:
  - Make a service account for each workload that needs rights, and give it those.
  - Set the workloads to it, and switch off the mounting of the default account's token.
  - Take the grants of the default account away.
examples:
  - name: a role for the default account
    given:
      identities: [{ uid: 'k8s:c:serviceaccount:shop/default', kind: service-account }]
      grants: [{ uid: g, principal_uid: 'k8s:c:serviceaccount:shop/default', role_uid: 'k8s:c:clusterrole:edit' }]
    expect: [{ identity_uid: 'k8s:c:serviceaccount:shop/default', status: fail }]
  - name: a role for another account
    given:
      identities:
        - { uid: 'k8s:c:serviceaccount:shop/default', kind: service-account }
        - { uid: 'k8s:c:serviceaccount:shop/web', kind: service-account }
      grants: [{ uid: g, principal_uid: 'k8s:c:serviceaccount:shop/web', role_uid: 'k8s:c:clusterrole:edit' }]
    expect: [{ identity_uid: 'k8s:c:serviceaccount:shop/default', status: pass }]
---*/
WITH defaults AS (
  SELECT uid, system, scope_uid FROM identities
  WHERE kind = 'service-account' AND enabled IS DISTINCT FROM false AND (
    (system = 'kubernetes' AND uid LIKE '%/default')
    -- https://cloud.google.com/iam/docs/service-account-types#default
    OR (system = 'gcp' AND regexp_matches(uid, '(-compute@developer|@appspot)\.gserviceaccount\.com$'))
  )
),
held AS (
  SELECT principal_uid, count(*) AS grants, list_sort(list(DISTINCT role_uid))[:10] AS roles,
    list_sort(list(DISTINCT scope_uid))[:10] AS scopes
  FROM grants SEMI JOIN defaults ON defaults.uid = grants.principal_uid
  WHERE state = 'active' GROUP BY principal_uid
),
running AS (SELECT identity_uid, count(*) AS workloads FROM workloads GROUP BY identity_uid)
SELECT defaults.uid AS identity_uid, NULL AS subject_uid, defaults.system, defaults.scope_uid,
  CASE WHEN held.grants > 0 THEN 'fail' ELSE 'pass' END AS status,
  {
    grants: coalesce(held.grants, 0),
    first_roles: held.roles,
    first_scopes: held.scopes,
    workloads: coalesce(running.workloads, 0)
  } AS evidence
FROM defaults
LEFT JOIN held ON held.principal_uid = defaults.uid
LEFT JOIN running ON running.identity_uid = defaults.uid
