/*---
id: owner-gone
title: Owner of the identity has left or is known to nobody
category: orphaned
severity: medium
needs: [identities, owners]
subjects: [identities]
identify_by: [identity_uid]
playbook: assign-owner
about: >-
  A name on record that answers to nobody looks like ownership and is none. The source of people, or the system itself, says
  that the person is not active, the team has no active member, or there is no such name. One owner who stands is
  enough. What the rule cannot see: without a source of people nobody can be missed, so a standing owner of whom no
  source says that he is gone is unknown, unless the snapshot shows that people were looked up, by any owner in the system
  who was found gone. Contradicting sources are unknown too. Identities without any owner are the matter of no-owner. People,
  root users, disabled and provider-managed identities are left out.
remedy:
  - Ask the team or the manager of whoever left who takes over.
  - Write the new owner where the scan reads it.
  - Where nobody takes over, treat the identity as unused.
examples:
  - name: the owner left
    given:
      identities: [{ uid: app }]
      owners: [{ identity_uid: app, owner: ann, state: owner-left }]
    expect: [{ identity_uid: app, status: fail }]
  - name: nobody looked the owner up
    given:
      identities: [{ uid: app }]
      owners: [{ identity_uid: app, owner: ann, state: declared }]
    expect: [{ identity_uid: app, status: unknown }]
---*/
WITH said AS (
  SELECT identity_uid, system,
    bool_or(state IN ('declared', 'corroborated', 'inferred')) AS standing,
    bool_or(state = 'conflicting') AS conflicting,
    list({ owner: owner, source: source, state: state } ORDER BY source, owner)[:10] AS sources
  FROM owners GROUP BY ALL
),
looked_up AS (SELECT DISTINCT system FROM owners WHERE state IN ('owner-left', 'orphaned'))
SELECT i.uid AS identity_uid, NULL AS subject_uid,
  CASE
    WHEN said.conflicting THEN 'unknown'
    WHEN NOT said.standing THEN 'fail'
    WHEN looked_up.system IS NULL THEN 'unknown'
    ELSE 'pass'
  END AS status,
  { sources: said.sources, people_were_looked_up: looked_up.system IS NOT NULL, class: i.class } AS evidence
FROM said JOIN identities i ON i.uid = said.identity_uid LEFT JOIN looked_up ON looked_up.system = said.system
WHERE i.managed_by = 'customer' AND i.class <> 'human' AND i.enabled IS DISTINCT FROM false AND i.kind <> 'root-user'
