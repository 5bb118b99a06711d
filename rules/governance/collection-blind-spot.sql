/*---
id: collection-blind-spot
title: Part of what the scan should see could not be read
category: governance
severity: low
needs: []
fixed_severity: true
identify_by: [subject_uid]
playbook: complete-collection
about: >-
  What was not read cannot be judged: rules answer unknown there, and a list without findings looks better than it is.
  Judged is each feed of each scope. One that was refused, failed, or was read with gaps fails, and the evidence names the
  calls, the missing permissions and what is missing. Of a feed that nobody tried to read the answer is unknown; where one
  source was read whole, others that nobody tried take nothing from it. The rule cannot see accounts, clusters and systems that the scan
  was never told of.
remedy:
  - Give the scanner the permission that the evidence names, or supply the export that is missing.
  - Scan again, and see in the coverage that the feed is complete.
  - Where a source can tell no more, waive the finding and say what stands in for it.
examples:
  - name: a call that was refused
    given:
      coverage: [{ scope_uid: 'aws:111111111111', feed: grants, call: 'list grants', status: denied }]
      identities: []
    expect:
      - { subject_uid: 'aws:111111111111#grants', status: fail }
      - { subject_uid: 'aws:111111111111#credentials', status: pass }
      - { subject_uid: 'aws:111111111111#groups', status: pass }
      - { subject_uid: 'aws:111111111111#guardrails', status: pass }
      - { subject_uid: 'aws:111111111111#identities', status: pass }
      - { subject_uid: 'aws:111111111111#owners', status: pass }
      - { subject_uid: 'aws:111111111111#resource-policies', status: pass }
      - { subject_uid: 'aws:111111111111#roles', status: pass }
      - { subject_uid: 'aws:111111111111#trusts', status: pass }
      - { subject_uid: 'aws:111111111111#usages', status: pass }
      - { subject_uid: 'aws:111111111111#workloads', status: pass }
  - name: nothing was read and nothing was tried
    given: {}
    expect: []
---*/
SELECT NULL AS identity_uid, scope_uid || '#' || feed AS subject_uid, any_value(system) AS system, scope_uid,
  CASE
    WHEN bool_or(status IN ('denied', 'failed', 'partial')) THEN 'fail'
    WHEN bool_and(status = 'skipped') THEN 'unknown'
    ELSE 'pass'
  END AS status,
  {
    feed: feed,
    gaps: list({ call: call, status: status, missing_permission: missing_permission, detail: detail }
      ORDER BY call, status, detail) FILTER (status <> 'complete')[:10]
  } AS evidence
FROM coverage
WHERE scope_uid IS NOT NULL AND feed IS NOT NULL
GROUP BY scope_uid, feed
