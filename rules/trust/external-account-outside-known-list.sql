/*---
id: external-account-outside-known-list
title: Outside account that is not on the list of known ones can become the identity
category: trust
severity: medium
needs: [trusts]
subjects: [trusts]
params:
  known:
    default: []
    about: >-
      The accounts, tenants, projects and mail domains outside that are known: AWS account ids, Entra tenant ids, the part
      of a Google member after its `@`, or `trusts.trusted` as a whole.
identify_by: [identity_uid, subject_uid]
playbook: tighten-trust
about: >-
  Somebody answers for every outside party that is let in, or nobody does. Judged are trusts in accounts, organisations,
  identities and groups outside; what stands on the list passes. Without a list nobody has said who is known, and where it
  is not known whether the other side is outside at all, nobody can tell either: both are unknown. Trusts in services,
  in token issuers and in everyone have rules of their own. The rule cannot see what the other side does with the access.
remedy:
  - Find out which contract or project the outside account belongs to, and who answers for it here.
  - Remove the trust where there is none.
  - Add the account to `known` in the configuration, with that person as the reviewer of the change.
examples:
  - name: an account that nobody listed
    params: { known: ['222222222222'] }
    given:
      identities: [{ uid: 'arn:aws:iam::111111111111:role/vendor' }]
      trusts:
        - uid: t
          identity_uid: 'arn:aws:iam::111111111111:role/vendor'
          trusted: 'aws:999999999999'
          external: true
    expect: [{ identity_uid: 'arn:aws:iam::111111111111:role/vendor', subject_uid: t, status: fail }]
  - name: an account on the list
    params: { known: ['999999999999'] }
    given:
      identities: [{ uid: 'arn:aws:iam::111111111111:role/vendor' }]
      trusts:
        - uid: t
          identity_uid: 'arn:aws:iam::111111111111:role/vendor'
          trusted: 'aws:999999999999'
          external: true
    expect: [{ identity_uid: 'arn:aws:iam::111111111111:role/vendor', subject_uid: t, status: pass }]
---*/
WITH outside AS (
  SELECT t.uid, t.identity_uid, t.system, t.scope_uid, t.trusted, t.trusted_kind, t.mechanism, t.external,
    -- Whose it is, as each system's names tell it: an account id, a tenant id, a project or mail domain.
    CASE t.system
      WHEN 'aws' THEN regexp_extract(t.trusted, '[0-9]{12}')
      WHEN 'azure' THEN regexp_extract(t.trusted, '^entra:([^:]+)', 1)
      WHEN 'gcp' THEN regexp_extract(t.trusted, '@(.+)$', 1)
      ELSE ''
    END AS party
  FROM trusts t JOIN identities i ON i.uid = t.identity_uid
  WHERE t.trusted_kind IN ('account', 'organization', 'identity', 'group') AND t.external IS DISTINCT FROM false
    AND t.certainty <> 'claimed' AND i.managed_by = 'customer'
)
SELECT identity_uid, uid AS subject_uid, system, scope_uid,
  CASE
    WHEN list_contains(listed, lower(trusted)) OR list_contains(listed, lower(party)) THEN 'pass'
    WHEN len(listed) = 0 OR external IS NULL THEN 'unknown'
    ELSE 'fail'
  END AS status,
  { trusted: trusted, party: nullif(party, ''), mechanism: mechanism, external: external, known: len(listed) } AS evidence
FROM outside, (SELECT list_transform($known, lambda each: lower(each)) AS listed)
