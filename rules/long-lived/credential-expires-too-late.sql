/*---
id: credential-expires-too-late
title: Credential is valid for more than {{days}} days
category: long-lived
severity: medium
needs: [credentials]
subjects: [credentials]
params:
  days: { default: 365, min: 1, max: 3650, about: Whole days from being made to the end that are accepted. }
  except:
    default: [console-password]
    about: Kinds of credentials that are judged otherwise.
identify_by: [identity_uid, subject_uid]
playbook: rotate-key
about: >-
  An end that lies years away is hardly an end: a copy of the credential works until then. Judged is the whole lifetime,
  from when it was made to when it stops working, in whole periods of 24 hours: exactly the limit still passes. Where the
  system does not say when it was made, the answer is unknown, unless the time that is left is already beyond the limit:
  then it fails. Credentials without an end are the matter of credential-without-expiry; those that are switched off or
  expired, and those of provider-managed identities, are left out. The rule cannot see who has a copy.
remedy:
  - Make a new credential with an end within the limit.
  - Move its users over, and delete the old one.
examples:
  - name: valid for two years
    given:
      identities: [{ uid: app }]
      credentials:
        - uid: key
          identity_uid: app
          kind: client-secret
          created_at: '2026-01-01T00:00:00Z'
          expires_at: '2028-01-01T00:00:00Z'
    expect: [{ identity_uid: app, subject_uid: key, status: fail }]
  - name: valid for half a year
    given:
      identities: [{ uid: app }]
      credentials:
        - uid: key
          identity_uid: app
          kind: client-secret
          created_at: '2026-01-01T00:00:00Z'
          expires_at: '2026-07-01T00:00:00Z'
    expect: [{ identity_uid: app, subject_uid: key, status: pass }]
---*/
SELECT c.identity_uid, c.uid AS subject_uid, c.system, c.scope_uid,
  CASE
    WHEN date_sub('day', coalesce(c.created_at, $as_of), c.expires_at) > $days THEN 'fail'
    WHEN c.created_at IS NULL THEN 'unknown'
    ELSE 'pass'
  END AS status,
  {
    kind: c.kind,
    threshold_days: $days,
    lifetime_days: date_sub('day', c.created_at, c.expires_at),
    left_days: date_sub('day', $as_of, c.expires_at),
    created_at: c.created_at,
    expires_at: c.expires_at
  } AS evidence
FROM credentials c LEFT JOIN identities i ON i.uid = c.identity_uid
WHERE i.managed_by IS DISTINCT FROM 'provider' AND c.enabled IS DISTINCT FROM false AND c.expires_at > $as_of
  AND NOT list_contains($except, c.kind)
