/*---
id: ci-trust-without-subject-condition
title: Pipelines of others can become the identity
category: trust
severity: high
systems: [aws]
needs: [trusts]
subjects: [trusts]
params:
  issuers:
    default:
      - token.actions.githubusercontent.com
      - gitlab.com
      - api.bitbucket.org
      - oidc.circleci.com
      - app.terraform.io
      - agent.buildkite.com
      - vstoken.dev.azure.com
      - oidc.codefresh.io
    about: Hosts (and paths) of token issuers that are pipelines. Add your own, such as a GitLab of your own.
  allow_whole_organisation:
    default: true
    about: Whether a subject that names only the organisation (`repo:acme/*`) is narrow enough.
identify_by: [identity_uid, subject_uid]
playbook: tighten-trust
about: >-
  A pipeline service signs tokens for all its customers. What tells this organisation's pipelines from all others is the
  subject claim (`sub`), so a trust without a condition on it, or with one whose wildcard begins before the organisation
  is named in full (`repo:*`, `repo:acme*`), lets strangers in. An audience alone says only for whom the token was made,
  and the caller chooses it. A condition that also holds where the claim is absent (`ForAllValues:`, `…IfExists`) or that
  excludes instead of naming does not count; conditions on the repository, its owner, the project or the enterprise do.
  Where the issuer belongs to one organisation (Bitbucket, CircleCI, Azure DevOps) strangers stay out, and every pipeline
  of it gets in: that fails too. A Deny statement in the same policy makes the answer unknown. The rule cannot see who may
  push to a branch that is let in, and it judges AWS trusts.
remedy:
  - Find out which repositories and branches or environments use the role.
  - Name them in a `StringEquals` (or a `StringLike` that ends in the only wildcard) on the subject claim.
  - Give deployment to production an environment of its own, protected on the pipeline's side.
examples:
  - name: an audience and nothing else
    given:
      identities: [{ uid: 'arn:aws:iam::111111111111:role/ci' }]
      trusts:
        - uid: t
          identity_uid: 'arn:aws:iam::111111111111:role/ci'
          trusted: 'arn:aws:iam::111111111111:oidc-provider/token.actions.githubusercontent.com'
          trusted_kind: federation-provider
          mechanism: sts:AssumeRoleWithWebIdentity
          condition: { StringEquals: { 'token.actions.githubusercontent.com:aud': sts.amazonaws.com } }
    expect: [{ identity_uid: 'arn:aws:iam::111111111111:role/ci', subject_uid: t, status: fail }]
  - name: one repository
    given:
      identities: [{ uid: 'arn:aws:iam::111111111111:role/ci' }]
      trusts:
        - uid: t
          identity_uid: 'arn:aws:iam::111111111111:role/ci'
          trusted: 'arn:aws:iam::111111111111:oidc-provider/token.actions.githubusercontent.com'
          trusted_kind: federation-provider
          mechanism: sts:AssumeRoleWithWebIdentity
          condition: { StringLike: { 'token.actions.githubusercontent.com:sub': 'repo:acme/shop:*' } }
    expect: [{ identity_uid: 'arn:aws:iam::111111111111:role/ci', subject_uid: t, status: pass }]
  - name: every repository of one organisation, where that is too much
    params: { allow_whole_organisation: false }
    given:
      identities: [{ uid: 'arn:aws:iam::111111111111:role/ci' }]
      trusts:
        - uid: t
          identity_uid: 'arn:aws:iam::111111111111:role/ci'
          trusted: 'arn:aws:iam::111111111111:oidc-provider/token.actions.githubusercontent.com'
          trusted_kind: federation-provider
          mechanism: sts:AssumeRoleWithWebIdentity
          condition: { StringLike: { 'token.actions.githubusercontent.com:sub': 'repo:acme/*' } }
    expect: [{ identity_uid: 'arn:aws:iam::111111111111:role/ci', subject_uid: t, status: fail }]
---*/
WITH federated AS (
  SELECT t.uid, t.identity_uid, t.system, t.scope_uid, t.condition,
    lower(regexp_replace(t.trusted, '^(.*oidc-provider/|https://)', '')) AS issuer
  FROM trusts t JOIN identities i ON i.uid = t.identity_uid
  WHERE t.system = 'aws' AND t.trusted_kind IN ('federation-provider', 'federated-subject')
    AND t.certainty <> 'claimed' AND i.managed_by = 'customer'
    -- The action may be written with wildcards.
    AND 'sts:assumerolewithwebidentity' GLOB lower(t.mechanism)
),
pipelines AS (
  SELECT *, regexp_matches(issuer, '^(api\.bitbucket\.org|oidc\.circleci\.com|vstoken\.dev\.azure\.com)/') AS own_issuer
  FROM federated
  WHERE list_bool_or(list_transform($issuers, lambda each: issuer = lower(each) OR starts_with(issuer, lower(each) || '/')))
),
conditions AS (
  SELECT p.uid, p.own_issuer, replace(lower(claim.key), p.issuer || ':', '') AS claim,
    lower(operator.key) LIKE '%stringlike' AS wildcards,
    CASE json_type(claim.value) WHEN 'ARRAY' THEN claim.value ->> '$[*]' ELSE [claim.value ->> '$'] END AS allowed
  FROM pipelines p, json_each(p.condition) operator, json_each(operator.value) claim
  WHERE starts_with(lower(claim.key), p.issuer || ':')
    -- https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
    AND regexp_matches(lower(operator.key), '^(foranyvalue:)?(stringequals|stringequalsignorecase|stringlike)$')
),
-- What stands before the first wildcard is all that is sure of a value.
subjects AS (
  SELECT uid, own_issuer, claim, value, wildcards, wildcards AND regexp_matches(value, '[*?]') AS open,
    CASE WHEN wildcards THEN regexp_extract(value, '^[^*?]*') ELSE value END AS fixed
  FROM (SELECT uid, own_issuer, claim, wildcards, unnest(allowed) AS value FROM conditions)
  -- https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif: claims
  -- that name whose pipeline it is. Others (actor, ref, environment, job_workflow_ref) anyone's pipeline can bear.
  WHERE claim IN ('sub', 'repository', 'repository_id', 'repository_owner', 'repository_owner_id', 'enterprise_id', 'project_id')
),
-- 0: strangers, 1: the whole organisation, 2: less than that. Subjects begin `kind:organisation/` or `kind:organisation:`
-- (repo:acme/, project_path:acme/, organization:acme:, org/<id>/).
reaches AS (
  SELECT uid, claim, wildcards, value,
    CASE
      WHEN claim IN ('repository_owner', 'repository_owner_id', 'enterprise_id') THEN CASE WHEN open THEN 0 ELSE 1 END
      WHEN NOT open THEN 2
      WHEN claim = 'sub' AND own_issuer THEN CASE WHEN fixed = '' THEN 0 ELSE 2 END
      WHEN claim = 'sub' AND regexp_matches(fixed, '^[^:/]+[:/]+[^:/]+[:/]$') THEN 1
      WHEN claim = 'sub' AND regexp_matches(fixed, '^[^:/]+[:/]+[^:/]+[:/]') THEN 2
      WHEN claim = 'repository' AND regexp_matches(fixed, '^[^/]+/$') THEN 1
      WHEN claim = 'repository' AND regexp_matches(fixed, '^[^/]+/') THEN 2
      ELSE 0
    END AS reach
  FROM subjects
),
-- The values of one condition are alternatives; several conditions must hold together.
narrowest AS (
  SELECT uid, max(reach) AS reach, list_sort(flatten(list(allowed))) AS allowed
  FROM (SELECT uid, claim, min(reach) AS reach, list(claim || '=' || value) AS allowed FROM reaches GROUP BY uid, claim, wildcards)
  GROUP BY uid
),
denied AS (
  SELECT DISTINCT resource_uid FROM resource_policies
  WHERE kind = 'trust' AND (
    document ->> '$.Statement.Effect' = 'Deny' OR list_contains(document ->> '$.Statement[*].Effect', 'Deny'))
)
SELECT identity_uid, uid AS subject_uid, system, scope_uid,
  CASE
    WHEN reach = 2 OR (reach = 1 AND $allow_whole_organisation) THEN 'pass'
    WHEN identity_uid IN (SELECT resource_uid FROM denied) THEN 'unknown'
    ELSE 'fail'
  END AS status,
  {
    issuer: issuer,
    lets_in: CASE WHEN reach = 1 OR own_issuer THEN 'every pipeline of one organisation' ELSE 'pipelines of strangers' END,
    allowed: allowed,
    condition: condition,
    deny_in_same_policy: identity_uid IN (SELECT resource_uid FROM denied)
  } AS evidence
FROM pipelines LEFT JOIN narrowest USING (uid)
