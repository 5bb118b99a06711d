/*---
id: owner-gone
title: Owner of the identity has left or is known to nobody
category: orphaned
severity: medium
needs: [identities, owners]
subjects: [identities]
identify_by: [identity_uid, subject_uid]
playbook: assign-owner
about: >-
  A name on record that answers to nobody looks like ownership and is none. The source of people, or the system itself, says
  that the person is not active, the team has no active member, or there is no such name. One owner who stands is
  enough. What the rule cannot see: without a source of people nobody can be missed. Where coverage says that people were
  looked up (the feed `owners`, the call `people`) and not teams, an identity whose owner is a team is unknown; where it says
  neither, each scope is unknown, once, for all whose owner stands. Contradicting sources are unknown too. Identities without
  any owner are the matter of no-owner. People, root users, disabled and provider-managed identities are left out.
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
    expect: [{ subject_uid: 'aws:111111111111#people', status: unknown }]
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
    bool_or(people) AS people, bool_or(teams) AS teams
  FROM owners, looked_up GROUP BY identity_uid
),
judged AS (
  SELECT said.*, i.system, i.scope_uid, i.class,
    CASE
      WHEN said.conflicting THEN 'unknown'
      WHEN NOT said.standing THEN 'fail'
      WHEN said.found THEN 'pass'
      WHEN said.people OR said.teams THEN 'unknown'
    END AS status
  FROM said JOIN identities i ON i.uid = said.identity_uid
  WHERE i.managed_by = 'customer' AND i.class <> 'human' AND i.enabled IS DISTINCT FROM false AND i.kind <> 'root-user'
),
-- A list for every identity would not fit into the memory of a large estate: only for those that do not pass.
named AS (
  SELECT identity_uid, list_sort(list({ source: source, owner: owner, kind: kind, state: state }))[:10] AS sources
  FROM owners SEMI JOIN (SELECT identity_uid FROM judged WHERE status <> 'pass') open USING (identity_uid)
  GROUP BY identity_uid
)
SELECT j.identity_uid, NULL AS subject_uid, j.system, j.scope_uid, j.status,
  { sources: n.sources, people_were_looked_up: j.people, teams_were_looked_up: j.teams, class: j.class, identities: NULL::BIGINT } AS evidence
FROM judged j LEFT JOIN named n USING (identity_uid)
WHERE j.status IS NOT NULL
UNION ALL
SELECT NULL, scope_uid || '#people', any_value(system), scope_uid, 'unknown',
  { sources: NULL, people_were_looked_up: false, teams_were_looked_up: false, class: NULL, identities: count(*) }
FROM judged WHERE status IS NULL GROUP BY scope_uid
