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
  enough. What the rule cannot see: without a source of people nobody can be missed, so a person who stands is unknown where
  coverage does not say that people were looked up (the feed `owners`, the call `people`), and a team where it does not say
  so of `teams`. Contradicting sources are unknown too. Identities without any owner are the matter of no-owner. People,
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
      owners: [{ identity_uid: app, owner: ann, kind: person, state: declared }]
    expect: [{ identity_uid: app, status: unknown }]
  - name: the owner was looked up and stands
    given:
      identities: [{ uid: app }]
      owners: [{ identity_uid: app, owner: ann, kind: person, state: declared }]
      coverage: [{ system: null, scope_uid: null, feed: owners, call: people }]
    expect: [{ identity_uid: app, status: pass }]
---*/
WITH looked_up AS (
  SELECT coalesce(bool_or(call = 'people'), false) AS people, coalesce(bool_or(call = 'teams'), false) AS teams
  FROM coverage WHERE feed = 'owners' AND scope_uid IS NULL AND status = 'complete' AND call IN ('people', 'teams')
),
said AS (
  SELECT identity_uid,
    bool_or(state IN ('declared', 'corroborated', 'inferred')) AS standing,
    bool_or(state IN ('declared', 'corroborated', 'inferred')
      AND CASE kind WHEN 'person' THEN people WHEN 'team' THEN teams ELSE people AND teams END) AS found,
    bool_or(state = 'conflicting') AS conflicting,
    list({ owner: owner, kind: kind, source: source, state: state } ORDER BY source, owner)[:10] AS sources
  FROM owners, looked_up GROUP BY identity_uid
)
SELECT i.uid AS identity_uid, NULL AS subject_uid,
  CASE
    WHEN said.conflicting THEN 'unknown'
    WHEN NOT said.standing THEN 'fail'
    WHEN said.found THEN 'pass'
    ELSE 'unknown'
  END AS status,
  { sources: said.sources, people_were_looked_up: looked_up.people, teams_were_looked_up: looked_up.teams, class: i.class } AS evidence
FROM said JOIN identities i ON i.uid = said.identity_uid, looked_up
WHERE i.managed_by = 'customer' AND i.class <> 'human' AND i.enabled IS DISTINCT FROM false AND i.kind <> 'root-user'
