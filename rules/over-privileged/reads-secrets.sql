/*---
id: reads-secrets
title: Identity can read every secret of an account, cluster or namespace
category: over-privileged
severity: medium
needs: [identities, roles, grants]
subjects: [identities]
params:
  expected:
    default: []
    about: Uids of identities whose work it is to read all secrets, such as a controller that copies them.
identify_by: [identity_uid]
playbook: reduce-role
about: >-
  Secrets are the keys to other systems: whoever reads all of them becomes everything that they open, and nobody sees it
  there. A program needs its own. Judged is what the identity can read in effect: a right to named secrets, or under a
  condition, is how it should be and passes; where something that decides was not collected the answer is unknown. An
  administrator of the same scope passes here and is the matter of administrator-equivalent. People, root users, disabled
  and provider-managed identities are left out. The rule cannot see what the secrets open.
remedy:
  - See from the audit log which secrets the identity reads.
  - Grant it those by name (resource ARNs, resourceNames), or mount them instead of letting it ask.
  - Take the right to the rest away, and renew secrets that it had no business to read.
examples:
  - name: every secret of the account
    given:
      identities: [{ uid: 'arn:aws:iam::111111111111:role/app' }]
      entitlements: [{ identity_uid: 'arn:aws:iam::111111111111:role/app', capability: secret-read }]
    expect: [{ identity_uid: 'arn:aws:iam::111111111111:role/app', status: fail }]
  - name: named secrets
    given:
      identities: [{ uid: 'arn:aws:iam::111111111111:role/app' }]
      entitlements:
        - { identity_uid: 'arn:aws:iam::111111111111:role/app', capability: secret-read, certainty: conditional }
    expect: [{ identity_uid: 'arn:aws:iam::111111111111:role/app', status: pass }]
---*/
WITH administrators AS (
  SELECT DISTINCT identity_uid, scope_uid FROM entitlements WHERE capability = 'admin' AND certainty = 'certain'
),
reading AS (
  SELECT e.identity_uid,
    list_sort(list(DISTINCT e.scope_uid) FILTER (e.certainty = 'certain'))[:10] AS certain_scopes,
    list_sort(list(DISTINCT e.scope_uid) FILTER (e.certainty = 'unknown'))[:10] AS possible_scopes,
    list_sort(list_distinct(flatten(list(e.via))))[:10] AS via
  FROM entitlements e ANTI JOIN administrators a ON a.identity_uid = e.identity_uid AND a.scope_uid = e.scope_uid
  WHERE e.capability = 'secret-read' AND e.certainty <> 'conditional'
  GROUP BY e.identity_uid
)
SELECT i.uid AS identity_uid, NULL AS subject_uid, i.system, i.scope_uid,
  CASE
    WHEN r.identity_uid IS NULL OR list_contains($expected, i.uid) THEN 'pass'
    WHEN r.certain_scopes IS NOT NULL THEN 'fail'
    ELSE 'unknown'
  END AS status,
  { reads_secrets_of: r.certain_scopes, perhaps_reads_secrets_of: r.possible_scopes, through: r.via } AS evidence
FROM identities i LEFT JOIN reading r ON r.identity_uid = i.uid
WHERE i.managed_by = 'customer' AND i.class <> 'human' AND i.enabled IS DISTINCT FROM false AND i.kind <> 'root-user'
