import type { Coverage } from '#model/scope.ts';
import type { Tone } from '../screen.ts';
import { marksFor } from './marks.ts';

/** A row of coverage as the list has it. */
export interface GapRow {
  readonly state: string;
  readonly status: string;
  readonly feed: string;
  readonly scope: string;
  readonly system: string;
  readonly call: string;
  readonly missing: string;
  readonly detail: string;
}

/** From worst to best: what nobody tried is known better than what was refused. */
const STATES: readonly Coverage['status'][] = ['failed', 'denied', 'partial', 'skipped', 'complete'];

/** How a state is toned; only what is complete is good. */
export function stateTone(status: string): Tone {
  if (status === 'complete') return 'good';
  return status === 'failed' || status === 'denied' ? 'bad' : 'warning';
}

/** Everything that coverage says, and a row for every scope of identities that it says nothing of. */
export function coverageSql(ascii: boolean): string {
  const marks = marksFor(ascii).coverage;
  const cases = STATES.map((each) => `WHEN '${each}' THEN '${marks[each]} ${each}'`).join(' ');
  return `
    WITH RECURSIVE homes AS (SELECT DISTINCT system, scope_uid FROM identities),
    above(home, uid) AS (
      SELECT scope_uid, scope_uid FROM homes
      UNION
      SELECT above.home, s.parent_uid FROM above JOIN scopes s ON s.uid = above.uid WHERE s.parent_uid IS NOT NULL
    ),
    said AS (SELECT DISTINCT home FROM above SEMI JOIN coverage c ON c.scope_uid = above.uid),
    everything AS (
      SELECT system, scope_uid, feed, call, status, missing_permission, detail FROM coverage
      UNION ALL
      SELECT system, scope_uid, NULL, 'none', 'skipped', NULL, 'nothing says what was read here'
      FROM homes ANTI JOIN said ON said.home = homes.scope_uid
    )
    SELECT concat_ws('|', scope_uid, feed, call, status, detail) AS key, status,
      CASE status ${cases} ELSE status END AS state,
      coalesce(list_position([${STATES.map((each) => `'${each}'`).join(', ')}], status), 0) AS rank,
      coalesce(feed, 'none') AS feed, coalesce(scope_uid, 'not known') AS scope,
      coalesce(missing_permission, '') AS missing, call, coalesce(detail, '') AS detail,
      coalesce(system, 'not known') AS system
    FROM everything`;
}
