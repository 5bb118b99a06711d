/*---
id: credential-expiring-soon-in-use
title: Credential in use ends within {{days}} days
category: long-lived
severity: medium
needs: [credentials]
subjects: [credentials]
params:
  days: { default: 30, min: 1, max: 365, about: Whole days that should be left for a change without haste. }
  used_days: { default: 30, min: 1, max: 365, about: Whole days within which a last use counts as being in use. }
  except:
    default: [console-password, federated-credential]
    about: Kinds of credentials whose end stops nothing.
identify_by: [identity_uid, subject_uid]
playbook: rotate-key
about: >-
  Whatever uses the credential stops on the day of its end, and the change that is made in haste then is the one that ends in
  a key without an end. Judged are credentials that work, have an end and are within the limit of it, in whole periods of 24
  hours: with exactly so many days left one still passes. One that was used within the last weeks fails. Where its use is not
  measured the answer is unknown; one whose use is measured and that was not used lately passes: nothing breaks. The
  rule cannot see whether its successor is already in place. Those that are switched off or expired, and those of
  provider-managed identities, are left out.
remedy:
  - Find every place that uses the credential, and tell its owners of the day.
  - Make its successor, better a federated identity, move them over, and watch the old one's last use.
  - Delete the old one when nothing uses it.
examples:
  - name: it ends in two weeks and was used yesterday
    given:
      identities: [{ uid: app }]
      credentials:
        - uid: key
          identity_uid: app
          kind: client-secret
          expires_at: '2026-02-14T00:00:00Z'
          last_used_evidence: used
          last_used_at: '2026-01-30T00:00:00Z'
    expect: [{ identity_uid: app, subject_uid: key, status: fail }]
  - name: nobody knows whether it is used
    given:
      identities: [{ uid: app }]
      credentials: [{ uid: key, identity_uid: app, kind: client-secret, expires_at: '2026-02-14T00:00:00Z' }]
    expect: [{ identity_uid: app, subject_uid: key, status: unknown }]
  - name: it ends next year
    given:
      identities: [{ uid: app }]
      credentials: [{ uid: key, identity_uid: app, kind: client-secret, expires_at: '2027-01-01T00:00:00Z' }]
    expect: [{ identity_uid: app, subject_uid: key, status: pass }]
---*/
SELECT c.identity_uid, c.uid AS subject_uid, c.system, c.scope_uid,
  CASE
    WHEN date_sub('day', $as_of, c.expires_at) >= $days THEN 'pass'
    WHEN date_sub('day', c.last_used_at, $as_of) <= $used_days THEN 'fail'
    WHEN c.last_used_evidence = 'none' THEN 'unknown'
    ELSE 'pass'
  END AS status,
  {
    kind: c.kind,
    threshold_days: $days,
    left_days: date_sub('day', $as_of, c.expires_at),
    expires_at: c.expires_at,
    in_use_within_days: $used_days,
    last_used_at: c.last_used_at,
    last_used_evidence: c.last_used_evidence,
    created_at: c.created_at
  } AS evidence
FROM credentials c LEFT JOIN identities i ON i.uid = c.identity_uid
WHERE i.managed_by IS DISTINCT FROM 'provider' AND c.enabled IS DISTINCT FROM false AND c.expires_at > $as_of
  AND NOT list_contains($except, c.kind)
