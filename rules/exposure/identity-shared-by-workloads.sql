/*---
id: identity-shared-by-workloads
title: More than {{most}} workloads run as one identity
category: exposure
severity: low
needs: [identities, workloads]
subjects: [identities]
params:
  most: { default: 1, min: 1, max: 1000, about: Workloads that may share an identity. }
identify_by: [identity_uid]
playbook: split-identity
about: >-
  Workloads that share an identity share its rights: each holds what any of them needs, the log cannot tell them apart, and
  the identity can be taken from none without taking it from all. Judged are identities that run workloads; replica sets,
  pods and jobs that another workload makes are not counted beside it, nor are the profiles by which instances and Roles
  Anywhere give a role, access entries of EKS, which let it into a cluster, and roles that a service uses to start
  something, such as the execution roles of ECS.
  The default service account of a namespace is left out: workloads run as it by saying nothing. Provider-managed
  identities are left out. The rule cannot see what runs outside the feeds that were read, and parts of one
  application may share an identity on purpose: raise the limit, or waive it.
remedy:
  - Make an identity for each workload, with the rights that this one uses.
  - Move the workloads over one by one.
  - Delete the shared identity when none runs as it.
examples:
  - name: two deployments
    given:
      identities: [{ uid: 'k8s:c:serviceaccount:shop/web', kind: service-account }]
      workloads:
        - { uid: 'k8s:c:deployment:shop/web', identity_uid: 'k8s:c:serviceaccount:shop/web' }
        - { uid: 'k8s:c:deployment:shop/cart', identity_uid: 'k8s:c:serviceaccount:shop/web' }
    expect: [{ identity_uid: 'k8s:c:serviceaccount:shop/web', status: fail }]
  - name: one deployment with its replica set
    given:
      identities: [{ uid: 'k8s:c:serviceaccount:shop/web', kind: service-account }]
      workloads:
        - { uid: 'k8s:c:deployment:shop/web', identity_uid: 'k8s:c:serviceaccount:shop/web' }
        - uid: 'k8s:c:replicaset:shop/web-5d4f8c9b7'
          identity_uid: 'k8s:c:serviceaccount:shop/web'
          kind: replica-set
    expect: [{ identity_uid: 'k8s:c:serviceaccount:shop/web', status: pass }]
  - name: a role that starts two tasks
    given:
      identities: [{ uid: pull, kind: iam-role }]
      workloads:
        - { uid: 'task:1#execution', identity_uid: pull, kind: ecs-task-definition-execution }
        - { uid: 'task:2#execution', identity_uid: pull, kind: ecs-task-definition-execution }
    expect: []
---*/
WITH running AS (
  SELECT identity_uid, kind, uid FROM workloads
  -- What something else makes and removes, what merely carries an identity, and what starts a workload as another.
  WHERE kind NOT IN ('replica-set', 'pod', 'job', 'instance-profile', 'roles-anywhere-profile', 'eks-access-entry')
    AND kind NOT LIKE '%-execution'
),
counted AS (SELECT identity_uid, count(*) AS workloads FROM running GROUP BY identity_uid),
-- Lists for every identity would take the time of a large estate: only for those that do not pass.
named AS (
  SELECT identity_uid, list_transform(list_sort(list({ uid: uid, kind: kind }))[:10],
    lambda each: { kind: each.kind, uid: each.uid }) AS first_workloads
  FROM running SEMI JOIN (SELECT identity_uid FROM counted WHERE workloads > $most) shared USING (identity_uid)
  GROUP BY identity_uid
)
SELECT i.uid AS identity_uid, NULL AS subject_uid, i.system, i.scope_uid,
  CASE WHEN r.workloads > $most THEN 'fail' ELSE 'pass' END AS status,
  { workloads: r.workloads, threshold: $most, first_workloads: n.first_workloads } AS evidence
FROM counted r JOIN identities i ON i.uid = r.identity_uid LEFT JOIN named n ON n.identity_uid = r.identity_uid
WHERE i.managed_by = 'customer' AND i.class <> 'human'
  AND NOT (i.system = 'kubernetes' AND i.uid LIKE '%/default')
