import { createHash, type KeyObject } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { openLedger } from '#ledger/open-ledger.ts';
import type { ScanSummary } from '#scan/summary.ts';
import { snapshotFile } from '#store/paths.ts';
import { openSnapshot } from '#store/read/open-snapshot.ts';
import type { Io } from './io.ts';
import { VERSION } from './version.ts';

/** The tables whose sizes make up the population that an auditor samples from. */
const POPULATION = ['scopes', 'identities', 'credentials', 'roles', 'grants', 'trusts', 'usages', 'findings'];

/** Enters a published snapshot in the ledger: its digest, how many rows of what it holds, and what was not read. */
export async function enterScan(
  summary: ScanSummary,
  dataDir: string,
  key: KeyObject,
  io: Io,
): Promise<void> {
  const gaps = new Map<string, number>();
  for (const { status } of summary.gaps) gaps.set(status, (gaps.get(status) ?? 0) + 1);
  await openLedger(dataDir, key, () => io.now().toISOString()).append({
    kind: 'scan',
    body: {
      snapshot: summary.snapshot,
      asOf: summary.asOf,
      sha256: await digestOf(snapshotFile(dataDir, summary.snapshot)),
      toolVersion: VERSION,
      rows: await countRows(dataDir, summary.snapshot),
      feeds: { complete: summary.feeds.complete, total: summary.feeds.total },
      gaps: Object.fromEntries(gaps),
    },
  });
}

async function digestOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) hash.update(chunk);
  return hash.digest('hex');
}

async function countRows(dataDir: string, id: string): Promise<Record<string, number>> {
  const snapshot = await openSnapshot(dataDir, id);
  try {
    const counts = POPULATION.map((table) => `SELECT '${table}' AS name, count(*) AS n FROM ${table}`);
    const rows = await snapshot.all<{ name: string; n: number }>(counts.join(' UNION ALL '));
    return Object.fromEntries(rows.map(({ name, n }) => [name, n]));
  } finally {
    await snapshot.close();
  }
}
