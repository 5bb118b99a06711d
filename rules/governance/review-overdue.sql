/*---
id: review-overdue
title: Review of the identity is overdue
category: governance
severity: low
needs: [identities]
subjects: [identities]
params:
  due_keys:
    default: [review-by, review-due, next-review]
    about: Tags, labels and annotations that say until when an identity must be reviewed; compared without case and punctuation.
  done_keys:
    default: [last-review, last-reviewed, reviewed-on]
    about: Those that say when it was reviewed last.
  days: { default: 365, min: 1, max: 3650, about: Whole days from one review to the next where only the last one is written. }
identify_by: [identity_uid, subject_uid]
playbook: review-access
about: >-
  Rights that nobody looks at again only grow. An identity says in a tag, label or annotation when its next review is due
  or when its last one was; the earliest due day counts. An identity without such a date, or with one that is no date
  (`2026-11-30`), is unknown; in a scope where no identity has one, the scope itself is, once. The rule cannot see reviews
  that are recorded elsewhere, nor whether anybody looked.
remedy:
  - Have its owner review what the identity may do and whether it is still needed.
  - Take away what is not, and write the day of the next review on the identity.
examples:
  - name: a day that is over
    given:
      identities: [{ uid: 'arn:aws:iam::111111111111:role/app', tags: { review-by: '2026-01-29' } }]
    expect: [{ identity_uid: 'arn:aws:iam::111111111111:role/app', status: fail }]
  - name: the day itself
    given:
      identities: [{ uid: 'arn:aws:iam::111111111111:role/app', tags: { review-by: '2026-01-31' } }]
    expect: [{ identity_uid: 'arn:aws:iam::111111111111:role/app', status: pass }]
  - name: no dates at all
    given:
      identities: [{ uid: 'arn:aws:iam::111111111111:role/app' }]
    expect: [{ subject_uid: 'aws:111111111111#review-dates', status: unknown }]
---*/
WITH judged AS (
  SELECT uid, system, scope_uid, tags, raw -> '$.annotations' AS annotations
  FROM identities
  WHERE managed_by = 'customer' AND class <> 'human' AND enabled IS DISTINCT FROM false
),
keys AS (
  SELECT list_transform($due_keys, lambda each: regexp_replace(lower(each), '[^a-z0-9]', '', 'g')) AS due,
    list_transform($done_keys, lambda each: regexp_replace(lower(each), '[^a-z0-9]', '', 'g')) AS done
),
-- Of many identities the keys are few. A prefix such as `acme.example/` says whose key it is, and the name comes after it.
names AS (
  SELECT key, regexp_replace(lower(regexp_extract(key, '[^/]*$')), '[^a-z0-9]', '', 'g') AS name,
    '$."' || replace(replace(key, '\', '\\'), '"', '\"') || '"' AS path
  FROM (SELECT unnest(json_keys(tags)) AS key FROM judged UNION SELECT unnest(json_keys(annotations)) FROM judged)
),
wanted AS (
  SELECT key, name, path, list_contains(due, name) AS is_due FROM names, keys
  WHERE list_contains(due, name) OR list_contains(done, name)
),
written AS (
  SELECT uid, tags AS said, '{}'::JSON AS said_before, unnest(json_keys(tags)) AS key FROM judged
  UNION ALL
  -- A tag stands before an annotation of the same name.
  SELECT uid, annotations, tags, unnest(json_keys(annotations)) FROM judged WHERE annotations IS NOT NULL
),
said AS (
  SELECT w.uid, wanted.name, wanted.is_due, json_extract_string(w.said, wanted.path) AS value
  FROM written w JOIN wanted USING (key) WHERE NOT json_exists(w.said_before, wanted.path)
),
dates AS (
  SELECT uid, name, value,
    CASE WHEN regexp_matches(value, '^\d{4}-\d{2}-\d{2}') THEN try_cast(left(value, 10) AS DATE) END
      + CASE WHEN is_due THEN 0 ELSE $days END AS due
  FROM said
),
reviews AS (
  SELECT uid, min(due) AS due, bool_or(due IS NULL) AS unread, list_sort(list({ key: name, value: value }))[:10] AS dates
  FROM dates GROUP BY uid
),
dated AS (SELECT DISTINCT scope_uid FROM judged SEMI JOIN reviews USING (uid))
SELECT j.uid AS identity_uid, NULL AS subject_uid, j.system, j.scope_uid,
  CASE
    WHEN r.due < $as_of::DATE THEN 'fail'
    WHEN r.due IS NULL OR r.unread THEN 'unknown'
    ELSE 'pass'
  END AS status,
  {
    due: r.due,
    days_overdue: greatest(date_diff('day', r.due, $as_of::DATE), 0),
    threshold_days: $days,
    dates: r.dates,
    identities: NULL::BIGINT
  } AS evidence
FROM judged j JOIN dated USING (scope_uid) LEFT JOIN reviews r USING (uid)
UNION ALL
SELECT NULL, j.scope_uid || '#review-dates', any_value(j.system), j.scope_uid, 'unknown',
  { due: NULL, days_overdue: NULL, threshold_days: $days, dates: NULL, identities: count(*) }
FROM judged j ANTI JOIN dated USING (scope_uid)
GROUP BY j.scope_uid
