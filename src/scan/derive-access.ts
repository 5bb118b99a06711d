import type { SystemAccess } from '#access/engine.ts';
import { awsAccess } from '#access/aws/index.ts';
import { azureAccess } from '#access/azure/index.ts';
import { gcpAccess } from '#access/gcp/index.ts';
import { kubernetesAccess } from '#access/kubernetes/index.ts';
import type { BecomeEdge, Entitlement } from '#model/entitlement.ts';
import type { TableName } from '#model/record.ts';
import { SYSTEMS, type Instant, type System } from '#model/system.ts';
import type { Staging } from '#store/reader.ts';
import { readAccessRecords } from './read-access-records.ts';

const BATCH = 4096;

/**
 * Works out from what was collected what every identity can do (`entitlements`) and whom it can become (`edges`), and
 * says in `coverage` what could not be taken into account. Throws only when aborted.
 */
export async function deriveAccess(staging: Staging, asOf: Instant, signal: AbortSignal): Promise<void> {
  for (const system of SYSTEMS) {
    const [{ n } = { n: 0 }] = await staging.all<{ n: number }>(
      'SELECT count(*) AS n FROM identities WHERE system = $system',
      { system },
    );
    if (n === 0) continue;
    const access = await engineFor(system, staging, asOf);
    await writeAll<Entitlement>(staging, 'entitlements', access.entitlements(), signal);
    await writeAll<BecomeEdge>(staging, 'edges', access.edges(), signal);
    await staging.write('coverage', access.gaps());
  }
}

async function engineFor(system: System, staging: Staging, asOf: Instant): Promise<SystemAccess<never>> {
  const records = await readAccessRecords(staging, system);
  switch (system) {
    case 'aws':
      return awsAccess(records, { asOf });
    case 'azure':
      return azureAccess(records);
    case 'gcp':
      return gcpAccess(records);
    case 'kubernetes':
      return kubernetesAccess(records);
  }
}

async function writeAll<Row>(
  staging: Staging,
  table: Extract<TableName, 'entitlements' | 'edges'>,
  rows: Iterable<Row>,
  signal: AbortSignal,
): Promise<void> {
  let batch: Row[] = [];
  const flush = async () => {
    signal.throwIfAborted();
    // The caller pairs the table with its own rows.
    await staging.write(table, batch as never);
    batch = [];
  };
  for (const row of rows) {
    batch.push(row);
    if (batch.length >= BATCH) await flush();
  }
  await flush();
}
