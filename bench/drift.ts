import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compare } from '#drift/compare.ts';
import { openPair, type SnapshotPair } from '#store/read/open-pair.ts';
import { createSnapshot } from '#store/write/create-snapshot.ts';
import type { BenchLine } from './bench-line.ts';
import { fillEstate } from './rules-estate.ts';

const IDENTITIES = Number(process.env['BENCH_IDENTITIES'] ?? 1_000_000);
/** How many identities, with their five grants each, the later snapshot has more. */
const NEW = 1000;

/**
 * The drift between two snapshots of a million identities and five million grants, of which a thousand are new: finding
 * the identities that differ by their stored hash, against EXCEPT over the same columns; and all of it, with its memory.
 */
export async function run(): Promise<readonly BenchLine[]> {
  const dataDir = await mkdtemp(join(tmpdir(), 'nhi-bench-'));
  try {
    const before = await publish(dataDir, IDENTITIES, '2026-11-19T00:00:00.000Z');
    const after = await publish(dataDir, IDENTITIES + NEW, '2026-11-20T00:00:00.000Z');
    const pair = await openPair({ dataDir, which: before }, { dataDir, which: after });
    try {
      return [await byHash(pair), ...(await whole(pair))];
    } finally {
      await pair.close();
    }
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function publish(dataDir: string, identities: number, time: string): Promise<string> {
  const staging = await createSnapshot(dataDir, { asOf: time, startedAt: time, toolVersion: '0' });
  await fillEstate(staging, identities);
  await staging.publish(time);
  return staging.id;
}

async function byHash(pair: SnapshotPair): Promise<BenchLine> {
  const hashed = `SELECT count(*) AS n FROM before.identities b FULL JOIN after.identities a ON a.uid = b.uid
    WHERE a.content_hash IS DISTINCT FROM b.content_hash`;
  const columns = '* EXCLUDE (content_hash, raw, tags), raw::VARCHAR AS raw, tags::VARCHAR AS tags';
  const excepted = `SELECT (SELECT count(*) FROM (SELECT ${columns} FROM after.identities EXCEPT SELECT ${columns} FROM before.identities))
    + (SELECT count(*) FROM (SELECT ${columns} FROM before.identities EXCEPT SELECT ${columns} FROM after.identities)) AS n`;
  const ours = await seconds(async () => pair.all(hashed));
  const theirs = await seconds(async () => pair.all(excepted));
  return {
    name: 'identities that differ, by hash against EXCEPT',
    value: ours / theirs,
    limit: 0.4,
    unit: '×',
    better: 'lower',
  };
}

async function whole(pair: SnapshotPair): Promise<readonly BenchLine[]> {
  let changes = 0;
  const took = await seconds(async () => {
    for await (const batch of compare(pair)) changes += batch.length;
  });
  if (changes < NEW) throw new Error(`${changes} changes where at least ${NEW} identities are new`);
  const peak = process.resourceUsage().maxRSS / 1024 / 1024;
  return [
    { name: `all drift, ${changes} changes`, value: took, limit: 30, unit: 's', better: 'lower' },
    { name: 'peak memory', value: peak, limit: 3, unit: 'GB', better: 'lower' },
  ];
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}
