import type { CollectedRecords, Observation } from '#model/record.ts';
import type { Staging } from '#store/reader.ts';
import type { Progress } from './progress.ts';

/** Writes what a collector gives into the staging snapshot as it comes, and says how many rows there are. */
export async function writeObservations(
  batches: AsyncIterable<readonly Observation[]>,
  {
    staging,
    progress,
    signal,
  }: { readonly staging: Staging; readonly progress: Progress; readonly signal: AbortSignal },
): Promise<void> {
  const totals = new Map<keyof CollectedRecords, number>();
  for await (const observations of batches) {
    signal.throwIfAborted();
    for (const { table, row } of observations) {
      // The compiler cannot see that table and row belong together once they are taken apart.
      await staging.write(table, [row] as never);
      const total = (totals.get(table) ?? 0) + 1;
      totals.set(table, total);
      if (total % 1000 === 0) progress({ kind: 'rows', table, total });
    }
  }
  for (const [table, total] of totals) progress({ kind: 'rows', table, total });
}
