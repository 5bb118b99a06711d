/*---
id: external-account-without-external-id
title: Account outside the organisation can become the identity without an external id
category: trust
severity: high
systems: [aws]
needs: [trusts]
subjects: [trusts]
params:
  own_accounts: { default: [], about: Account ids of your own that the snapshot does not show to be yours. }
identify_by: [identity_uid, subject_uid]
playbook: tighten-trust
about: >-
  A service provider that works for many customers acts with one identity for all of them. Unless the role demands the
  external id that the provider gave to this customer, another customer can make the provider act on this role: the
  confused deputy. The condition must hold an id of its own (`StringEquals` or a `StringLike` that is more than
  wildcards); one that also holds where no id is given (`…IfExists`, `ForAllValues:`) does not count. Where it is not
  known whether an account is outside, or it is trusted by a role that AWS Organizations or Control Tower made for the
  management account, the answer is unknown: list your own under `own_accounts`. The rule cannot see
  whether the other side is a service provider at all, nor whether it keeps the ids of its customers apart.
remedy:
  - Ask whether the account is still needed; if not, remove the trust.
  - Have the other side make an external id for you, and demand it with a `StringEquals` on `sts:ExternalId`.
  - Trust the one role of the other account that needs it instead of the whole account.
examples:
  - name: a foreign account without an external id
    given:
      identities: [{ uid: 'arn:aws:iam::111111111111:role/vendor' }]
      trusts:
        - uid: t
          identity_uid: 'arn:aws:iam::111111111111:role/vendor'
          trusted: 'aws:999999999999'
          external: true
    expect: [{ identity_uid: 'arn:aws:iam::111111111111:role/vendor', subject_uid: t, status: fail }]
  - name: a foreign account with an external id
    given:
      identities: [{ uid: 'arn:aws:iam::111111111111:role/vendor' }]
      trusts:
        - uid: t
          identity_uid: 'arn:aws:iam::111111111111:role/vendor'
          trusted: 'aws:999999999999'
          external: true
          condition: { StringEquals: { 'sts:ExternalId': customer-4711 } }
    expect: [{ identity_uid: 'arn:aws:iam::111111111111:role/vendor', subject_uid: t, status: pass }]
---*/
WITH external AS (
  SELECT t.uid, t.identity_uid, t.system, t.scope_uid, t.trusted, t.trusted_kind, t.mechanism, t.condition, t.external,
    regexp_extract(t.trusted, '[0-9]{12}') AS account
  FROM trusts t JOIN identities i ON i.uid = t.identity_uid
  WHERE t.system = 'aws' AND t.trusted_kind IN ('account', 'identity') AND t.external IS DISTINCT FROM false
    AND t.certainty <> 'claimed' AND i.managed_by = 'customer'
    -- The action may be written with wildcards.
    AND 'sts:assumerole' GLOB lower(t.mechanism)
),
-- Roles by which the management account of an organisation enters its members:
-- https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_accounts_access.html
management AS (
  SELECT DISTINCT account FROM external
  WHERE regexp_matches(identity_uid, ':role/(OrganizationAccountAccessRole|AWSControlTowerExecution)$')
),
demanding AS (
  SELECT DISTINCT external.uid
  FROM external, json_each(external.condition) operator, json_each(operator.value) claim
  WHERE lower(claim.key) = 'sts:externalid'
    AND regexp_matches(lower(operator.key), '^(foranyvalue:)?(stringequals|stringequalsignorecase|stringlike)$')
    AND list_bool_and(list_transform(
      CASE json_type(claim.value) WHEN 'ARRAY' THEN claim.value ->> '$[*]' ELSE [claim.value ->> '$'] END,
      lambda value: regexp_matches(value, '[^*?]')))
)
SELECT identity_uid, uid AS subject_uid, system, scope_uid,
  CASE
    WHEN list_contains($own_accounts, account) OR uid IN (SELECT uid FROM demanding) THEN 'pass'
    WHEN external AND account NOT IN (SELECT account FROM management) THEN 'fail'
    ELSE 'unknown'
  END AS status,
  { trusted: trusted, account: account, mechanism: mechanism, condition: condition, external: external,
    presumed_management_account: account IN (SELECT account FROM management) } AS evidence
FROM external
