/*---
id: credential-without-expiry
title: Credential never expires
category: long-lived
severity: low
needs: [credentials]
subjects: [credentials]
params:
  kinds_without_end:
    default:
      [access-key, api-key, hmac-key, key-file, service-account-token, signing-certificate, ssh-public-key]
    about: Kinds of credentials that never end where no end is given; for others a missing end is not known.
  except:
    default: [console-password, federated-credential]
    about: Kinds of credentials that are judged otherwise or hold no secret.
identify_by: [identity_uid, subject_uid]
playbook: rotate-key
about: >-
  A credential without an end works when everybody has forgotten it, for whoever has a copy. Some kinds never have one, such
  as access keys of AWS, HMAC and API keys of Google Cloud and token Secrets of Kubernetes; key files of Google Cloud have one
  where they were made with one. Without it they fail, whatever their age, because only doing away with them helps. Of other kinds the system may merely not say, so a missing end is unknown. Credentials with an end pass, however
  late: that is the matter of credential-expires-too-late. Those that are switched off or expired, and those of
  provider-managed identities, are left out. The rule cannot see ends that are kept elsewhere, such as in a calendar.
remedy:
  - Replace it by a role or a federated identity that gets short-lived credentials.
  - Where that cannot be, make one with an end, or rotate it by a schedule.
examples:
  - name: an access key
    given:
      identities: [{ uid: app }]
      credentials: [{ uid: key, identity_uid: app, kind: access-key }]
    expect: [{ identity_uid: app, subject_uid: key, status: fail }]
  - name: a key file of Google Cloud
    given:
      identities: [{ uid: app }]
      credentials: [{ uid: key, identity_uid: app, kind: key-file }]
    expect: [{ identity_uid: app, subject_uid: key, status: fail }]
  - name: a secret with an end
    given:
      identities: [{ uid: app }]
      credentials: [{ uid: key, identity_uid: app, kind: client-secret, expires_at: '2026-06-01T00:00:00Z' }]
    expect: [{ identity_uid: app, subject_uid: key, status: pass }]
---*/
SELECT c.identity_uid, c.uid AS subject_uid, c.system, c.scope_uid,
  CASE
    WHEN c.expires_at IS NOT NULL THEN 'pass'
    WHEN list_contains($kinds_without_end, c.kind) THEN 'fail'
    ELSE 'unknown'
  END AS status,
  {
    kind: c.kind,
    expires_at: c.expires_at,
    created_at: c.created_at,
    age_days: date_sub('day', c.created_at, $as_of),
    last_used_at: c.last_used_at,
    last_used_evidence: c.last_used_evidence
  } AS evidence
FROM credentials c LEFT JOIN identities i ON i.uid = c.identity_uid
WHERE i.managed_by IS DISTINCT FROM 'provider' AND NOT list_contains($except, c.kind)
  AND c.enabled IS DISTINCT FROM false AND (c.expires_at IS NULL OR c.expires_at > $as_of)
