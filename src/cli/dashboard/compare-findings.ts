import type { FindingChanges } from '#dashboard/given.ts';
import { SEVERITIES } from '#model/finding.ts';
import { openPair } from '#store/read/open-pair.ts';

/** So many of the new ones are named. */
const NAMED = 8;

/** Which findings came and went from one snapshot to a later one. */
export async function compareFindings(dataDir: string, from: string, to: string): Promise<FindingChanges> {
  const pair = await openPair({ dataDir, which: from }, { dataDir, which: to });
  try {
    const bySeverity = await pair.all<FindingChanges['bySeverity'][number]>(
      `SELECT coalesce(a.severity, b.severity) AS severity,
         count(*) FILTER (a.status = 'fail' AND b.status IS DISTINCT FROM 'fail') AS opened,
         count(*) FILTER (b.status = 'fail' AND a.id IS NULL) AS closed,
         count(*) FILTER (b.status = 'fail' AND a.status = 'unknown') AS undecided
       FROM after.findings a FULL JOIN before.findings b ON b.id = a.id
       GROUP BY 1 HAVING opened + closed + undecided > 0 ORDER BY list_position($ranks, severity)`,
      { ranks: SEVERITIES },
    );
    const worst = await pair.all<FindingChanges['worst'][number]>(
      `SELECT a.id, a.severity, a.status, a.title, a.subject_uid
       FROM after.findings a LEFT JOIN before.findings b ON b.id = a.id
       WHERE a.status = 'fail' AND b.status IS DISTINCT FROM 'fail'
       ORDER BY list_position($ranks, a.severity), a.rule_id, a.identity_uid, a.id LIMIT $limit`,
      { ranks: SEVERITIES, limit: NAMED },
    );
    return { from, bySeverity, worst };
  } finally {
    await pair.close();
  }
}
