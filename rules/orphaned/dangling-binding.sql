/*---
id: dangling-binding
title: Binding names a role or a subject that does not exist
category: orphaned
severity: medium
systems: [azure, gcp, kubernetes]
needs: [identities, roles, grants]
subjects: [grants]
pass_proved_by: [identities, roles]
identify_by: [subject_uid]
playbook: remove-binding
about: >-
  A binding outlives what it names. Whoever may make an object of that name, a service account in a namespace for example,
  gets the rights that were meant for the old one; and a role that is made again fills the binding with whatever it then
  says. Bindings that the system makes for itself are left out: Kubernetes binds its controllers before their service
  accounts exist. A missing role that every cluster has by default (`view`, `edit`, `admin`, `cluster-admin`, `system:…`)
  was probably not exported, so the answer is unknown. Where not all service accounts or roles were read, as from manifests,
  what is missing may exist all the same; the evidence says so. Users and groups that a system does not keep itself cannot be
  missed. In AWS an attached policy cannot be deleted, so nothing dangles there.
remedy:
  - Find out what the binding was for, and whether something still needs the right.
  - Remove it; if the subject or role is to come back, bind it anew when it exists.
examples:
  - name: a service account that is gone
    given:
      roles: [{ uid: 'k8s:c:role:shop/reader', name: reader }]
      grants:
        - uid: 'k8s:c:rolebinding:shop/reader#serviceaccount:shop/gone'
          principal_uid: 'k8s:c:serviceaccount:shop/gone'
          role_uid: 'k8s:c:role:shop/reader'
    expect: [{ subject_uid: 'k8s:c:rolebinding:shop/reader#serviceaccount:shop/gone', status: fail }]
  - name: a role that is gone
    given:
      identities: [{ uid: 'k8s:c:serviceaccount:shop/web', kind: service-account }]
      grants:
        - uid: 'k8s:c:rolebinding:shop/web#serviceaccount:shop/web'
          principal_uid: 'k8s:c:serviceaccount:shop/web'
          role_uid: 'k8s:c:role:shop/gone'
    expect:
      - identity_uid: 'k8s:c:serviceaccount:shop/web'
        subject_uid: 'k8s:c:rolebinding:shop/web#serviceaccount:shop/web'
        status: fail
  - name: a binding of the system's own
    given:
      roles: [{ uid: 'k8s:c:clusterrole:system:controller:job-controller', managed_by: provider }]
      grants:
        - uid: 'k8s:c:clusterrolebinding:system:controller:job-controller#serviceaccount:kube-system/job-controller'
          principal_uid: 'k8s:c:serviceaccount:kube-system/job-controller'
          role_uid: 'k8s:c:clusterrole:system:controller:job-controller'
    expect: []
---*/
WITH suspects AS (
  SELECT g.*, true AS role_missing, g.principal_kind = 'identity' AND i.uid IS NULL AS subject_missing,
    NULL AS role_managed_by
  FROM grants g ANTI JOIN roles r ON r.uid = g.role_uid LEFT JOIN identities i ON i.uid = g.principal_uid
  UNION ALL
  SELECT g.*, false, true, r.managed_by
  FROM grants g ANTI JOIN identities i ON i.uid = g.principal_uid JOIN roles r ON r.uid = g.role_uid
  WHERE g.principal_kind = 'identity'
),
dangling AS (
  SELECT *, role_missing AND regexp_matches(role_uid,
      '^k8s:[^:]+:clusterrole:(cluster-admin|admin|edit|view|system:.*)$|^k8s:[^:]+:role:kube-[a-z-]+/(system:|extension-apiserver-).*$'
    ) AS role_built_in
  FROM suspects
  WHERE system <> 'aws' AND NOT (
    regexp_matches(uid, '^k8s:[^:]+:(clusterrolebinding:|rolebinding:[^/]+/)system:')
    AND (role_managed_by = 'provider' OR regexp_matches(role_uid, '^k8s:[^:]+:(clusterrole:|role:[^/]+/)system:'))
  )
)
SELECT CASE WHEN NOT subject_missing AND principal_kind = 'identity' THEN principal_uid END AS identity_uid,
  uid AS subject_uid, system, scope_uid,
  CASE WHEN subject_missing OR NOT role_built_in THEN 'fail' ELSE 'unknown' END AS status,
  {
    kind: kind,
    missing: list_filter([CASE WHEN role_missing THEN 'role' END, CASE WHEN subject_missing THEN 'subject' END],
      lambda each: each IS NOT NULL),
    role: role_uid,
    subject: principal_uid
  } AS evidence,
  CASE WHEN role_missing THEN ['roles'] ELSE [] END || CASE WHEN subject_missing THEN ['identities'] ELSE [] END AS absent_from
FROM dangling
UNION ALL
SELECT NULL, uid, system, scope_uid, 'pass', NULL, NULL
FROM grants WHERE system <> 'aws' AND uid NOT IN (SELECT uid FROM suspects)
