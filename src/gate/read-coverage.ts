import type { Reader } from '#store/reader.ts';
import type { ScopeCoverage } from './verdict.ts';

/**
 * How much was read of each scope that holds identities or of which anything is recorded, sorted. A feed is complete
 * where every call that it takes is.
 */
export function readCoverage(reader: Reader): Promise<ScopeCoverage[]> {
  return reader.all<ScopeCoverage>(
    `WITH feeds AS (
       SELECT scope_uid, bool_and(status = 'complete') AS whole
       FROM coverage WHERE feed IS NOT NULL AND scope_uid IS NOT NULL GROUP BY system, scope_uid, feed
     )
     SELECT s.scope_uid AS "scopeUid", count(f.whole) FILTER (f.whole) AS complete, count(f.whole) AS total
     FROM (SELECT scope_uid FROM identities UNION SELECT scope_uid FROM feeds) s
     LEFT JOIN feeds f ON f.scope_uid = s.scope_uid
     GROUP BY s.scope_uid ORDER BY s.scope_uid`,
  );
}

/** How many calls and files that were not read completely belong to no scope: no scope's coverage tells of them. */
export async function countGapsOfNoScope(reader: Reader): Promise<number> {
  const [row] = await reader.all<{ n: number }>(
    `SELECT count(*) AS n FROM coverage WHERE status <> 'complete' AND (scope_uid IS NULL OR feed IS NULL)`,
  );
  return row?.n ?? 0;
}

/** How many results of rules a snapshot has. */
export async function countRuleResults(reader: Reader): Promise<number> {
  const [row] = await reader.all<{ n: number }>('SELECT count(*) AS n FROM rule_results');
  return row?.n ?? 0;
}
