/*---
id: owner-conflicting
title: Sources name different owners for the identity
category: orphaned
severity: low
needs: [identities, owners]
subjects: [identities]
identify_by: [identity_uid]
playbook: assign-owner
about: >-
  When a tag names one team and the registry another, each takes the other for responsible and nobody acts. Two
  sources contradict each other where they name different people, or different teams, that may both exist; a person beside
  a team is no contradiction, and neither is somebody who has left. Judged are identities of which any source names an owner; those
  without one are the matter of no-owner. The rule cannot see that two names mean one team unless the source of people says
  so. People, root users, disabled and provider-managed identities are left out.
remedy:
  - Ask both which of them decides about the identity.
  - Correct the source that is wrong, best where the identity is declared.
examples:
  - name: a tag and the registry disagree
    given:
      identities: [{ uid: app }]
      owners:
        - { identity_uid: app, owner: web, source: 'tag:owner', state: conflicting }
        - { identity_uid: app, owner: pay, source: registry, state: conflicting }
    expect: [{ identity_uid: app, status: fail }]
  - name: one source
    given:
      identities: [{ uid: app }]
      owners: [{ identity_uid: app, owner: web, source: 'tag:owner' }]
    expect: [{ identity_uid: app, status: pass }]
---*/
WITH said AS (SELECT identity_uid, bool_or(state = 'conflicting') AS conflicting FROM owners GROUP BY identity_uid),
-- A list for every identity would not fit into the memory of a large estate: only for those that do not pass.
named AS (
  SELECT identity_uid, list_sort(list({ source: source, owner: owner, kind: kind, state: state }))[:10] AS sources
  FROM owners SEMI JOIN (SELECT identity_uid FROM said WHERE conflicting) torn USING (identity_uid)
  GROUP BY identity_uid
)
SELECT i.uid AS identity_uid, NULL AS subject_uid, i.system, i.scope_uid,
  CASE WHEN said.conflicting THEN 'fail' ELSE 'pass' END AS status,
  { sources: named.sources, class: i.class } AS evidence
FROM said JOIN identities i ON i.uid = said.identity_uid LEFT JOIN named ON named.identity_uid = said.identity_uid
WHERE i.managed_by = 'customer' AND i.class <> 'human' AND i.enabled IS DISTINCT FROM false AND i.kind <> 'root-user'
