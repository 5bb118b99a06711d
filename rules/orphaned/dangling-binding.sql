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
  accounts exist. A missing role that a system has by default or that cannot be deleted while it is bound (`view`, `edit`,
  `admin`, `cluster-admin`, `system:…`; Google's own roles; those of Azure) was probably not exported, so the answer is unknown.
  Where not all service accounts or roles were read, as from manifests, what is missing may exist all the same; the
  evidence says so. Google marks a deleted member itself (`deleted:…`). A service account of Google in a project, or a
  principal of Entra in a directory, that was not read whole is unknown. Users and groups that a system does not keep
  itself, and identities that the provider looks after, cannot be missed. In AWS an attached policy cannot be deleted, so
  nothing dangles there.
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
  - name: a member that Google has marked as deleted
    given:
      roles: [{ uid: 'gcp:projects/p/roles/reader', system: gcp, scope_uid: 'gcp:projects/p' }]
      grants:
        - uid: g
          system: gcp
          scope_uid: 'gcp:projects/p'
          principal_uid: 'gcp:deleted:serviceAccount:old@p.iam.gserviceaccount.com?uid=1'
          principal_kind: external
          role_uid: 'gcp:projects/p/roles/reader'
    expect: [{ subject_uid: g, status: fail }]
---*/
WITH bindings AS (
  SELECT uid, system, scope_uid, principal_uid, principal_kind, role_uid, kind,
    principal_uid LIKE 'gcp:deleted:%' AS marked,
    CASE system
      WHEN 'kubernetes' THEN principal_kind = 'identity'
      -- https://learn.microsoft.com/azure/role-based-access-control/troubleshooting#symptom---role-assignments-with-identity-not-found
      WHEN 'azure' THEN principal_kind IN ('identity', 'group')
      -- Agents of Google's services live in its own projects: https://cloud.google.com/iam/docs/service-agents.
      ELSE principal_uid LIKE 'gcp:deleted:%' OR (
        regexp_matches(principal_uid, '^gcp:serviceAccount:[^@]+@[^@]+\.iam\.gserviceaccount\.com$')
        AND NOT regexp_matches(principal_uid, '^gcp:serviceAccount:service-[0-9]+@'))
    END AS listed
  FROM grants WHERE system <> 'aws'
),
known AS (SELECT uid FROM identities WHERE system <> 'aws' UNION ALL SELECT uid FROM groups WHERE system <> 'aws'),
suspects AS (
  SELECT b.*, true AS role_missing, b.listed AND k.uid IS NULL AS subject_missing, NULL AS role_managed_by
  FROM bindings b ANTI JOIN roles r ON r.uid = b.role_uid LEFT JOIN known k ON k.uid = b.principal_uid
  UNION ALL
  SELECT b.*, false, true, r.managed_by
  FROM bindings b ANTI JOIN known k ON k.uid = b.principal_uid JOIN roles r ON r.uid = b.role_uid
  WHERE b.listed
),
-- What was read whole, by place; a source that nobody tried takes nothing from another.
whole AS (
  SELECT scope_uid, feed FROM coverage WHERE feed IN ('identities', 'groups')
  GROUP BY ALL HAVING bool_or(status = 'complete') AND bool_and(status IN ('complete', 'skipped'))
),
directories_with_users AS (SELECT DISTINCT scope_uid FROM identities WHERE system = 'azure' AND kind = 'user'),
homes AS (
  SELECT *, CASE system
      WHEN 'azure' THEN regexp_extract(principal_uid, '^entra:[^:]+')
      WHEN 'gcp' THEN 'gcp:projects/' || regexp_extract(principal_uid, '@([^@]+)\.iam\.gserviceaccount\.com$', 1)
    END AS home
  FROM suspects
),
dangling AS (
  SELECT *,
    role_missing AND (system = 'azure' OR regexp_matches(role_uid,
      '^k8s:[^:]+:clusterrole:(cluster-admin|admin|edit|view|system:.*)$|^k8s:[^:]+:role:kube-[a-z-]+/(system:|extension-apiserver-).*$|^gcp:roles/'
    )) AS role_built_in,
    subject_missing AND NOT marked AND system <> 'kubernetes' AND (
      (home, CASE principal_kind WHEN 'group' THEN 'groups' ELSE 'identities' END) NOT IN (SELECT (scope_uid, feed) FROM whole)
      OR (principal_uid LIKE '%:user:%' AND home NOT IN (FROM directories_with_users))
    ) AS subject_unread
  FROM homes
  WHERE (role_missing OR subject_missing) AND NOT (
    regexp_matches(uid, '^k8s:[^:]+:(clusterrolebinding:|rolebinding:[^/]+/)system:')
    AND (role_managed_by = 'provider' OR regexp_matches(role_uid, '^k8s:[^:]+:(clusterrole:|role:[^/]+/)system:'))
  )
)
SELECT CASE WHEN NOT subject_missing AND principal_kind = 'identity' THEN principal_uid END AS identity_uid,
  uid AS subject_uid, system, scope_uid,
  CASE
    WHEN (subject_missing AND NOT subject_unread) OR (role_missing AND NOT role_built_in) THEN 'fail'
    ELSE 'unknown'
  END AS status,
  {
    kind: kind,
    missing: list_filter([CASE WHEN role_missing THEN 'role' END, CASE WHEN subject_missing THEN 'subject' END],
      lambda each: each IS NOT NULL),
    role: role_uid,
    subject: principal_uid,
    subject_marked_as_deleted: marked,
    not_read: CASE WHEN subject_unread THEN home END
  } AS evidence,
  CASE WHEN role_missing THEN ['roles'] ELSE [] END
    || CASE WHEN subject_missing AND NOT marked THEN ['identities'] ELSE [] END AS absent_from
FROM dangling
UNION ALL
SELECT NULL, uid, system, scope_uid, 'pass', NULL, NULL
FROM bindings WHERE uid NOT IN (SELECT uid FROM suspects)
