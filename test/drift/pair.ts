import { completeRows, EXAMPLE_TABLES, type PartialRows } from '#audit/example-rows.ts';
import { openPair, type SnapshotPair } from '#store/read/open-pair.ts';
import { createSnapshot } from '#store/write/create-snapshot.ts';
import { onTestFinished } from 'vitest';
import { NOW, world } from '../estates/estate.ts';
import { tempDir } from '../temp-dir.ts';

/** Publishes a small world as a snapshot and gives its id. */
export async function publish(dataDir: string, rows: readonly PartialRows[], time = NOW): Promise<string> {
  const snapshot = await createSnapshot(dataDir, { asOf: time, startedAt: time, toolVersion: '0.0.0-test' });
  const whole = completeRows(world(...rows));
  for (const table of EXAMPLE_TABLES) await snapshot.write(table, whole[table]);
  await snapshot.publish(time);
  return snapshot.id;
}

/** Two small worlds as published snapshots, open together. */
export async function pairOf(
  before: readonly PartialRows[],
  after: readonly PartialRows[],
): Promise<SnapshotPair> {
  const dataDir = await tempDir();
  const first = await publish(dataDir, before);
  const second = await publish(dataDir, after, new Date(Date.parse(NOW) + 3_600_000).toISOString());
  const pair = await openPair({ dataDir, which: first }, { dataDir, which: second });
  onTestFinished(() => pair.close());
  return pair;
}
