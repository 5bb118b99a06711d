/*---
id: administrator-equivalent
title: Identity can do everything that an administrator can
category: over-privileged
severity: high
needs: [identities, roles, grants]
subjects: [identities]
identify_by: [identity_uid]
playbook: reduce-role
about: >-
  Whoever takes this identity over owns the account, cluster or namespace. The rule asks what the identity can do in
  effect, after groups, conditions, boundaries and explicit denies, whatever its roles are called and however many of
  them it takes. Where only a request could tell, or something that decides was not collected, the answer is unknown.
  Being able to become an administrator is the matter of can-escalate-to-administrator. People, root users, disabled and
  provider-managed identities are left out. The rule cannot see whether the rights are needed; an emergency identity is a
  case for a waiver.
remedy:
  - See from the record of use which services and actions the identity really calls.
  - Give it a role of those, beside the present ones, and watch for refusals.
  - Take away the grants that the evidence names.
examples:
  - name: an administrator in effect
    given:
      identities: [{ uid: 'arn:aws:iam::111111111111:role/app' }]
      entitlements: [{ identity_uid: 'arn:aws:iam::111111111111:role/app', capability: admin }]
    expect: [{ identity_uid: 'arn:aws:iam::111111111111:role/app', status: fail }]
  - name: an administrator if something that was not collected allows it
    given:
      identities: [{ uid: 'arn:aws:iam::111111111111:role/app' }]
      entitlements:
        - { identity_uid: 'arn:aws:iam::111111111111:role/app', capability: admin, certainty: unknown }
    expect: [{ identity_uid: 'arn:aws:iam::111111111111:role/app', status: unknown }]
  - name: a reader of data
    given:
      identities: [{ uid: 'arn:aws:iam::111111111111:role/app' }]
      entitlements: [{ identity_uid: 'arn:aws:iam::111111111111:role/app', capability: data-read }]
    expect: [{ identity_uid: 'arn:aws:iam::111111111111:role/app', status: pass }]
---*/
WITH administrators AS (
  SELECT identity_uid,
    list_sort(list(DISTINCT scope_uid) FILTER (certainty = 'certain'))[:10] AS certain_scopes,
    list_sort(list(DISTINCT scope_uid) FILTER (certainty <> 'certain'))[:10] AS possible_scopes,
    list_sort(list_distinct(flatten(list(via))))[:10] AS via
  FROM entitlements WHERE capability = 'admin' GROUP BY identity_uid
)
SELECT i.uid AS identity_uid, NULL AS subject_uid, i.system, i.scope_uid,
  CASE
    WHEN a.identity_uid IS NULL THEN 'pass'
    WHEN a.certain_scopes IS NOT NULL THEN 'fail'
    ELSE 'unknown'
  END AS status,
  {
    administrator_of: a.certain_scopes,
    perhaps_administrator_of: a.possible_scopes,
    through: a.via,
    class: i.class
  } AS evidence
FROM identities i LEFT JOIN administrators a ON a.identity_uid = i.uid
WHERE i.managed_by = 'customer' AND i.class <> 'human' AND i.enabled IS DISTINCT FROM false AND i.kind <> 'root-user'
