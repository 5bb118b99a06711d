/*---
id: privileged-access-unused
title: Administrator's rights have not been used for more than {{days}} days
category: stale
severity: high
needs: [identities, roles, grants, usages]
subjects: [identities]
pass_proved_by: [usages]
params:
  days: { default: 90, min: 1, max: 3650, about: Whole days without use that are accepted. }
  services:
    default: [iam, organizations, sso, identitystore, account]
    about: Services whose use shows an administrator at work, as sources name them (`iam` or `iam:CreateRole`).
identify_by: [identity_uid]
playbook: reduce-role
about: >-
  Standing rights of an administrator that nobody uses serve whoever takes the identity over, and nobody would miss them.
  Judged are identities that can do everything in a scope in effect. One that was not used at all fails; so does one that
  was used, where a source measures its permissions and the services of administration are not among those that it used. Days are
  whole periods of 24 hours: exactly the limit still passes. Where the identity was used and nothing tells for what, where
  sources looked for a shorter time than the limit or at its credentials alone, or where it is not certain that it is an administrator, the
  answer is unknown. Identities younger than the limit pass. People, root users, disabled and provider-managed identities
  are left out. The rule cannot see what no source tracks: the evidence has the blind spots. An emergency identity is a
  case for a waiver.
remedy:
  - Ask the owner what the rights are kept for.
  - Take them away, and let whoever needs them ask for them for a limited time.
  - Keep one emergency identity, watched and waived.
examples:
  - name: an administrator that nothing uses
    given:
      identities: [{ uid: app }]
      entitlements: [{ identity_uid: app, capability: admin }]
      usages: [{ identity_uid: app, last_used_at: '2025-06-01T00:00:00Z' }]
    expect: [{ identity_uid: app, status: fail }]
  - name: an administrator at work
    given:
      identities: [{ uid: app }]
      entitlements: [{ identity_uid: app, capability: admin }]
      usages:
        - { identity_uid: app, last_used_at: '2026-01-30T00:00:00Z' }
        - { identity_uid: app, subject: permission, permission: iam, last_used_at: '2026-01-30T00:00:00Z' }
    expect: [{ identity_uid: app, status: pass }]
---*/
WITH administrators AS (
  SELECT i.uid, i.system, i.scope_uid, i.created_at, bool_or(e.certainty = 'certain') AS certain,
    list_sort(list(DISTINCT e.scope_uid))[:10] AS scopes, min(e.via)[:10] AS via
  FROM entitlements e JOIN identities i ON i.uid = e.identity_uid
  WHERE e.capability = 'admin' AND i.managed_by = 'customer' AND i.class <> 'human'
    AND i.enabled IS DISTINCT FROM false AND i.kind <> 'root-user'
  GROUP BY i.uid, i.system, i.scope_uid, i.created_at
),
-- As in identity_usage, of administrators alone.
watched AS (
  SELECT identity_uid, source, blind_spots, last_used_at, window_start, window_end, subject = 'identity' AS whole
  FROM usages SEMI JOIN administrators a ON a.uid = usages.identity_uid
  WHERE subject <> 'permission' OR last_used_at IS NOT NULL
  UNION ALL
  SELECT identity_uid, 'credentials', [], last_used_at, NULL, NULL, false
  FROM credentials SEMI JOIN administrators a ON a.uid = credentials.identity_uid WHERE last_used_evidence <> 'none'
),
usage AS (
  SELECT identity_uid, max(last_used_at) AS last_used_at, min(window_start) AS window_start, max(window_end) AS window_end,
    bool_or(whole) AS whole, list_sort(list_distinct(list(source))) AS sources,
    list_sort(list_distinct(flatten(list(blind_spots)))) AS blind_spots
  FROM watched GROUP BY identity_uid
),
identity AS (
  SELECT a.*, u.last_used_at, u.whole, u.sources, u.blind_spots,
    -- greatest() passes over NULL, so both ends must be known.
    date_sub('day', CASE
        WHEN u.last_used_at IS NOT NULL THEN u.last_used_at
        WHEN u.window_start IS NOT NULL AND a.created_at IS NOT NULL THEN greatest(u.window_start, a.created_at)
      END, coalesce(u.window_end, $as_of)) AS unused_days
  FROM administrators a LEFT JOIN usage u ON u.identity_uid = a.uid
),
permission AS (
  SELECT u.identity_uid, u.permission, max(u.last_used_at) AS last_used_at,
    date_sub('day', CASE
        WHEN max(u.last_used_at) IS NOT NULL THEN max(u.last_used_at)
        WHEN min(u.window_start) IS NOT NULL AND a.created_at IS NOT NULL THEN greatest(min(u.window_start), a.created_at)
      END, coalesce(max(u.window_end), $as_of)) AS unused_days
  FROM usages u JOIN administrators a ON a.uid = u.identity_uid
  WHERE u.subject = 'permission' AND list_contains($services, split_part(u.permission, ':', 1))
  GROUP BY u.identity_uid, u.permission, a.created_at
),
administration AS (
  SELECT identity_uid, count(*) AS measured, max(last_used_at) AS last_used_at, min(unused_days) AS unused_days,
    bool_or(unused_days IS NULL) AS unsure, list_sort(list(permission))[:10] AS services
  FROM permission GROUP BY identity_uid
),
judged AS (
  SELECT i.*, p.measured, p.services, p.last_used_at AS administered_at, p.unused_days AS administration_unused_days,
    date_sub('day', i.created_at, $as_of) <= $days
      OR coalesce(date_sub('day', p.last_used_at, $as_of) <= $days, false) AS fine,
    (i.whole AND i.unused_days > $days)
      OR (p.measured > 0 AND NOT p.unsure AND p.unused_days > $days) AS idle
  FROM identity i LEFT JOIN administration p ON p.identity_uid = i.uid
)
SELECT uid AS identity_uid, NULL AS subject_uid, system, scope_uid,
  CASE WHEN fine THEN 'pass' WHEN idle AND certain THEN 'fail' ELSE 'unknown' END AS status,
  {
    threshold_days: $days,
    administrator_of: scopes,
    certain: certain,
    identity_last_used_at: last_used_at,
    identity_unused_days: unused_days,
    administration_last_used_at: administered_at,
    administration_unused_days: administration_unused_days,
    services: services,
    through: via,
    sources: sources,
    blind_spots: blind_spots
  } AS evidence
FROM judged
