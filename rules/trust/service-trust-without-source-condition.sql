/*---
id: service-trust-without-source-condition
title: Service can use the role for whichever account asks it to
category: trust
severity: low
systems: [aws]
needs: [trusts]
subjects: [trusts]
params:
  other_services:
    default: [ec2.amazonaws.com, lambda.amazonaws.com]
    about: Services that are left out, because they take a role only from callers of its own account who may pass it.
identify_by: [identity_uid, subject_uid]
playbook: tighten-trust
about: >-
  A service of AWS acts for all its customers under one name. Unless the trust says for which account, organisation or
  resource (`aws:SourceAccount`, `aws:SourceArn`, `aws:SourceOrgID`, `aws:SourceOrgPaths`), another customer may bring the
  service to use the role: the confused deputy. A condition that also holds where the key is absent (`…IfExists`,
  `ForAllValues:`), that excludes instead of naming, or that any account meets does not count. A Deny statement in the same
  policy makes the answer unknown. Not every service hands these keys over, and many check `iam:PassRole` first, so the
  rule finds a missing second lock more often than an open door; look the service up before you change the trust.
remedy:
  - Look up in the documentation of the service which source keys it sends.
  - Add a condition on `aws:SourceAccount`, and on `aws:SourceArn` where the resource is known.
  - Where the service sends none, add it to `other_services`, or waive the finding.
examples:
  - name: a service without a source
    given:
      identities: [{ uid: 'arn:aws:iam::111111111111:role/logs' }]
      trusts:
        - uid: t
          identity_uid: 'arn:aws:iam::111111111111:role/logs'
          trusted: cloudtrail.amazonaws.com
          trusted_kind: service
    expect: [{ identity_uid: 'arn:aws:iam::111111111111:role/logs', subject_uid: t, status: fail }]
  - name: a service for one account
    given:
      identities: [{ uid: 'arn:aws:iam::111111111111:role/logs' }]
      trusts:
        - uid: t
          identity_uid: 'arn:aws:iam::111111111111:role/logs'
          trusted: cloudtrail.amazonaws.com
          trusted_kind: service
          condition: { StringEquals: { 'aws:SourceAccount': '111111111111' } }
    expect: [{ identity_uid: 'arn:aws:iam::111111111111:role/logs', subject_uid: t, status: pass }]
---*/
WITH services AS (
  SELECT t.uid, t.identity_uid, t.system, t.scope_uid, t.trusted, t.mechanism, t.condition
  FROM trusts t JOIN identities i ON i.uid = t.identity_uid
  WHERE t.system = 'aws' AND t.trusted_kind = 'service' AND t.certainty <> 'claimed' AND i.managed_by = 'customer'
    -- The action may be written with wildcards.
    AND 'sts:assumerole' GLOB lower(t.mechanism)
    AND NOT list_contains(list_transform($other_services, lambda each: lower(each)), lower(t.trusted))
),
-- https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html#cross-service-confused-deputy-prevention
narrowed AS (
  SELECT DISTINCT services.uid
  FROM services, json_each(services.condition) operator, json_each(operator.value) claim
  WHERE lower(claim.key) IN ('aws:sourceaccount', 'aws:sourcearn', 'aws:sourceorgid', 'aws:sourceorgpaths')
    AND regexp_matches(lower(operator.key), '^(foranyvalue:)?(string(equals|equalsignorecase|like)|arn(equals|like))$')
    -- What any account meets is no source: nothing but wildcards, or an ARN with none where the account stands.
    AND list_bool_and(list_transform(
      CASE json_type(claim.value) WHEN 'ARRAY' THEN claim.value ->> '$[*]' ELSE [claim.value ->> '$'] END,
      lambda value: CASE lower(claim.key)
        WHEN 'aws:sourcearn' THEN regexp_matches(value, '^arn:[^:]*:[^:]*:[^:]*:[0-9]{12}:')
          OR regexp_matches(value, '^arn:[^:*?]*:s3:::[^*?]')
        WHEN 'aws:sourceaccount' THEN regexp_matches(value, '^[0-9]{12}$')
        ELSE regexp_matches(value, '^o-[a-z0-9]{10,}')
      END))
),
denied AS (
  SELECT DISTINCT resource_uid FROM resource_policies
  WHERE kind = 'trust' AND (
    document ->> '$.Statement.Effect' = 'Deny' OR list_contains(document ->> '$.Statement[*].Effect', 'Deny'))
)
SELECT identity_uid, uid AS subject_uid, system, scope_uid,
  CASE
    WHEN uid IN (SELECT uid FROM narrowed) THEN 'pass'
    WHEN identity_uid IN (SELECT resource_uid FROM denied) THEN 'unknown'
    ELSE 'fail'
  END AS status,
  { service: trusted, mechanism: mechanism, condition: condition,
    deny_in_same_policy: identity_uid IN (SELECT resource_uid FROM denied) } AS evidence
FROM services
