/*---
id: trusted-service-account-does-not-claim
title: Cloud identity trusts a ServiceAccount that does not claim it
category: trust
severity: low
systems: [aws, azure, gcp]
needs: [trusts]
subjects: [trusts]
identify_by: [identity_uid, subject_uid]
playbook: tighten-trust
about: >-
  A cloud identity lets a ServiceAccount in by name, and the ServiceAccount has no annotation that asks for it: the trust
  is most often left over, and whoever runs a pod as the account still gets in by asking for a token. Judged are
  ServiceAccounts that exist and are trusted by their full name, by the token issuer of a cluster that was collected. Where
  the annotations of the cluster were not read whole, the answer is unknown. A workload may name the cloud identity in its
  own settings without an annotation, and EKS Pod Identity needs none: associations are left out.
remedy:
  - Find out from the log of the cloud identity whether the ServiceAccount still uses it.
  - Remove the trust if not, or add the annotation so that both sides say the same.
examples:
  - name: trusted without a claim
    given:
      identities:
        - { uid: 'k8s:c:serviceaccount:shop/web', kind: service-account }
        - { uid: 'arn:aws:iam::111111111111:role/web' }
      edges:
        - from_uid: 'k8s:c:serviceaccount:shop/web'
          to_uid: 'oidc:oidc.example/id/1:system:serviceaccount:shop:web'
        - from_uid: 'oidc:oidc.example/id/1:system:serviceaccount:shop:web'
          to_uid: 'arn:aws:iam::111111111111:role/web'
          evidence: [trust]
    expect:
      - identity_uid: 'arn:aws:iam::111111111111:role/web'
        subject_uid: 'k8s:c:serviceaccount:shop/web'
        status: fail
  - name: trusted and claimed
    given:
      identities:
        - { uid: 'k8s:c:serviceaccount:shop/web', kind: service-account }
        - { uid: 'arn:aws:iam::111111111111:role/web' }
      trusts:
        - uid: claim
          system: kubernetes
          scope_uid: 'k8s:c'
          identity_uid: 'arn:aws:iam::111111111111:role/web'
          trusted: 'k8s:c:serviceaccount:shop/web'
          trusted_kind: identity
          mechanism: irsa
          certainty: claimed
      edges:
        - from_uid: 'k8s:c:serviceaccount:shop/web'
          to_uid: 'oidc:oidc.example/id/1:system:serviceaccount:shop:web'
        - from_uid: 'oidc:oidc.example/id/1:system:serviceaccount:shop:web'
          to_uid: 'arn:aws:iam::111111111111:role/web'
          evidence: [trust]
    expect:
      - identity_uid: 'arn:aws:iam::111111111111:role/web'
        subject_uid: 'k8s:c:serviceaccount:shop/web'
        status: pass
---*/
WITH trusted AS (
  SELECT c.uid AS cloud, c.system, c.scope_uid, c.raw, k.uid AS account, k.scope_uid AS cluster,
    list_sort(list_distinct(flatten(list(second.evidence))))[:10] AS trusted_by
  FROM edges first
  JOIN edges second ON second.from_uid = first.to_uid
  JOIN identities k ON k.uid = first.from_uid
  JOIN identities c ON c.uid = second.to_uid
  WHERE starts_with(first.to_uid, 'oidc:')
    -- By its full name: a wildcard is meant for many.
    AND ends_with(first.to_uid, ':system:serviceaccount:' || replace(regexp_extract(k.uid, ':serviceaccount:(.+)$', 1), '/', ':'))
    AND NOT starts_with(first.to_uid, 'oidc:pods.eks.amazonaws.com:')
    AND k.system = 'kubernetes' AND k.managed_by = 'customer' AND c.managed_by = 'customer'
    AND c.system IN ('aws', 'azure', 'gcp')
  GROUP BY ALL
),
-- Annotations are read with the trusts of a cluster.
whole AS (
  SELECT scope_uid FROM coverage
  WHERE feed = 'trusts'
  GROUP BY scope_uid HAVING bool_or(status = 'complete') AND bool_and(status IN ('complete', 'skipped'))
),
claims AS (
  SELECT DISTINCT trusted AS account, identity_uid AS claimed FROM trusts
  WHERE system = 'kubernetes' AND certainty = 'claimed'
)
SELECT t.cloud AS identity_uid, t.account AS subject_uid, t.system, t.scope_uid,
  CASE
    WHEN EXISTS (FROM claims c WHERE c.account = t.account AND (c.claimed = t.cloud
      OR ends_with(c.claimed, ':client:' || lower(coalesce(t.raw ->> '$.appId', t.raw ->> '$.clientId'))))) THEN 'pass'
    WHEN t.cluster NOT IN (SELECT scope_uid FROM whole) THEN 'unknown'
    ELSE 'fail'
  END AS status,
  {
    trusted_by: t.trusted_by,
    claims_instead: (SELECT list_sort(list(c.claimed)) FROM claims c WHERE c.account = t.account)
  } AS evidence
FROM trusted t
