/*---
id: key-too-old
title: Key is older than {{days}} days
category: long-lived
severity: medium
needs: [credentials]
subjects: [credentials]
params:
  days: { default: 90, min: 1, max: 3650, about: Whole days that a key may live. }
  except:
    default: [console-password, certificate, client-certificate, server-certificate, federated-credential]
    about: Kinds of credentials that are judged otherwise (passwords, what expires by itself) or hold no secret.
identify_by: [identity_uid, subject_uid]
playbook: rotate-key
about: >-
  Every day that a key lives is a day on which it can have been copied, and nothing tells the copy from the original.
  Days are whole periods of 24 hours: exactly the limit still passes. Keys that are switched off or expired are not
  judged, and neither are keys of provider-managed identities, which the provider rotates. Age counts from when the key
  was made or last rotated, which is unknown where the system does not say. The rule cannot see who has a copy.
remedy:
  - Prefer to do away with the key, with a role or a federated identity that gets short-lived credentials.
  - Otherwise make a second key, move every user of the old one to it, and watch the old one's last use.
  - Switch the old key off, wait, and delete it.
examples:
  - name: a key of a hundred days
    given:
      identities: [{ uid: 'arn:aws:iam::111111111111:user/app' }]
      credentials: [{ uid: key, identity_uid: 'arn:aws:iam::111111111111:user/app', created_at: '2025-10-23T00:00:00Z' }]
    expect: [{ identity_uid: 'arn:aws:iam::111111111111:user/app', subject_uid: key, status: fail }]
  - name: an old key that is switched off
    given:
      identities: [{ uid: 'arn:aws:iam::111111111111:user/app' }]
      credentials: [{ uid: key, identity_uid: 'arn:aws:iam::111111111111:user/app', enabled: false }]
    expect: []
  - name: a key of unknown age
    given:
      identities: [{ uid: 'arn:aws:iam::111111111111:user/app' }]
      credentials: [{ uid: key, identity_uid: 'arn:aws:iam::111111111111:user/app', created_at: null }]
    expect: [{ identity_uid: 'arn:aws:iam::111111111111:user/app', subject_uid: key, status: unknown }]
---*/
SELECT c.identity_uid, c.uid AS subject_uid, c.system, c.scope_uid,
  CASE
    WHEN c.created_at IS NULL THEN 'unknown'
    WHEN date_sub('day', c.created_at, $as_of) > $days THEN 'fail'
    ELSE 'pass'
  END AS status,
  {
    kind: c.kind,
    threshold_days: $days,
    age_days: date_sub('day', c.created_at, $as_of),
    created_at: c.created_at,
    expires_at: c.expires_at,
    last_used_at: c.last_used_at,
    last_used_evidence: c.last_used_evidence
  } AS evidence
FROM credentials c LEFT JOIN identities i ON i.uid = c.identity_uid
WHERE i.managed_by IS DISTINCT FROM 'provider' AND NOT list_contains($except, c.kind)
  AND c.enabled IS DISTINCT FROM false AND (c.expires_at IS NULL OR c.expires_at > $as_of)
