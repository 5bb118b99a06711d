import type { Observation } from '#model/record.ts';
import { principalKinds, type Held } from '../estate.ts';
import type { Gathering } from '../gather.ts';
import { rowsOf } from './all.ts';

const BATCH = 1000;

/** The rows of a tenant, each once, a thousand at a time. */
export function* batchesOf(
  { holdings, problems }: Gathering,
  tenant: string,
  signal: AbortSignal,
): Generator<readonly Observation[]> {
  const made = new Set<string>();
  let batch: Observation[] = [];
  const unread = (held: Held): void => {
    problems.push(`${held.label}: lacks members that its kind has`);
  };
  for (const row of rowsOf(holdings, tenant, principalKinds(holdings), unread)) {
    // A role definition stands in the list of every subscription, each time under another id.
    const key = keyOf(row);
    if (made.has(key)) continue;
    made.add(key);
    batch.push(row);
    if (batch.length < BATCH) continue;
    signal.throwIfAborted();
    yield batch;
    batch = [];
  }
  yield batch;
}

function keyOf({ table, row }: Observation): string {
  return `${table} ${'uid' in row ? row.uid : JSON.stringify(row)}`;
}
