import type { Changes } from '#dashboard/given.ts';
import { compare } from '#drift/compare.ts';
import type { Direction } from '#model/drift.ts';
import { SEVERITIES } from '#model/finding.ts';
import { openPair } from '#store/read/open-pair.ts';
import type { Reader } from '#store/reader.ts';

/** So many of the new findings are named. */
const NAMED = 8;

/** Counts what came and went from one snapshot to a later one. */
export async function countChanges(dataDir: string, from: string, to: string): Promise<Changes> {
  const pair = await openPair({ dataDir, which: from }, { dataDir, which: to });
  try {
    const params = { ranks: SEVERITIES };
    return {
      from,
      access: await countAccess(pair),
      findings: await pair.all<Changes['findings'][number]>(FINDINGS, params),
      worst: await pair.all<Changes['worst'][number]>(WORST, params),
    };
  } finally {
    await pair.close();
  }
}

async function countAccess(pair: Reader): Promise<ReadonlyMap<Direction, number>> {
  const counts = new Map<Direction, number>();
  for await (const batch of compare(pair)) {
    for (const { direction } of batch) counts.set(direction, (counts.get(direction) ?? 0) + 1);
  }
  return counts;
}

/** A finding of a scope that is not in the later snapshot is not closed: nobody looked. */
const FINDINGS = `
  SELECT coalesce(a.severity, b.severity) AS severity,
    count(*) FILTER (a.status = 'fail' AND b.status IS DISTINCT FROM 'fail') AS opened,
    count(*) FILTER (b.status = 'fail' AND a.id IS NULL AND (b.scope_uid IS NULL OR s.uid IS NOT NULL)) AS closed,
    count(*) FILTER (b.status = 'fail' AND (a.status = 'unknown'
      OR (a.id IS NULL AND b.scope_uid IS NOT NULL AND s.uid IS NULL))) AS undecided
  FROM after.findings a FULL JOIN before.findings b ON b.id = a.id
  LEFT JOIN after.scopes s ON s.uid = b.scope_uid
  GROUP BY 1 HAVING opened + closed + undecided > 0
  ORDER BY list_position($ranks, any_value(coalesce(a.severity, b.severity)))`;

const WORST = `
  SELECT a.id, a.severity, a.status, a.title, a.subject_uid
  FROM after.findings a LEFT JOIN before.findings b ON b.id = a.id
  WHERE a.status = 'fail' AND b.status IS DISTINCT FROM 'fail'
  ORDER BY list_position($ranks, a.severity), a.rule_id, a.identity_uid, a.id LIMIT ${NAMED}`;
