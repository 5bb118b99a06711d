import type { CollectContext, RecognisedFile } from '#contract/collector.ts';
import type { Observation } from '#model/record.ts';
import { coverageRow, coverageRows } from './coverage.ts';
import { principalKinds, tenantOf, type Held } from './estate.ts';
import { entitiesOf } from './files/entities.ts';
import { textOf } from './files/fields.ts';
import { kindOf, type EntityKind } from './files/sort.ts';
import { withoutSecrets } from './files/without-secrets.ts';
import { rowsOf } from './rows/all.ts';

/** Reads all files first, since what an id means stands in another file than the id, then makes the rows. */
export async function* importFiles(
  files: readonly RecognisedFile[],
  { nameOf, signal }: CollectContext,
): AsyncGenerator<readonly Observation[]> {
  const holdings = new Map<EntityKind, Held[]>();
  const seen = new Set<string>();
  const problems: string[] = [];
  for (const file of files) {
    for await (const entity of entitiesOf(file, signal)) {
      signal.throwIfAborted();
      if ('problem' in entity) {
        problems.push(`${file.label}: ${entity.problem}`);
        continue;
      }
      const kind = kindOf(entity.fields, entity.context);
      if (kind === null) {
        problems.push(`${file.label}: ${entity.place}: holds nothing known about identities`);
        continue;
      }
      const id = textOf(entity.fields, 'id') ?? JSON.stringify(entity.fields);
      // One assignment is in the lists of every scope that it reaches.
      if (seen.has(`${kind} ${id.toLowerCase()}`)) continue;
      seen.add(`${kind} ${id.toLowerCase()}`);
      const held = holdings.get(kind) ?? [];
      const fields = withoutSecrets(entity.fields);
      held.push({ fields, context: entity.context, label: `${file.label}: ${entity.place}` });
      holdings.set(kind, held);
    }
  }
  const [first] = files;
  if (first === undefined) return;
  const tenant = tenantOf(holdings) ?? nameOf(first).toLowerCase();
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
    if (batch.length < 1000) continue;
    signal.throwIfAborted();
    yield batch;
    batch = [];
  }
  yield batch;
  yield coverageRows(holdings, tenant, problems);
  // Malformed pieces may be of any feed: nobody knows which.
  yield problems.slice(0, 100).map((detail) => coverageRow(null, null, 'import file', 'partial', detail));
}

function keyOf({ table, row }: Observation): string {
  return `${table} ${'uid' in row ? row.uid : JSON.stringify(row)}`;
}
