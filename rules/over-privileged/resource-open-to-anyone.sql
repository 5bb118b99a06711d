/*---
id: resource-open-to-anyone
title: Policy of a resource lets anyone in
category: over-privileged
severity: high
systems: [aws]
needs: [resource-policies]
subjects: [resource-policies]
identify_by: [subject_uid]
playbook: remove-binding
about: >-
  A policy that allows everyone (`*`) gives rights over a bucket, key, queue, function or secret to callers whom nobody made.
  A condition counts only where it names an organisation, account, resource or network that the caller must come from; one
  that the caller can meet by choice, that also holds where the key is absent (`…IfExists`, `ForAllValues:`), or that excludes
  instead of naming does not. A condition that the rule does not know, a Deny statement in the same policy, and a policy that
  was not understood make the answer unknown; so does `NotPrincipal`. Who may become a role is the matter of trust-open-to-anyone.
  The rule does not see what blocks public access from outside the policy, such as a setting of the account.
remedy:
  - See from the access log who really uses the resource.
  - Name them as principals, or add a condition on the organisation (`aws:PrincipalOrgID`) or the calling resource.
  - Look through the log for strangers who did.
examples:
  - name: everyone, without a condition
    given:
      resource_policies:
        - uid: p
          resource_uid: 'arn:aws:sqs:eu-west-1:111111111111:jobs'
          kind: sqs-queue
          document: { Statement: { Effect: Allow, Principal: '*', Action: 'sqs:SendMessage', Resource: '*' } }
    expect: [{ subject_uid: p, status: fail }]
  - name: everyone of one organisation
    given:
      resource_policies:
        - uid: p
          resource_uid: 'arn:aws:sqs:eu-west-1:111111111111:jobs'
          kind: sqs-queue
          document:
            Statement:
              - Effect: Allow
                Principal: { AWS: '*' }
                Action: 'sqs:SendMessage'
                Resource: '*'
                Condition: { StringEquals: { 'aws:PrincipalOrgID': o-a1b2c3d4e5 } }
    expect: [{ subject_uid: p, status: pass }]
---*/
WITH policies AS (
  SELECT uid, system, scope_uid, resource_uid, kind, document,
    CASE json_type(document, '$.Statement') WHEN 'ARRAY' THEN document -> '$.Statement[*]' WHEN 'OBJECT' THEN [document -> '$.Statement'] END AS statements
  FROM resource_policies WHERE system = 'aws' AND kind <> 'trust'
),
said AS (SELECT uid, generate_subscripts(statements, 1) AS number, unnest(statements) AS statement FROM policies),
statements AS (
  SELECT uid, number, statement ->> '$.Effect' AS effect, statement -> '$.Condition' AS condition,
    (statement -> '$.NotPrincipal') IS NOT NULL AS all_but,
    coalesce(statement ->> '$.Principal' = '*', false) OR coalesce(statement ->> '$.Principal.AWS' = '*', false)
      OR coalesce(list_contains(statement ->> '$.Principal.AWS[*]', '*'), false) AS everyone
  FROM said
),
open AS (SELECT * FROM statements WHERE effect = 'Allow' AND (everyone OR all_but)),
conditions AS (
  SELECT open.uid, open.number, lower(operator.key) AS operator, lower(claim.key) AS claim,
    CASE json_type(claim.value) WHEN 'ARRAY' THEN claim.value ->> '$[*]' ELSE [claim.value ->> '$'] END AS allowed
  FROM open, json_each(open.condition) operator, json_each(operator.value) claim
),
-- https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html: what AWS calls "not public".
narrowing(claim, value) AS (
  VALUES
    ('aws:principalorgid', '^o-[a-z0-9]{10,32}$'),
    ('aws:principalorgpaths', '^o-[a-z0-9]{10,32}/'),
    ('aws:principalaccount', '^[0-9]{12}$'),
    ('aws:principalarn', '^arn:[^:*?]+:(iam|sts)::[0-9]{12}:'),
    ('aws:sourceorgid', '^o-[a-z0-9]{10,32}$'),
    ('aws:sourceorgpaths', '^o-[a-z0-9]{10,32}/'),
    ('aws:sourceaccount', '^[0-9]{12}$'),
    ('aws:sourceowner', '^[0-9]{12}$'),
    ('kms:calleraccount', '^[0-9]{12}$'),
    ('s3:dataaccesspointaccount', '^[0-9]{12}$'),
    ('aws:sourcearn', '^arn:[^:*?]+:[^:*?]+:[^:]*:([0-9]{12}:|:[^*?])'),
    ('aws:sourcevpc', '^vpc-[0-9a-f]+$'),
    ('aws:sourcevpce', '^vpce-[0-9a-f]+$'),
    ('aws:sourceip', '^[0-9a-fA-F.:]+(/([89]|[1-9][0-9]+))?$'),
    ('aws:userid', '^((AROA|AIDA)[A-Z0-9]{8,}|[0-9]{12})')
),
judged AS (
  SELECT open.uid, open.number, open.all_but,
    bool_or(coalesce(
      regexp_matches(operator, '^(foranyvalue:)?(stringequals|stringequalsignorecase|stringlike|arnequals|arnlike|ipaddress)$')
        AND list_bool_and(list_transform(allowed, lambda each: regexp_matches(each, narrowing.value))), false)) AS narrowed,
    -- What any caller can meet by choice, or says how and when instead of who.
    bool_and(coalesce(
      narrowing.claim IS NOT NULL OR c.claim LIKE 'aws:principaltag/%' OR c.claim LIKE 'aws:requesttag/%'
        OR c.claim IN ('aws:currenttime', 'aws:epochtime', 'aws:useragent', 'aws:referer', 'aws:securetransport',
          'aws:requestedregion', 'aws:username', 'aws:principaltype'), c.uid IS NULL)) AS understood
  FROM open
  LEFT JOIN conditions c ON c.uid = open.uid AND c.number = open.number
  LEFT JOIN narrowing ON narrowing.claim = c.claim
  GROUP BY ALL
),
summed AS (
  SELECT uid, bool_or(NOT narrowed AND NOT all_but AND understood) AS wide, bool_or(NOT narrowed) AS perhaps,
    count(*) FILTER (NOT narrowed) AS statements
  FROM judged GROUP BY uid
),
denying AS (SELECT DISTINCT uid FROM statements WHERE effect = 'Deny')
SELECT NULL AS identity_uid, p.uid AS subject_uid, p.system, p.scope_uid,
  CASE
    WHEN p.statements IS NULL THEN 'unknown'
    WHEN s.wide AND d.uid IS NULL THEN 'fail'
    WHEN s.perhaps THEN 'unknown'
    ELSE 'pass'
  END AS status,
  {
    resource: p.resource_uid,
    kind: p.kind,
    open_statements: coalesce(s.statements, 0),
    deny_in_same_policy: d.uid IS NOT NULL
  } AS evidence
FROM policies p LEFT JOIN summed s ON s.uid = p.uid LEFT JOIN denying d ON d.uid = p.uid
