/*---
id: claimed-identity-does-not-trust
title: ServiceAccount claims a cloud identity that does not trust it
category: trust
severity: low
systems: [kubernetes]
needs: [identities, trusts]
subjects: [identities, trusts]
identify_by: [identity_uid, subject_uid]
playbook: tighten-trust
about: >-
  An annotation of a ServiceAccount names a role or service account of a cloud that its workloads are to become, and the
  cloud's side does not let them: the workload fails, or gets its access in another way, such as by a key or from the node.
  Where the cloud identity does not exist, whoever makes one of that name may let the workload in by surprise. Judged are
  the annotations of EKS, GKE and Azure workload identity. Where the cloud's side was not collected whole, or the token
  issuer of the cluster is not on record, the answer is unknown. A condition that lets the account in at times is trust.
remedy:
  - Find out whether the workload still needs the cloud identity, and how it gets its access now.
  - Let the cloud identity trust this one ServiceAccount by namespace and name, or remove the annotation.
examples:
  - name: the role trusts nobody of the cluster
    given:
      scopes: [{ uid: 'k8s:c', system: kubernetes, kind: cluster, tags: { oidc-issuer: 'https://oidc.example/id/1' } }]
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
    expect: [{ identity_uid: 'k8s:c:serviceaccount:shop/web', subject_uid: claim, status: fail }]
  - name: the role trusts it
    given:
      scopes: [{ uid: 'k8s:c', system: kubernetes, kind: cluster, tags: { oidc-issuer: 'https://oidc.example/id/1' } }]
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
    expect: [{ identity_uid: 'k8s:c:serviceaccount:shop/web', subject_uid: claim, status: pass }]
---*/
WITH claims AS (
  SELECT t.uid, t.trusted AS account, t.identity_uid AS claimed, t.mechanism, t.scope_uid,
    (s.tags ->> '$."oidc-issuer"') IS NOT NULL AS issuer_known
  FROM trusts t
  JOIN identities i ON i.uid = t.trusted
  LEFT JOIN scopes s ON s.uid = i.scope_uid
  WHERE t.system = 'kubernetes' AND t.certainty = 'claimed' AND i.managed_by = 'customer'
),
-- A claim of Azure names an application by its client id, and an identity has that in its own words.
clouds AS (
  SELECT c.uid, c.claimed, i.uid AS identity_uid, i.scope_uid
  FROM claims c JOIN identities i ON i.uid = c.claimed
  UNION
  SELECT c.uid, c.claimed, i.uid, i.scope_uid
  FROM claims c JOIN identities i ON i.system = 'azure'
    AND lower(coalesce(i.raw ->> '$.appId', i.raw ->> '$.clientId')) = regexp_extract(c.claimed, ':client:(.+)$', 1)
  WHERE c.mechanism = 'azure-workload-identity'
),
-- The cloud's side was read whole: whom its identities trust, which on Google Cloud is written in grants.
whole AS (
  SELECT scope_uid, feed FROM coverage
  WHERE feed IN ('identities', 'trusts', 'grants')
  GROUP BY scope_uid, feed HAVING bool_or(status = 'complete') AND bool_and(status IN ('complete', 'skipped'))
),
homes AS (
  SELECT c.uid, coalesce(any_value(k.scope_uid),
      CASE WHEN c.mechanism = 'irsa' THEN 'aws:' || regexp_extract(c.claimed, '[0-9]{12}') END) AS home,
    bool_or(k.identity_uid IS NOT NULL) AS is_there
  FROM claims c LEFT JOIN clouds k USING (uid)
  GROUP BY c.uid, c.mechanism, c.claimed
),
let_in AS (
  SELECT DISTINCT c.uid
  FROM claims c
  JOIN clouds k USING (uid)
  JOIN edges first ON first.from_uid = c.account
  LEFT JOIN edges second ON second.from_uid = first.to_uid
  WHERE first.to_uid = k.identity_uid OR second.to_uid = k.identity_uid
),
judged AS (
  SELECT c.*, h.home, h.is_there, c.uid IN (SELECT uid FROM let_in) AS lets_in,
    EXISTS (FROM whole w WHERE w.scope_uid = h.home
      AND w.feed = CASE WHEN NOT h.is_there THEN 'identities' WHEN c.mechanism = 'gke-workload-identity' THEN 'grants' ELSE 'trusts' END
    ) AS is_whole
  FROM claims c JOIN homes h USING (uid)
)
SELECT account AS identity_uid, uid AS subject_uid, 'kubernetes' AS system, scope_uid,
  CASE
    WHEN lets_in THEN 'pass'
    WHEN NOT is_whole THEN 'unknown'
    WHEN is_there AND NOT issuer_known AND mechanism <> 'gke-workload-identity' THEN 'unknown'
    ELSE 'fail'
  END AS status,
  { claimed: claimed, mechanism: mechanism, claimed_identity_exists: CASE WHEN is_there THEN true WHEN is_whole THEN false END,
    cloud_scope: home, cloud_side_read_whole: is_whole, cluster_issuer_known: issuer_known } AS evidence
FROM judged
