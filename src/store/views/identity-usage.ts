import { flag, list, optionalTime, text } from '../columns.ts';
import type { View } from '../views.ts';

export const identityUsage: View = {
  name: 'identity_usage',
  about:
    'What all sources together say about the use of an identity. One row for each identity with any evidence: an identity without a row was not measured.',
  columns: {
    identity_uid: text('The identity (`identities.uid`).'),
    last_used_at: optionalTime(
      'The latest use that any source saw, of the identity, a credential or a permission; NULL: none seen.',
    ),
    window_start: optionalTime('From when on the first source looked; NULL: none says.'),
    window_end: optionalTime('Until when the last source looked; NULL: none says.'),
    whole: flag(
      'True: a source looked at the identity as a whole. False: only at credentials or permissions of it, so that it may have been used unseen.',
    ),
    sources: list('The sources, sorted; `credentials` where a credential’s own last use is one.'),
    blind_spots: list('What one or another source cannot see, sorted.'),
  },
  // That one permission was not used says nothing about the identity, so such rows count only with a use.
  sql: `
    WITH evidence AS (
      SELECT identity_uid, source, blind_spots, last_used_at, window_start, window_end, subject = 'identity' AS whole
      FROM usages WHERE subject <> 'permission' OR last_used_at IS NOT NULL
      UNION ALL
      SELECT identity_uid, 'credentials', [], last_used_at, NULL, NULL, false
      FROM credentials WHERE last_used_evidence <> 'none'
    ),
    by_source AS (
      SELECT identity_uid, source, blind_spots, max(last_used_at) AS last_used_at, min(window_start) AS window_start,
        max(window_end) AS window_end, bool_or(whole) AS whole
      FROM evidence GROUP BY identity_uid, source, blind_spots
    )
    SELECT identity_uid, max(last_used_at) AS last_used_at, min(window_start) AS window_start,
      max(window_end) AS window_end, bool_or(whole) AS whole, list_sort(list_distinct(list(source))) AS sources,
      list_sort(list_distinct(flatten(list(blind_spots)))) AS blind_spots
    FROM by_source GROUP BY identity_uid`,
};
