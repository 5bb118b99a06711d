/*---
id: separation-of-duties-pair
title: Identity holds two capabilities that should be apart
category: over-privileged
severity: medium
needs: [identities, roles, grants]
subjects: [identities]
params:
  pairs:
    default: ['identity-admin+logging-tamper', 'credential-create+logging-tamper', 'identity-admin+policy-guardrail-remove']
    about: Pairs of capabilities that no identity should hold in one scope, as `first+second`.
identify_by: [identity_uid]
playbook: reduce-role
about: >-
  Two rights that are harmless apart can hide what was done with them when one identity holds both: who gives rights away
  and may silence the log leaves no trace. Judged is what the identity can do in effect in one scope; a right under a
  condition, or one that could not be worked out, makes the answer unknown. An administrator of the scope holds every pair
  and is the matter of administrator-equivalent: it passes here. People, root users, disabled and provider-managed identities
  are left out. The rule cannot see two identities that one person or pipeline controls.
remedy:
  - Decide which of the two rights is the work of the identity.
  - Give the other to an identity that somebody else controls, and take it away here.
examples:
  - name: it gives rights and silences the log
    given:
      identities: [{ uid: app }]
      entitlements:
        - { identity_uid: app, capability: identity-admin }
        - { identity_uid: app, capability: logging-tamper }
    expect: [{ identity_uid: app, status: fail }]
  - name: it gives rights only
    given:
      identities: [{ uid: app }]
      entitlements: [{ identity_uid: app, capability: identity-admin }]
    expect: [{ identity_uid: app, status: pass }]
---*/
WITH pairs AS (
  SELECT pair, split_part(pair, '+', 1) AS one, split_part(pair, '+', 2) AS other FROM (SELECT unnest($pairs) AS pair)
),
administrators AS (
  SELECT DISTINCT identity_uid, scope_uid FROM entitlements WHERE capability = 'admin' AND certainty = 'certain'
),
held AS (
  SELECT e.identity_uid, e.scope_uid, e.capability, bool_or(e.certainty = 'certain') AS certain
  FROM entitlements e ANTI JOIN administrators a ON a.identity_uid = e.identity_uid AND a.scope_uid = e.scope_uid
  WHERE e.capability IN (SELECT one FROM pairs UNION ALL SELECT other FROM pairs)
  GROUP BY ALL
),
together AS (
  SELECT a.identity_uid, bool_or(a.certain AND b.certain) AS certain,
    list_sort(list(DISTINCT { scope: a.scope_uid, pair: p.pair, certain: a.certain AND b.certain }))[:10] AS pairs
  FROM held a JOIN pairs p ON p.one = a.capability
  JOIN held b ON b.identity_uid = a.identity_uid AND b.scope_uid = a.scope_uid AND b.capability = p.other
  GROUP BY a.identity_uid
)
SELECT i.uid AS identity_uid, NULL AS subject_uid, i.system, i.scope_uid,
  CASE WHEN t.identity_uid IS NULL THEN 'pass' WHEN t.certain THEN 'fail' ELSE 'unknown' END AS status,
  { held_together: t.pairs, threshold_pairs: $pairs } AS evidence
FROM identities i LEFT JOIN together t ON t.identity_uid = i.uid
WHERE i.managed_by = 'customer' AND i.class <> 'human' AND i.enabled IS DISTINCT FROM false AND i.kind <> 'root-user'
