/*---
id: service-identity-with-password
title: Service identity can sign in with a password
category: exposure
severity: high
systems: [aws, azure]
needs: [identities, credentials]
subjects: [identities]
identify_by: [identity_uid]
playbook: disable-password
about: >-
  A program needs no console. A password on its identity lets people act under its name, past every control that is tied
  to people: joining and leaving, second factors, attribution. The rule judges identities that can have a password and
  that are classed as non-human; where nobody knows whether a person stands behind an identity with a password, the answer
  is unknown. It cannot see whether people do use the password, and a source that does not report passwords makes it
  unknown.
remedy:
  - Find out who signs in with it, and give them an identity of their own.
  - Remove the password (the login profile); keys and roles of the program keep working.
examples:
  - name: a service user with a console password
    given:
      identities: [{ uid: 'arn:aws:iam::111111111111:user/ci', kind: iam-user }]
      credentials: [{ uid: pw, identity_uid: 'arn:aws:iam::111111111111:user/ci', kind: console-password }]
    expect: [{ identity_uid: 'arn:aws:iam::111111111111:user/ci', status: fail }]
  - name: a service user with a key only
    given:
      identities: [{ uid: 'arn:aws:iam::111111111111:user/ci', kind: iam-user }]
      credentials: [{ uid: key, identity_uid: 'arn:aws:iam::111111111111:user/ci' }]
    expect: [{ identity_uid: 'arn:aws:iam::111111111111:user/ci', status: pass }]
---*/
WITH passwords AS (
  SELECT identity_uid, bool_or(enabled) AS usable, bool_or(enabled IS NULL) AS unsure,
    max(created_at) AS created_at, max(last_used_at) AS last_used_at
  FROM credentials
  WHERE kind IN ('console-password', 'password') AND enabled IS DISTINCT FROM false
  GROUP BY identity_uid
)
SELECT i.uid AS identity_uid, NULL AS subject_uid, i.system, i.scope_uid,
  CASE
    WHEN p.identity_uid IS NULL THEN 'pass'
    WHEN i.class = 'non-human' AND p.usable THEN 'fail'
    ELSE 'unknown'
  END AS status,
  {
    class: i.class,
    class_reason: i.class_reason,
    password_created_at: p.created_at,
    password_last_used_at: p.last_used_at
  } AS evidence
FROM identities i LEFT JOIN passwords p ON p.identity_uid = i.uid
-- The kinds that can sign in with a password at all.
WHERE i.kind IN ('iam-user', 'user') AND i.class <> 'human' AND i.managed_by = 'customer'
  AND i.enabled IS DISTINCT FROM false
