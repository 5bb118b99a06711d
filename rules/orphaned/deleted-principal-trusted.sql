/*---
id: deleted-principal-trusted
title: Trust names a principal that has been deleted
category: orphaned
severity: low
needs: [trusts]
subjects: [trusts]
identify_by: [identity_uid, subject_uid]
playbook: tighten-trust
about: >-
  A trust outlives what it trusts. AWS then shows the unique id of the deleted user or role instead of its name; that id is
  never given again, so nobody gets in by it, and the trust is a sign that the identity lost the user that it was made for.
  In other systems whoever is made under the old name may get in. Judged are all trusts but those that are only claimed,
  and provider-managed identities are left out. The rule cannot see trusted principals that are gone from accounts where
  the provider does not mark them.
remedy:
  - Find out whether anything else still uses the identity.
  - Remove the trust, and if it was the only one, the identity with it.
  - If the deleted principal was made again and should get in, name it anew.
examples:
  - name: a role that was deleted
    given:
      identities: [{ uid: 'arn:aws:iam::111111111111:role/app' }]
      trusts:
        - uid: t
          identity_uid: 'arn:aws:iam::111111111111:role/app'
          trusted: AROAEXAMPLEEXAMPLE123
          trusted_kind: deleted-principal
    expect: [{ identity_uid: 'arn:aws:iam::111111111111:role/app', subject_uid: t, status: fail }]
  - name: a role that is there
    given:
      identities: [{ uid: 'arn:aws:iam::111111111111:role/app' }]
      trusts:
        - uid: t
          identity_uid: 'arn:aws:iam::111111111111:role/app'
          trusted: 'arn:aws:iam::111111111111:role/other'
          trusted_kind: identity
    expect: [{ identity_uid: 'arn:aws:iam::111111111111:role/app', subject_uid: t, status: pass }]
---*/
SELECT t.identity_uid, t.uid AS subject_uid, t.system, t.scope_uid,
  CASE WHEN t.trusted_kind = 'deleted-principal' THEN 'fail' ELSE 'pass' END AS status,
  { trusted: t.trusted, mechanism: t.mechanism, trusts_of_the_identity: count(*) OVER (PARTITION BY t.identity_uid) } AS evidence
FROM trusts t JOIN identities i ON i.uid = t.identity_uid
WHERE i.managed_by = 'customer' AND t.certainty <> 'claimed'
