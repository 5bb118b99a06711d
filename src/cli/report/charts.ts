import { pathsTo, type BecomePath } from '#access/reach/index.ts';
import {
  CREDENTIAL_AGE_DAYS,
  type AdminWay,
  type CredentialAges,
  type ReportInput,
  type TrendPoint,
} from '#contract/report.ts';
import { StoreError } from '#model/errors.ts';
import { SEVERITIES, type Severity } from '#model/finding.ts';
import { readAdminTargets, readBecomeGraph } from '#scan/become-graph.ts';
import { snapshotIds } from '#store/read/list-snapshots.ts';
import { openSnapshot, type Snapshot } from '#store/read/open-snapshot.ts';
import { isSnapshotId } from '#store/snapshot-id.ts';
import { note, type Io } from '../io.ts';

/** Ways that reports hold, and identities that each names. */
const LIMIT = { ways: 100, identities: 50 };

/** The ages of credentials by kind, those that are disabled left out. */
export function readCredentialAges(snapshot: Snapshot): Promise<CredentialAges[]> {
  const counts = CREDENTIAL_AGE_DAYS.map((days, at) => {
    const [above] = CREDENTIAL_AGE_DAYS.slice(0, at).toReversed();
    return `count(*) FILTER (age <= ${days}${above === undefined ? '' : ` AND age > ${above}`})`;
  });
  const oldest = `count(*) FILTER (age > ${CREDENTIAL_AGE_DAYS.at(-1)})`;
  return snapshot.all<CredentialAges & object>(
    `SELECT kind, [${[...counts, oldest].join(', ')}] AS counts, count(*) FILTER (age IS NULL) AS unknown
     FROM (
       SELECT kind, date_diff('day', created_at, (SELECT as_of FROM snapshot)) AS age
       FROM credentials WHERE enabled IS DISTINCT FROM false
     ) GROUP BY kind ORDER BY count(*) DESC, kind`,
  );
}

/** The ways by which identities that are no administrators become one: certain, most used, shortest first. */
export async function readAdminWays(snapshot: Snapshot): Promise<NonNullable<ReportInput['adminWays']>> {
  const paths = pathsTo(await readBecomeGraph(snapshot), await readAdminTargets(snapshot));
  const identities = await snapshot.all<{ uid: string }>(
    "SELECT uid FROM identities WHERE managed_by = 'customer' ORDER BY uid",
  );
  const groups = new Map<string, { path: BecomePath; identities: string[] }>();
  for (const { uid } of identities) {
    const path = paths.pathOf(uid);
    if (path === null || path === undefined || path.hops.length === 0) continue;
    const key = JSON.stringify([path.certainty, path.hops.map(({ to, via }) => [to, via])]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { path, identities: [uid] });
    else group.identities.push(uid);
  }
  const ways = [...groups.values()].map(({ path, identities: all }): AdminWay => ({
    count: all.length,
    identities: all.slice(0, LIMIT.identities),
    certainty: path.certainty,
    hops: path.hops.map(({ to, via, permissions }) => ({ to, via, permissions })),
  }));
  const rank = ({ certainty }: AdminWay): number => (certainty === 'certain' ? 0 : 1);
  ways.sort((a, b) => rank(a) - rank(b) || b.count - a.count || a.hops.length - b.hops.length);
  return { ways: ways.slice(0, LIMIT.ways), left: Math.max(0, ways.length - LIMIT.ways) };
}

/** The last so many snapshots up to this one, oldest first; those that cannot be read are named and left out. */
export async function readTrend(
  dataDir: string,
  snapshot: Snapshot,
  wanted: number,
  io: Io,
): Promise<TrendPoint[]> {
  const ids = (await snapshotIds(dataDir)).filter((id) => isSnapshotId(id) && id < snapshot.info.id);
  const points: TrendPoint[] = [];
  for (const id of ids.slice(0, wanted - 1).toReversed()) {
    try {
      const earlier = await openSnapshot(dataDir, id);
      try {
        points.push(await pointOf(earlier));
      } finally {
        await earlier.close();
      }
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      await note(io, `${id} is left out of the trend: ${error.message}`);
    }
  }
  return [...points, await pointOf(snapshot)];
}

async function pointOf(snapshot: Snapshot): Promise<TrendPoint> {
  const { id, asOf } = snapshot.info;
  const rows = await snapshot.all<{ severity: Severity; status: string; n: number }>(
    'SELECT severity, status, count(*) AS n FROM findings GROUP BY ALL',
  );
  const [population] = await snapshot.all<{ n: number }>('SELECT count(*) AS n FROM identities');
  const count = (severity: Severity): number =>
    rows.find((row) => row.severity === severity && row.status === 'fail')?.n ?? 0;
  const [critical, high, medium, low, info] = SEVERITIES.map(count);
  return {
    snapshot: id,
    asOf,
    identities: population?.n ?? 0,
    failed: {
      critical: critical ?? 0,
      high: high ?? 0,
      medium: medium ?? 0,
      low: low ?? 0,
      info: info ?? 0,
    },
    unknown: rows.filter(({ status }) => status === 'unknown').reduce((sum, { n }) => sum + n, 0),
  };
}
