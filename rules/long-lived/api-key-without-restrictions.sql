/*---
id: api-key-without-restrictions
title: API key may be used from anywhere or for every API
category: long-lived
severity: medium
systems: [gcp]
needs: [credentials]
subjects: [credentials]
params:
  kinds: { default: [api-key], about: Kinds of credentials that can be restricted. }
  all_apis:
    default: [cloudapis.googleapis.com]
    about: API targets that stand for all APIs.
identify_by: [identity_uid, subject_uid]
playbook: rotate-key
about: >-
  An API key is a text that any caller can send: what it opens is decided by its restrictions alone. A key fails without a
  restriction of the APIs, or without one of who may call (addresses, web sites, applications); one that names all addresses,
  all web sites or all APIs counts as none. The evidence says which is missing. Where the source did not describe
  the key, the answer is unknown. Keys that are switched off, deleted or expired are left out. The rule cannot see whether
  the restrictions fit the use, and a web site is claimed by the caller.
remedy:
  - See which APIs the key is used for, and from where.
  - Restrict the key to those, or use a service account, which proves who it is.
  - Make a new key if the old one ever lay in code or on a page, and delete the old one.
examples:
  - name: no restriction at all
    given:
      identities: [{ uid: app, system: gcp, scope_uid: 'gcp:projects/p' }]
      credentials:
        - { uid: key, identity_uid: app, kind: api-key, system: gcp, scope_uid: 'gcp:projects/p', raw: { uid: '1' } }
    expect: [{ identity_uid: app, subject_uid: key, status: fail }]
  - name: one API from one address
    given:
      identities: [{ uid: app, system: gcp, scope_uid: 'gcp:projects/p' }]
      credentials:
        - uid: key
          identity_uid: app
          kind: api-key
          system: gcp
          scope_uid: 'gcp:projects/p'
          raw:
            restrictions:
              apiTargets: [{ service: translate.googleapis.com }]
              serverKeyRestrictions: { allowedIps: [198.51.100.7] }
    expect: [{ identity_uid: app, subject_uid: key, status: pass }]
---*/
-- https://cloud.google.com/api-keys/docs/reference/rest/v2/projects.locations.keys#Restrictions
WITH keys AS (
  SELECT c.*, coalesce(json_type(c.raw) = 'OBJECT', false) AS described,
    c.raw ->> '$.restrictions.apiTargets[*].service' AS apis,
    c.raw ->> '$.restrictions.serverKeyRestrictions.allowedIps[*]' AS addresses,
    c.raw ->> '$.restrictions.browserKeyRestrictions.allowedReferrers[*]' AS sites,
    c.raw ->> '$.restrictions.androidKeyRestrictions.allowedApplications[*].packageName' AS android,
    c.raw ->> '$.restrictions.iosKeyRestrictions.allowedBundleIds[*]' AS ios
  FROM credentials c LEFT JOIN identities i ON i.uid = c.identity_uid
  WHERE c.system = 'gcp' AND list_contains($kinds, c.kind) AND i.managed_by IS DISTINCT FROM 'provider'
    AND c.enabled IS DISTINCT FROM false AND (c.expires_at IS NULL OR c.expires_at > $as_of)
    AND (c.raw ->> '$.deleteTime') IS NULL
),
judged AS (
  SELECT *,
    len(apis) > 0 AND NOT list_has_any(apis, $all_apis) AS by_api,
    (len(addresses) > 0 AND NOT list_bool_or(list_transform(addresses, lambda each: regexp_matches(each, '/0+$'))))
      OR (len(sites) > 0
        AND NOT list_bool_or(list_transform(sites, lambda each: regexp_matches(each, '^(https?://)?[*./]*(:[0-9*]+)?(/.*)?$'))))
      OR len(android) > 0 OR len(ios) > 0 AS by_caller
  FROM keys
)
SELECT identity_uid, uid AS subject_uid, system, scope_uid,
  CASE WHEN NOT described THEN 'unknown' WHEN by_api AND by_caller THEN 'pass' ELSE 'fail' END AS status,
  {
    not_restricted_by: list_filter([CASE WHEN NOT by_api THEN 'api' END, CASE WHEN NOT by_caller THEN 'caller' END],
      lambda each: described AND each IS NOT NULL),
    apis: apis[:10],
    addresses: addresses[:10],
    sites: sites[:10],
    applications: (android || ios)[:10],
    created_at: created_at,
    last_used_at: last_used_at,
    last_used_evidence: last_used_evidence
  } AS evidence
FROM judged
