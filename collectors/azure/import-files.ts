import { dirname } from 'node:path';
import type { CollectContext, RecognisedFile } from '#contract/collector.ts';
import type { Observation } from '#model/record.ts';
import { coverageRow, coverageRows, type EmptyList } from './coverage.ts';
import { tenantsOf } from './estate.ts';
import { entitiesOf } from './files/entities.ts';
import { listedIn } from './files/names.ts';
import { createGathering, merge, type Gathering } from './gather.ts';
import { batchesOf } from './rows/batches.ts';

interface Import {
  readonly gathering: Gathering;
  readonly empty: EmptyList[];
}

/** Reads all files first, since what an id means stands in another file than the id, then makes the rows. */
export async function* importFiles(
  files: readonly RecognisedFile[],
  { nameOf, signal }: CollectContext,
): AsyncGenerator<readonly Observation[]> {
  const folders = new Map<string, { readonly name: string; readonly read: Import }>();
  for (const file of files) {
    const folder = dirname(file.path);
    const known = folders.get(folder) ?? { name: nameOf(file).toLowerCase(), read: emptyImport() };
    folders.set(folder, known);
    await readFile(file, known.read, signal);
  }
  for (const [tenant, { gathering, empty }] of byTenant([...folders.values()])) {
    yield* batchesOf(gathering, tenant, signal);
    yield coverageRows(gathering.holdings, tenant, gathering.problems, empty);
    // Malformed pieces may be of any feed: nobody knows which.
    yield gathering.problems
      .slice(0, 100)
      .map((detail) => coverageRow(null, null, 'import file', 'partial', detail));
  }
}

function emptyImport(): Import {
  return { gathering: createGathering(), empty: [] };
}

async function readFile(
  file: RecognisedFile,
  { gathering, empty }: Import,
  signal: AbortSignal,
): Promise<void> {
  let found = 0;
  for await (const entity of entitiesOf(file, signal)) {
    signal.throwIfAborted();
    found++;
    if ('problem' in entity) gathering.problems.push(`${file.label}: ${entity.problem}`);
    else {
      const label = `${file.label}: ${entity.place}`;
      if (!gathering.add(entity.fields, entity.context, label))
        gathering.problems.push(`${label}: holds nothing known about identities`);
    }
  }
  const listed = found === 0 ? listedIn(file.label) : null;
  if (listed !== null) empty.push(listed);
}

/**
 * Objects of the directory do not name their tenant: those of a folder are of the tenant that its other files name, or
 * of the only one that any folder names.
 */
function byTenant(
  folders: readonly { readonly name: string; readonly read: Import }[],
): ReadonlyMap<string, Import> {
  const named = folders.map(({ read }) => tenantsOf(read.gathering.holdings));
  const all = new Set(named.flat());
  const [only] = all;
  const imports = new Map<string, Import>();
  for (const [index, { name, read }] of folders.entries()) {
    const own = named[index] ?? [];
    const tenant = (own.length === 1 ? own[0] : all.size === 1 ? only : undefined) ?? name;
    if (own.length > 1)
      read.gathering.problems.push(
        `the files of ${name} are of ${own.length} tenants: one folder for each keeps them apart`,
      );
    const known = imports.get(tenant);
    if (known === undefined) imports.set(tenant, read);
    else {
      merge(known.gathering, read.gathering);
      known.empty.push(...read.empty);
    }
  }
  return imports;
}
