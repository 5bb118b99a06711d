/*---
id: cloud-trust-for-missing-service-account
title: Cloud identity trusts a service account that does not exist in its cluster
category: orphaned
severity: medium
systems: [aws]
needs: [trusts]
subjects: [trusts]
identify_by: [identity_uid, subject_uid]
playbook: tighten-trust
about: >-
  A role trusts a ServiceAccount of a cluster by namespace and name, and there is none of that name. Whoever may make
  ServiceAccounts or start pods in the namespace takes the role by making it. Judged are AWS roles that trust the token
  issuer of a cluster which was collected, with a subject that is named in full (`StringEquals`, or `StringLike` without
  wildcards). Where the ServiceAccounts of that cluster were not all read, the answer is unknown; clusters that were not
  collected, and subjects with wildcards, are left out. A ServiceAccount that a controller makes only while it works
  looks the same.
remedy:
  - Find out what the role was for, and when it was last used.
  - Remove the trust, or the role with it.
  - If the workload is to come back, make its ServiceAccount first.
examples:
  - name: the ServiceAccount is gone
    given:
      scopes: [{ uid: 'k8s:c', system: kubernetes, kind: cluster, tags: { oidc-issuer: 'https://oidc.example/id/1' } }]
      identities: [{ uid: 'arn:aws:iam::111111111111:role/app' }]
      trusts:
        - uid: t
          identity_uid: 'arn:aws:iam::111111111111:role/app'
          trusted: 'arn:aws:iam::111111111111:oidc-provider/oidc.example/id/1'
          trusted_kind: federation-provider
          mechanism: sts:AssumeRoleWithWebIdentity
          condition: { StringEquals: { 'oidc.example/id/1:sub': 'system:serviceaccount:shop:web' } }
    expect: [{ identity_uid: 'arn:aws:iam::111111111111:role/app', subject_uid: t, status: fail }]
  - name: the ServiceAccount is there
    given:
      scopes: [{ uid: 'k8s:c', system: kubernetes, kind: cluster, tags: { oidc-issuer: 'https://oidc.example/id/1' } }]
      identities:
        - { uid: 'arn:aws:iam::111111111111:role/app' }
        - { uid: 'k8s:c:serviceaccount:shop/web', kind: service-account }
      trusts:
        - uid: t
          identity_uid: 'arn:aws:iam::111111111111:role/app'
          trusted: 'arn:aws:iam::111111111111:oidc-provider/oidc.example/id/1'
          trusted_kind: federation-provider
          mechanism: sts:AssumeRoleWithWebIdentity
          condition: { StringEquals: { 'oidc.example/id/1:sub': 'system:serviceaccount:shop:web' } }
    expect: [{ identity_uid: 'arn:aws:iam::111111111111:role/app', subject_uid: t, status: pass }]
---*/
WITH clusters AS (
  SELECT uid AS cluster, regexp_replace((tags ->> '$."oidc-issuer"'), '^https://', '') AS issuer
  FROM scopes WHERE system = 'kubernetes' AND kind = 'cluster' AND (tags ->> '$."oidc-issuer"') IS NOT NULL
),
-- A cluster whose ServiceAccounts were read whole; a source that nobody tried takes nothing from another.
whole AS (
  SELECT scope_uid FROM coverage
  WHERE feed = 'identities'
  GROUP BY scope_uid HAVING bool_or(status = 'complete') AND bool_and(status IN ('complete', 'skipped'))
),
federated AS (
  SELECT t.uid, t.identity_uid, t.system, t.scope_uid, t.condition,
    regexp_extract(t.trusted, ':oidc-provider/(.*)$', 1) AS issuer
  FROM trusts t JOIN identities i ON i.uid = t.identity_uid
  WHERE t.system = 'aws' AND t.trusted_kind = 'federation-provider' AND t.certainty <> 'claimed'
    AND i.managed_by = 'customer'
),
conditions AS (
  SELECT f.uid, f.identity_uid, f.system, f.scope_uid, c.cluster, c.issuer,
    CASE json_type(claim.value) WHEN 'ARRAY' THEN claim.value ->> '$[*]' ELSE [claim.value ->> '$'] END AS subjects
  FROM federated f JOIN clusters c USING (issuer), json_each(f.condition) operator, json_each(operator.value) claim
  WHERE lower(claim.key) = lower(c.issuer || ':sub')
    AND regexp_matches(lower(operator.key), '^(foranyvalue:)?(stringequals|stringlike)$')
),
named AS (
  SELECT * EXCLUDE (subjects), unnest(subjects) AS subject FROM conditions
),
accounts AS (
  SELECT *,
    cluster || ':serviceaccount:' || regexp_extract(subject, '^system:serviceaccount:([^:*?]+):([^:*?]+)$', 1)
      || '/' || regexp_extract(subject, '^system:serviceaccount:([^:*?]+):([^:*?]+)$', 2) AS account
  FROM named WHERE regexp_matches(subject, '^system:serviceaccount:[^:*?]+:[^:*?]+$')
)
SELECT a.identity_uid, a.uid AS subject_uid, any_value(a.system) AS system, any_value(a.scope_uid) AS scope_uid,
  CASE
    WHEN NOT bool_or(k.uid IS NULL) THEN 'pass'
    WHEN bool_or(k.uid IS NULL AND whole.scope_uid IS NOT NULL) THEN 'fail'
    ELSE 'unknown'
  END AS status,
  {
    clusters: list_sort(list(DISTINCT a.cluster))[:10],
    issuer: any_value(a.issuer),
    missing: list_sort(list(DISTINCT a.subject) FILTER (k.uid IS NULL))[:10]
  } AS evidence
FROM accounts a
LEFT JOIN identities k ON k.uid = a.account
LEFT JOIN whole ON whole.scope_uid = a.cluster
GROUP BY a.identity_uid, a.uid
