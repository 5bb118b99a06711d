/*---
id: identity-absent-from-registry
title: Identity is not in the registry of record
category: orphaned
severity: low
needs: [identities]
subjects: [identities]
identify_by: [identity_uid, subject_uid]
playbook: assign-owner
about: >-
  What the registry does not know was made past the process that should have asked who needs it, who answers for it and
  until when. Judged are all identities of a system of which the registry names any, by name or by pattern, whether the
  entry is still attested or not. Where no entry names an identity of the system, it is not known whether the registry is
  meant for it: each scope is unknown, once. People, root users, disabled and provider-managed
  identities are left out, and the default service account of a namespace, which comes with it. The rule cannot see whether
  an entry is right, nor whether a pattern is too wide.
remedy:
  - Find out who made the identity, from the log of its creation, and what uses it.
  - Enter it with its owner, or take it out of service.
  - Let the pipeline that makes identities write the entry.
examples:
  - name: one is registered and the other is not
    given:
      identities: [{ uid: known }, { uid: shadow }]
      owners: [{ identity_uid: known, owner: web, source: registry }]
    expect: [{ identity_uid: known, status: pass }, { identity_uid: shadow, status: fail }]
  - name: no registry
    given:
      identities: [{ uid: app }]
      owners: [{ identity_uid: app, owner: web, source: 'tag:owner' }]
    expect: [{ subject_uid: 'aws:111111111111#registry', status: unknown }]
---*/
WITH judged AS (
  SELECT uid, system, scope_uid, class, created_at FROM identities
  WHERE managed_by = 'customer' AND class <> 'human' AND enabled IS DISTINCT FROM false AND kind <> 'root-user'
    -- Names of others that a binding or a node brings are no objects that anybody registers.
    AND NOT (system = 'kubernetes' AND (kind <> 'service-account' OR uid LIKE '%/default'))
),
entries AS (
  SELECT identity_uid, any_value(system) AS system, list_sort(list_distinct(list(owner)))[:10] AS owners
  FROM owners WHERE source IN ('registry', 'registry:backup') GROUP BY identity_uid
),
kept AS (SELECT system, count(*) AS entries FROM entries GROUP BY system)
SELECT j.uid AS identity_uid, NULL AS subject_uid, j.system, j.scope_uid,
  CASE WHEN e.identity_uid IS NULL THEN 'fail' ELSE 'pass' END AS status,
  {
    registered_owners: e.owners,
    registered_identities_of_the_system: kept.entries,
    created_at: j.created_at,
    class: j.class,
    identities: NULL::BIGINT
  } AS evidence
FROM judged j JOIN kept USING (system) LEFT JOIN entries e ON e.identity_uid = j.uid
UNION ALL
SELECT NULL, j.scope_uid || '#registry', any_value(j.system), j.scope_uid, 'unknown',
  { registered_owners: NULL, registered_identities_of_the_system: 0, created_at: NULL, class: NULL, identities: count(*) }
FROM judged j ANTI JOIN kept USING (system)
GROUP BY j.scope_uid
