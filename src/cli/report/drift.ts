import type { ReportDrift } from '#contract/report.ts';
import type { Snapshot } from '#store/read/open-snapshot.ts';
import { approvedAccess } from '../drift/approved-access.ts';
import { explainDrift } from '../drift/explain.ts';
import type { Io } from '../io.ts';
import type { Settings } from '../settings.ts';

/** More than a report has room for. */
const LIMIT = { changes: 2000, unmanaged: 2000 };

/** What changed up to a snapshot, as `nhi drift` tells it: since `from`, or true: since what that compares with. */
export async function readDrift(
  from: true | string,
  snapshot: Snapshot,
  { config, dataDir }: Settings,
  io: Io,
): Promise<ReportDrift> {
  const drift = await explainDrift({
    dataDir,
    from: from === true ? null : from,
    to: snapshot.info.id,
    approved: await approvedAccess({}, config, io.cwd),
    identity: null,
    signal: io.signal,
  });
  const unmanaged = drift.unmanaged?.slice(0, LIMIT.unmanaged) ?? null;
  return {
    ...drift,
    changes: drift.changes.slice(0, LIMIT.changes),
    left: Math.max(0, drift.changes.length - LIMIT.changes),
    unmanaged,
    unmanagedLeft: (drift.unmanaged?.length ?? 0) - (unmanaged?.length ?? 0),
  };
}
