import { allChanges, compare, PAIR } from '#drift/compare.ts';
import { listSnapshots } from '#store/read/list-snapshots.ts';
import { openPair } from '#store/read/open-pair.ts';
import type { Change } from '#model/drift.ts';

/** What changed about an identity from one snapshot to the next. */
export interface HistoryStep {
  readonly from: string;
  readonly to: string;
  readonly asOf: string;
  readonly changes: readonly Omit<Change, 'identityUid'>[];
}

/** An identity's changes over the last snapshots that can be read, newest first; steps without one are left out. */
export async function historyOf(dataDir: string, uid: string, snapshots = 20): Promise<HistoryStep[]> {
  const readable = (await listSnapshots(dataDir))
    .filter(({ problem }) => problem === null)
    .slice(0, snapshots);
  const steps: HistoryStep[] = [];
  for (const [index, later] of readable.entries()) {
    const earlier = readable[index + 1];
    if (earlier === undefined) break;
    const pair = await openPair({ dataDir, which: earlier.id }, { dataDir, which: later.id });
    try {
      const own = await allChanges(compare(pair, PAIR, uid));
      const changes = own.map(({ kind, direction, key, before, after }) => ({
        kind,
        direction,
        key,
        before,
        after,
      }));
      if (changes.length > 0) steps.push({ from: earlier.id, to: later.id, asOf: later.asOf ?? '', changes });
    } finally {
      await pair.close();
    }
  }
  return steps;
}
