/*---
id: workload-gone-identity-lives
title: Identity was made for workloads, and none runs as it any more
category: orphaned
severity: low
needs: [identities, credentials, trusts, workloads]
subjects: [identities]
pass_proved_by: [credentials, trusts, workloads]
params:
  days: { default: 30, min: 0, max: 3650, about: Whole days that an identity may be new or unused without a workload. }
  services:
    default:
      - codebuild.amazonaws.com
      - ec2.amazonaws.com
      - ecs-tasks.amazonaws.com
      - glue.amazonaws.com
      - lambda.amazonaws.com
      - states.amazonaws.com
    about: Services of AWS that run workloads under a role, and whose workloads a scan lists.
  kinds:
    default: [managed-identity]
    about: Kinds of identities, beside ServiceAccounts and roles of these services, that only workloads use.
  tags:
    default: [workload]
    about: Tags or labels that only identities of workloads carry; compared without case.
identify_by: [identity_uid]
playbook: quarantine-then-delete
about: >-
  The program was taken down and its identity forgotten, with every right that it had: whoever may start something as it
  gets them. Judged are identities that serve workloads by what they are: ServiceAccounts of Kubernetes other than the
  default one, roles of AWS that only services which run workloads may take, kinds and tags that the parameters name. One that
  something else may use, by a credential that works or by another trust, is left out. One that
  is younger than the limit, in whole periods of 24 hours, or was seen in use within it, passes; exactly the limit still
  does. Whatever was not read whole may hide the workload: where that holds for workloads of the scope, or the age of the
  identity is not known, the answer is unknown. The profile by which instances take a role is no workload. The rule cannot
  see tokens that somebody asks for by hand, and what an operator starts from time to time. Provider-managed and disabled
  identities are left out.
remedy:
  - Ask the owner whether the workload comes back, and look in the code that deployed it.
  - Take the identity's rights away in a way that can be undone, and wait.
  - Delete it together with what deployed it.
examples:
  - name: a service account that nothing runs as
    given:
      identities: [{ uid: 'k8s:c:serviceaccount:shop/old', kind: service-account }]
    expect: [{ identity_uid: 'k8s:c:serviceaccount:shop/old', status: fail }]
  - name: a service account of a deployment
    given:
      identities: [{ uid: 'k8s:c:serviceaccount:shop/web', kind: service-account }]
      workloads: [{ uid: 'k8s:c:deployment:shop/web', identity_uid: 'k8s:c:serviceaccount:shop/web' }]
    expect: [{ identity_uid: 'k8s:c:serviceaccount:shop/web', status: pass }]
  - name: a role that people may take too
    given:
      identities: [{ uid: 'arn:aws:iam::111111111111:role/app' }]
      trusts:
        - { uid: s, identity_uid: 'arn:aws:iam::111111111111:role/app', trusted: lambda.amazonaws.com, trusted_kind: service }
        - { uid: p, identity_uid: 'arn:aws:iam::111111111111:role/app', trusted: '111111111111', trusted_kind: account }
    expect: []
---*/
-- Each source knows other kinds of workloads: one that nobody tried may hold the one that is missed.
WITH whole AS (
  SELECT scope_uid FROM coverage WHERE feed = 'workloads' GROUP BY scope_uid HAVING bool_and(status = 'complete')
),
trusted AS (
  SELECT identity_uid, count(*) FILTER (system <> 'aws' OR trusted_kind <> 'service' OR NOT list_contains($services, trusted)) AS others,
    list_sort(list_distinct(list(trusted)))[:10] AS parties
  FROM trusts WHERE certainty <> 'claimed' AND mechanism <> 'application-owner' GROUP BY identity_uid
),
keyed AS (
  SELECT DISTINCT identity_uid FROM credentials
  WHERE enabled IS DISTINCT FROM false AND (expires_at IS NULL OR expires_at > $as_of) AND kind <> 'federated-credential'
),
serving AS (
  SELECT i.uid, i.system, i.scope_uid, i.kind, i.created_at, t.parties
  FROM identities i LEFT JOIN trusted t ON t.identity_uid = i.uid ANTI JOIN keyed ON keyed.identity_uid = i.uid
  WHERE i.managed_by = 'customer' AND i.class <> 'human' AND i.enabled IS DISTINCT FROM false
    AND coalesce(t.others, 0) = 0
    AND (
      (i.system = 'kubernetes' AND i.kind = 'service-account' AND i.uid NOT LIKE '%/default')
      OR (i.system = 'aws' AND i.kind = 'iam-role' AND t.identity_uid IS NOT NULL)
      OR list_contains($kinds, i.kind)
      OR (i.tags <> '{}'::JSON AND list_has_any(
        list_transform(json_keys(i.tags), lambda key: lower(key)), list_transform($tags, lambda tag: lower(tag))))
    )
),
running AS (
  SELECT w.identity_uid, count(*) AS workloads
  FROM workloads w SEMI JOIN serving ON serving.uid = w.identity_uid
  WHERE w.kind <> 'instance-profile' GROUP BY w.identity_uid
),
idle AS (SELECT uid FROM serving ANTI JOIN running ON running.identity_uid = serving.uid),
used AS (
  SELECT identity_uid, max(last_used_at) AS last_used_at, list_sort(list_distinct(list(source))) AS sources
  FROM usages SEMI JOIN idle ON idle.uid = usages.identity_uid GROUP BY identity_uid
),
judged AS (
  SELECT serving.*, running.workloads, used.last_used_at, used.sources,
    coalesce(running.workloads > 0 OR date_sub('day', serving.created_at, $as_of) <= $days
      OR date_sub('day', used.last_used_at, $as_of) <= $days, false) AS fine
  FROM serving
  LEFT JOIN running ON running.identity_uid = serving.uid
  LEFT JOIN used ON used.identity_uid = serving.uid
)
SELECT s.uid AS identity_uid, NULL AS subject_uid, s.system, s.scope_uid,
  CASE WHEN fine THEN 'pass' WHEN whole.scope_uid IS NULL OR s.created_at IS NULL THEN 'unknown' ELSE 'fail' END AS status,
  {
    kind: s.kind,
    workloads: coalesce(s.workloads, 0),
    trusted: s.parties,
    workloads_read_whole: whole.scope_uid IS NOT NULL,
    threshold_days: $days,
    age_days: date_sub('day', s.created_at, $as_of),
    last_used_at: s.last_used_at,
    sources: s.sources
  } AS evidence,
  CASE WHEN NOT fine THEN ['credentials', 'trusts', 'workloads'] END AS absent_from
FROM judged s LEFT JOIN whole ON whole.scope_uid = s.scope_uid
