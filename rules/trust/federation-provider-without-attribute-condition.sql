/*---
id: federation-provider-without-attribute-condition
title: Federation provider accepts every token of an issuer that serves others too
category: trust
severity: high
systems: [gcp]
needs: [trusts]
subjects: [trusts]
params:
  own_issuers:
    default:
      - https://container.googleapis.com/v1/projects/
      - https://oidc.eks.
      - https://oidc.prod-aks.azure.com/
      - https://sts.windows.net/
    about: Beginnings of issuers that sign for one customer alone. Add your own identity providers.
identify_by: [identity_uid, subject_uid]
playbook: tighten-trust
about: >-
  A provider of a workload identity pool that has no attribute condition lets every subject of its issuer into the pool.
  Where the issuer serves many customers (GitHub, GitLab, Terraform Cloud), strangers are among them, and only the bindings
  of service accounts stand between them and access. A condition that is always true counts as none. An issuer that signs
  for one customer alone passes; an issuer that is not on record makes the answer unknown. The rule cannot judge what a
  condition lets through, nor the bindings behind the pool.
remedy:
  - Find out whose tokens the pool is for, by organisation, repository or tenant.
  - Set an attribute condition that names them, such as `assertion.repository_owner_id == '4711'`.
  - Bind service accounts to the single subjects or attributes that need them, never to the whole pool.
examples:
  - name: GitHub without a condition
    given:
      trusts:
        - uid: p
          system: gcp
          scope_uid: 'gcp:projects/1'
          identity_uid: pool
          trusted: https://token.actions.githubusercontent.com
          trusted_kind: federation-provider
          mechanism: workload-identity-provider
    expect: [{ identity_uid: pool, subject_uid: p, status: fail }]
  - name: GitHub with one
    given:
      trusts:
        - uid: p
          system: gcp
          scope_uid: 'gcp:projects/1'
          identity_uid: pool
          trusted: https://token.actions.githubusercontent.com
          trusted_kind: federation-provider
          mechanism: workload-identity-provider
          condition: { attributeCondition: "assertion.repository_owner == 'acme'" }
    expect: [{ identity_uid: pool, subject_uid: p, status: pass }]
---*/
WITH providers AS (
  SELECT t.uid, t.identity_uid, t.system, t.scope_uid, t.trusted, t.mechanism,
    nullif(trim(coalesce(
      t.condition ->> '$.attributeCondition',
      t.condition ->> '$.expression',
      CASE json_type(t.condition) WHEN 'VARCHAR' THEN t.condition ->> '$' END)), '') AS expression,
    -- A condition in a form that is not read.
    json_type(t.condition) NOT IN ('NULL', 'OBJECT', 'VARCHAR') AS odd,
    coalesce(t.raw ->> '$.oidc.issuerUri', t.raw ->> '$.issuerUri',
      CASE WHEN starts_with(t.trusted, 'https://') THEN t.trusted END) AS issuer
  FROM trusts t LEFT JOIN identities i ON i.uid = t.identity_uid
  WHERE t.system = 'gcp' AND t.trusted_kind = 'federation-provider' AND t.certainty <> 'claimed'
    AND coalesce(i.managed_by, 'customer') = 'customer'
)
SELECT identity_uid, uid AS subject_uid, system, scope_uid,
  CASE
    WHEN lower(expression) <> 'true' THEN 'pass'
    WHEN coalesce(odd, false) THEN 'unknown'
    WHEN issuer IS NULL THEN 'unknown'
    WHEN list_bool_or(list_transform($own_issuers, lambda each: starts_with(lower(issuer), lower(each)))) THEN 'pass'
    ELSE 'fail'
  END AS status,
  { provider: trusted, issuer: issuer, attribute_condition: expression, mechanism: mechanism } AS evidence
FROM providers
