/*---
id: google-domain-wide-delegation
title: Service account can act as every user of a Google Workspace domain
category: trust
severity: high
systems: [gcp]
needs: [identities, trusts]
subjects: [identities, trusts]
params:
  expected: { default: [], about: Uids of service accounts for which domain-wide delegation is meant. }
identify_by: [identity_uid, subject_uid]
playbook: tighten-trust
about: >-
  Domain-wide delegation lets a service account take the name of any user of the domain, administrators among them, within
  the scopes that were delegated; whoever gets a key or a token of the account gets that too. Delegations stand in the
  Workspace domain and not in Google Cloud: where they were not read, each project with service accounts of its own gets
  one answer, unknown. The rule cannot see whether a delegation is used, which Google does not track.
remedy:
  - Find out which product needs it, and whether access by a user's own consent would do.
  - Take away every scope that is not needed, in the admin console of the domain.
  - Keep the account in a project of its own, without keys, with as few as possible who may become it.
examples:
  - name: a delegation
    given:
      identities: [{ uid: 'gcp:serviceAccount:a@p.iam.gserviceaccount.com', system: gcp, scope_uid: 'gcp:projects/p' }]
      coverage: [{ system: gcp, scope_uid: 'gcp:projects/p', feed: trusts, call: domain-wide-delegation }]
      trusts:
        - uid: d
          system: gcp
          scope_uid: 'gcp:organizations/1'
          identity_uid: 'gcp:domain:acme.example'
          trusted: 'gcp:serviceAccount:a@p.iam.gserviceaccount.com'
          trusted_kind: identity
          mechanism: domain-wide-delegation
    expect:
      - { identity_uid: 'gcp:serviceAccount:a@p.iam.gserviceaccount.com', subject_uid: d, status: fail }
      - { subject_uid: 'gcp:projects/p#domain-wide-delegation', status: pass }
  - name: delegations were not read
    given:
      identities: [{ uid: 'gcp:serviceAccount:a@p.iam.gserviceaccount.com', system: gcp, scope_uid: 'gcp:projects/p' }]
    expect: [{ subject_uid: 'gcp:projects/p#domain-wide-delegation', status: unknown }]
---*/
-- https://support.google.com/a/answer/162106: who delegates is the domain, to the client id of a service account.
WITH delegations AS (
  SELECT uid, trusted AS account, identity_uid AS domain, condition, scope_uid
  FROM trusts
  WHERE system = 'gcp' AND mechanism = 'domain-wide-delegation' AND certainty <> 'claimed'
),
projects AS (
  SELECT scope_uid, count(*) AS service_accounts
  FROM identities
  WHERE system = 'gcp' AND starts_with(uid, 'gcp:serviceAccount:') AND managed_by = 'customer'
  GROUP BY scope_uid
),
answered AS (
  SELECT scope_uid FROM coverage
  WHERE call = 'domain-wide-delegation'
  GROUP BY scope_uid HAVING bool_and(status = 'complete')
)
SELECT d.account AS identity_uid, d.uid AS subject_uid, 'gcp' AS system, coalesce(i.scope_uid, d.scope_uid) AS scope_uid,
  CASE WHEN list_contains($expected, d.account) THEN 'pass' ELSE 'fail' END AS status,
  { domain: d.domain, scopes: d.condition, service_accounts: NULL::BIGINT } AS evidence
FROM delegations d LEFT JOIN identities i ON i.uid = d.account
UNION ALL
SELECT NULL, p.scope_uid || '#domain-wide-delegation', 'gcp', p.scope_uid,
  CASE WHEN p.scope_uid IN (SELECT scope_uid FROM answered) THEN 'pass' ELSE 'unknown' END,
  { domain: NULL, scopes: NULL, service_accounts: p.service_accounts }
FROM projects p
