/*---
id: application-owner-is-unprivileged-person
title: Person without privilege owns an application that has it
category: trust
severity: high
systems: [azure]
needs: [identities, trusts, grants, roles]
subjects: [identities, trusts]
identify_by: [identity_uid, subject_uid]
playbook: remove-binding
about: >-
  An owner of an application or service principal adds credentials to it and then acts as it. Where the application is an
  administrator or may decide who is one, and its owner is a person who is neither by a role of their own, that person is
  an administrator whom no list of administrators shows; whoever takes over their account is one too. Rights that can only
  be activated, or that hold under a condition, count for the application. Where it is not known whether a person stands
  behind the owner, or what the application may do, the answer is unknown. Owners by way of a group do not exist in Entra.
remedy:
  - Ask the owner what they do with the application, and name a team account or a privileged one instead.
  - Remove the person from the owners of the application and of its service principal.
  - Look through the log for credentials that were added meanwhile.
examples:
  - name: a person who is nothing else
    given:
      identities:
        - { uid: 'entra:t:user:ann', system: azure, scope_uid: 'entra:t', kind: user, class: human }
        - { uid: 'entra:t:application:app', system: azure, scope_uid: 'entra:t', kind: application }
      trusts:
        - uid: o
          system: azure
          scope_uid: 'entra:t'
          identity_uid: 'entra:t:application:app'
          trusted: 'entra:t:user:ann'
          trusted_kind: identity
          mechanism: application-owner
      entitlements: [{ identity_uid: 'entra:t:application:app', capability: admin, scope_uid: 'entra:t' }]
    expect: [{ identity_uid: 'entra:t:application:app', subject_uid: o, status: fail }]
  - name: an administrator
    given:
      identities:
        - { uid: 'entra:t:user:ann', system: azure, scope_uid: 'entra:t', kind: user, class: human }
        - { uid: 'entra:t:application:app', system: azure, scope_uid: 'entra:t', kind: application }
      trusts:
        - uid: o
          system: azure
          scope_uid: 'entra:t'
          identity_uid: 'entra:t:application:app'
          trusted: 'entra:t:user:ann'
          trusted_kind: identity
          mechanism: application-owner
      entitlements:
        - { identity_uid: 'entra:t:application:app', capability: admin, scope_uid: 'entra:t' }
        - { identity_uid: 'entra:t:user:ann', capability: admin, scope_uid: 'entra:t' }
    expect: [{ identity_uid: 'entra:t:application:app', subject_uid: o, status: pass }]
---*/
WITH owned AS (
  SELECT t.uid, t.identity_uid, t.system, t.scope_uid, t.trusted AS owner
  FROM trusts t JOIN identities i ON i.uid = t.identity_uid
  WHERE t.system = 'azure' AND t.mechanism = 'application-owner' AND t.certainty <> 'claimed'
    AND i.managed_by = 'customer'
),
-- Whoever owns the application is its service principals too.
reached AS (
  SELECT uid, identity_uid AS holder FROM owned
  UNION
  SELECT o.uid, t.identity_uid FROM owned o JOIN trusts t ON t.trusted = o.identity_uid
  WHERE t.mechanism = 'application-of' AND t.certainty <> 'claimed'
),
privileged AS (
  SELECT identity_uid, bool_or(certainty <> 'unknown') AS known, list_sort(list(DISTINCT capability)) AS capabilities
  FROM entitlements
  WHERE capability IN ('admin', 'identity-admin')
  GROUP BY identity_uid
),
applications AS (
  SELECT r.uid, bool_or(p.known) AS known, list_sort(list_distinct(flatten(list(p.capabilities)))) AS capabilities,
    list_sort(list(DISTINCT p.identity_uid)) AS through
  FROM reached r JOIN privileged p ON p.identity_uid = r.holder
  GROUP BY r.uid
)
SELECT o.identity_uid, o.uid AS subject_uid, o.system, o.scope_uid,
  CASE
    WHEN a.uid IS NULL OR i.class = 'non-human' OR p.known THEN 'pass'
    WHEN a.known AND i.class = 'human' AND p.identity_uid IS NULL THEN 'fail'
    ELSE 'unknown'
  END AS status,
  { owner: o.owner, owner_class: i.class, owner_can: p.capabilities, application_can: a.capabilities,
    through: a.through } AS evidence
FROM owned o
LEFT JOIN identities i ON i.uid = o.owner
LEFT JOIN applications a ON a.uid = o.uid
LEFT JOIN privileged p ON p.identity_uid = o.owner
