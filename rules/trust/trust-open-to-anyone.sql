/*---
id: trust-open-to-anyone
title: Anyone can become the identity
category: trust
severity: critical
needs: [trusts]
subjects: [trusts]
identify_by: [identity_uid, subject_uid]
playbook: tighten-trust
about: >-
  The trust names everyone (`*`), and no condition says which organisation, account, resource or network the caller must
  come from. A condition counts only where it holds for strangers too: one that the caller can meet by choice (an external
  id, a session or tag name, a user name) does not, nor one that also holds where the key is absent (`…IfExists`,
  `ForAllValues:`), nor one that excludes instead of naming (`StringNotEquals`). A condition that the rule does not know,
  and a Deny statement in the same policy, make the answer unknown. Conditions of other systems than AWS are not understood.
  The rule does not see organisation policies that narrow the trust from outside. Provider-managed identities are left out.
remedy:
  - Find out who really becomes this identity, from the log of its use.
  - Name them as principals, or add a condition on the organisation (`aws:PrincipalOrgID`) or the calling resource.
  - Look through the log for strangers who did.
examples:
  - name: everyone, without a condition
    given:
      identities: [{ uid: 'arn:aws:iam::111111111111:role/open' }]
      trusts: [{ uid: t, identity_uid: 'arn:aws:iam::111111111111:role/open', trusted: '*', trusted_kind: everyone }]
    expect: [{ identity_uid: 'arn:aws:iam::111111111111:role/open', subject_uid: t, status: fail }]
  - name: everyone of one organisation
    given:
      identities: [{ uid: 'arn:aws:iam::111111111111:role/shared' }]
      trusts:
        - uid: t
          identity_uid: 'arn:aws:iam::111111111111:role/shared'
          trusted: '*'
          trusted_kind: everyone
          condition: { StringEquals: { 'aws:PrincipalOrgID': o-a1b2c3d4e5 } }
    expect: [{ identity_uid: 'arn:aws:iam::111111111111:role/shared', subject_uid: t, status: pass }]
  - name: a condition that holds without its key
    given:
      identities: [{ uid: 'arn:aws:iam::111111111111:role/open' }]
      trusts:
        - uid: t
          identity_uid: 'arn:aws:iam::111111111111:role/open'
          trusted: '*'
          trusted_kind: everyone
          condition: { StringEqualsIfExists: { 'aws:PrincipalOrgID': o-a1b2c3d4e5 } }
    expect: [{ identity_uid: 'arn:aws:iam::111111111111:role/open', subject_uid: t, status: fail }]
---*/
WITH open AS (
  SELECT t.uid, t.identity_uid, t.system, t.scope_uid, t.mechanism, t.trusted, t.condition
  FROM trusts t JOIN identities i ON i.uid = t.identity_uid
  WHERE t.trusted_kind = 'everyone' AND t.certainty <> 'claimed' AND i.managed_by = 'customer'
    -- These let somebody add to a session, not begin one.
    AND lower(t.mechanism) NOT IN ('sts:tagsession', 'sts:setsourceidentity', 'sts:setcontext')
),
conditions AS (
  SELECT open.uid, lower(operator.key) AS operator, lower(claim.key) AS claim,
    CASE json_type(claim.value) WHEN 'ARRAY' THEN claim.value ->> '$[*]' ELSE [claim.value ->> '$'] END AS allowed
  FROM open, json_each(open.condition) operator, json_each(operator.value) claim
  WHERE open.system = 'aws'
),
-- https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html: keys that a caller cannot
-- choose, with what a value must look like to name somebody. In AWS's own terms of "not public":
-- https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
narrowing(claim, value) AS (
  VALUES
    ('aws:principalorgid', '^o-[a-z0-9]{10,32}$'),
    ('aws:principalorgpaths', '^o-[a-z0-9]{10,32}/'),
    ('aws:principalaccount', '^[0-9]{12}$'),
    ('aws:principalarn', '^arn:[^:*?]+:(iam|sts)::[0-9]{12}:'),
    ('aws:sourceorgid', '^o-[a-z0-9]{10,32}$'),
    ('aws:sourceorgpaths', '^o-[a-z0-9]{10,32}/'),
    ('aws:sourceaccount', '^[0-9]{12}$'),
    ('aws:sourcearn', '^arn:[^:*?]+:[^:*?]+:[^:]*:([0-9]{12}:|:[^*?])'),
    ('aws:sourcevpc', '^vpc-[0-9a-f]+$'),
    ('aws:sourcevpce', '^vpce-[0-9a-f]+$'),
    ('aws:sourceip', '^[0-9a-fA-F.:]+(/([89]|[1-9][0-9]+))?$'),
    ('aws:userid', '^((AROA|AIDA)[A-Z0-9]{8,}|[0-9]{12})')
),
narrowed AS (
  SELECT DISTINCT conditions.uid
  FROM conditions JOIN narrowing USING (claim)
  WHERE regexp_matches(operator, '^(foranyvalue:)?(stringequals|stringequalsignorecase|stringlike|arnequals|arnlike|ipaddress)$')
    AND list_bool_and(list_transform(allowed, lambda value: regexp_matches(value, narrowing.value)))
),
-- What any caller can meet by choice, or says how and when instead of who.
chosen AS (
  SELECT uid, bool_and(
    claim IN (SELECT claim FROM narrowing)
    OR claim IN ('sts:externalid', 'sts:rolesessionname', 'sts:sourceidentity', 'sts:transitivetagkeys', 'aws:username',
      'aws:tagkeys', 'aws:principaltype', 'aws:currenttime', 'aws:epochtime', 'aws:tokenissuetime', 'aws:useragent',
      'aws:referer', 'aws:requestedregion', 'aws:securetransport', 'aws:multifactorauthpresent', 'aws:multifactorauthage')
    OR claim LIKE 'aws:principaltag/%' OR claim LIKE 'aws:requesttag/%'
  ) AS every_condition
  FROM conditions GROUP BY uid
),
denied AS (
  SELECT DISTINCT resource_uid FROM resource_policies
  WHERE kind = 'trust' AND (
    document ->> '$.Statement.Effect' = 'Deny' OR list_contains(document ->> '$.Statement[*].Effect', 'Deny'))
)
SELECT identity_uid, uid AS subject_uid, system, scope_uid,
  CASE
    WHEN uid IN (SELECT uid FROM narrowed) THEN 'pass'
    WHEN system <> 'aws' AND condition IS NOT NULL THEN 'unknown'
    WHEN identity_uid IN (SELECT resource_uid FROM denied) THEN 'unknown'
    WHEN NOT coalesce(chosen.every_condition, true) THEN 'unknown'
    ELSE 'fail'
  END AS status,
  {
    trusted: trusted,
    mechanism: mechanism,
    condition: condition,
    deny_in_same_policy: identity_uid IN (SELECT resource_uid FROM denied)
  } AS evidence
FROM open LEFT JOIN chosen USING (uid)
