import { compare, PAIR } from '#drift/compare.ts';
import { factId } from '#drift/fact.ts';
import type { Change } from '#model/drift.ts';
import type { Uid } from '#model/system.ts';
import { listSnapshots } from '#store/read/list-snapshots.ts';
import { openPair } from '#store/read/open-pair.ts';

/** Between which snapshots changes were found, and of which identity; null: of all. */
interface Found {
  readonly dataDir: string;
  readonly from: string;
  readonly to: string;
  readonly identity: Uid | null;
}

/** By the fact's id, the first of the snapshots in between that has what the later one has. */
export async function firstSeenIn(
  changes: readonly Change[],
  { dataDir, from, to, identity }: Found,
): Promise<ReadonlyMap<string, string>> {
  const first = new Map<string, string>();
  if (changes.length === 0) return first;
  const wanted = new Map(changes.map((change) => [factId(change), change.after]));
  for (const id of (await readableIds(dataDir)).filter((each) => each > from && each < to)) {
    const pair = await openPair({ dataDir, which: from }, { dataDir, which: id });
    try {
      for await (const batch of compare(pair, PAIR, identity)) {
        for (const change of batch) {
          const fact = factId(change);
          if (!first.has(fact) && wanted.get(fact) === change.after) first.set(fact, id);
        }
      }
    } finally {
      await pair.close();
    }
  }
  return first;
}

/** The snapshots that can be read, oldest first. */
export async function readableIds(dataDir: string): Promise<string[]> {
  const all = await listSnapshots(dataDir);
  return all
    .filter(({ problem }) => problem === null)
    .map(({ id }) => id)
    .toReversed();
}
