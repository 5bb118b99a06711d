import type { Given } from '#dashboard/given.ts';
import { readKpis } from '#gate/read-kpis.ts';
import { StoreError } from '#model/errors.ts';
import type { Kpi } from '#model/kpi.ts';
import { snapshotIds } from '#store/read/list-snapshots.ts';
import { openSnapshot, type Snapshot } from '#store/read/open-snapshot.ts';
import { isSnapshotId } from '#store/snapshot-id.ts';
import { historyOf } from '../actions/history.ts';
import { readAdminPaths } from './admin-paths.ts';
import { countChanges } from './changes.ts';
import { readPlaybookNotes, readRuleNotes } from './notes.ts';
import { planOf, revocationsOn } from './revocations.ts';
import { readDossier } from '../dossier.ts';
import { approvedAccess } from '../drift/approved-access.ts';
import { explainDrift } from '../drift/explain.ts';
import type { Io } from '../io.ts';
import type { Settings } from '../settings.ts';
import { readWaived } from '../waived.ts';

/** What the screens over one snapshot are given. What takes long is worked out once, when it is first asked for. */
export function dashboardData(snapshot: Snapshot, settings: Settings, io: Io): Given {
  const { config, dataDir } = settings;
  const paths = once(() => readAdminPaths(snapshot));
  const measured = new Map<string, Promise<readonly Kpi[]>>();
  return {
    dossier: (identity) => readDossier(snapshot, identity),
    pathsToAdmin: async () => (await paths()).all,
    pathToAdmin: async (identity) => (await paths()).of(identity),
    kpis: (id) => keyed(measured, id, () => kpisOf(snapshot, dataDir, id)),
    rules: once(() => readRuleNotes(config, io)),
    playbooks: once(readPlaybookNotes),
    waived: once(() => readWaived(snapshot, config, io)),
    changes: once(() => changesOf(snapshot, dataDir)),
    drift: once(() => driftOf(snapshot, settings, io)),
    history: (identity) => historyOf(dataDir, identity),
    revocations: () => revocationsOn(dataDir, io),
    plan: (identity) => planOf(snapshot, identity, config, io),
  };
}

/** The metrics of a snapshot; none where its file cannot be read any more, or is from before there were metrics. */
async function kpisOf(snapshot: Snapshot, dataDir: string, id: string): Promise<readonly Kpi[]> {
  const isOpen = id === snapshot.info.id;
  try {
    const asked = isOpen ? snapshot : await openSnapshot(dataDir, id);
    try {
      return await readKpis(asked);
    } finally {
      if (!isOpen) await asked.close();
    }
  } catch (error) {
    if (error instanceof StoreError) return [];
    throw error;
  }
}

async function changesOf({ info }: Snapshot, dataDir: string) {
  const earlier = await snapshotBefore(info.id, dataDir);
  return earlier === undefined ? null : countChanges(dataDir, earlier, info.id);
}

async function driftOf({ info }: Snapshot, { config, dataDir }: Settings, io: Io) {
  const earlier = await snapshotBefore(info.id, dataDir);
  if (earlier === undefined) return null;
  const approved = await approvedAccess({}, config, io.cwd);
  return explainDrift({ dataDir, from: earlier, to: info.id, approved, identity: null, signal: io.signal });
}

async function snapshotBefore(id: string, dataDir: string): Promise<string | undefined> {
  return (await snapshotIds(dataDir)).find((each) => isSnapshotId(each) && each < id);
}

/** Works something out at the first call; one that fails is tried again at the next. */
function once<Value>(work: () => Promise<Value>): () => Promise<Value> {
  const kept = new Map<'it', Promise<Value>>();
  return () => keyed(kept, 'it', work);
}

function keyed<Key, Value>(
  kept: Map<Key, Promise<Value>>,
  key: Key,
  work: () => Promise<Value>,
): Promise<Value> {
  const known = kept.get(key);
  if (known !== undefined) return known;
  const begun = work();
  kept.set(key, begun);
  begun.catch(() => kept.delete(key));
  return begun;
}
