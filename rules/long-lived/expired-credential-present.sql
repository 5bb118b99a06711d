/*---
id: expired-credential-present
title: Expired credential is still there
category: long-lived
severity: low
needs: [credentials]
subjects: [credentials]
params:
  except:
    default: [console-password]
    about: Kinds of credentials whose end does not stop them from being used.
identify_by: [identity_uid, subject_uid]
playbook: deactivate-then-delete-key
about: >-
  A credential that has expired and was never cleared away hides the ones that matter, and shows that nobody looks after
  the identity. It passes at the very moment of its end and fails after it. Passwords are left out: an expired one can
  still be used to set a new one. Credentials without an end, or whose end the system does not say, are not judged here:
  that is the matter of credential-without-expiry. The rule cannot see whether a system accepts the credential for longer
  than it says. Provider-managed identities are left out.
remedy:
  - See whether a valid credential has taken its place.
  - Delete the expired one.
examples:
  - name: expired two months ago
    given:
      identities: [{ uid: app }]
      credentials: [{ uid: key, identity_uid: app, kind: client-secret, expires_at: '2025-12-01T00:00:00Z' }]
    expect: [{ identity_uid: app, subject_uid: key, status: fail }]
  - name: still valid
    given:
      identities: [{ uid: app }]
      credentials: [{ uid: key, identity_uid: app, kind: client-secret, expires_at: '2026-06-01T00:00:00Z' }]
    expect: [{ identity_uid: app, subject_uid: key, status: pass }]
---*/
SELECT c.identity_uid, c.uid AS subject_uid, c.system, c.scope_uid,
  CASE WHEN c.expires_at < $as_of THEN 'fail' ELSE 'pass' END AS status,
  {
    kind: c.kind,
    expires_at: c.expires_at,
    expired_days: CASE WHEN c.expires_at < $as_of THEN date_sub('day', c.expires_at, $as_of) END,
    enabled: c.enabled,
    created_at: c.created_at
  } AS evidence
FROM credentials c LEFT JOIN identities i ON i.uid = c.identity_uid
WHERE i.managed_by IS DISTINCT FROM 'provider' AND c.expires_at IS NOT NULL AND NOT list_contains($except, c.kind)
