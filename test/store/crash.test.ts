import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSnapshot } from '#store/read/open-snapshot.ts';
import { pruneSnapshots } from '#store/write/prune-snapshots.ts';
import { CRASH_ROWS } from './crash-rows.ts';
import { dataFolder, stage } from './snapshots.ts';

/** Where a kill comes: so long at most after the child said that it begins. */
const MOMENTS = [
  { stage: 'creating', within: 40 },
  { stage: 'writing', within: 25 },
  { stage: 'writing', within: 150 },
  { stage: 'publishing', within: 15 },
  { stage: 'publishing', within: 60 },
  { stage: 'published', within: 3 },
] as const;

const KILLS = 54;

/** Two folders are crashed at once. */
const LANES = 2;

/** The child as one file, which starts three times as fast. It has to be where packages are found. */
const bundle = join(process.cwd(), `node_modules/.cache/nhi-crash-${process.pid}`);

beforeAll(() =>
  build({
    configFile: false,
    logLevel: 'silent',
    resolve: { conditions: ['source'] },
    build: {
      ssr: join(import.meta.dirname, 'crash-child.ts'),
      outDir: bundle,
      rollupOptions: { external: ['@duckdb/node-api'] },
    },
  }),
);

afterAll(() => rm(bundle, { recursive: true, force: true }));

describe('a scan that is killed at any moment', () => {
  it(`leaves a complete new snapshot or none, the old ones intact, and nothing behind, ${KILLS} times`, async () => {
    const random = seeded(20260301);
    const kills = Array.from({ length: KILLS }, (_, index) => {
      const moment = MOMENTS[index % MOMENTS.length] ?? MOMENTS[0];
      return { index, stage: moment.stage, delay: random() * moment.within, scans: Math.floor(random() * 2) };
    });
    const outcomes = { new: 0, none: 0, leftovers: 0 };
    const lanes = Array.from({ length: LANES }, async (_, lane) => {
      const dataDir = await dataFolder();
      for (const kill of kills.filter(({ index }) => index % LANES === lane))
        await crash(dataDir, kill, outcomes);
    });
    await Promise.all(lanes);
    // That all three happen shows that the kills came in the middle of things.
    expect(outcomes.new).toBeGreaterThan(0);
    expect(outcomes.none).toBeGreaterThan(0);
    expect(outcomes.leftovers).toBeGreaterThan(KILLS / 4);
  }, 600_000);
});

interface Kill {
  readonly index: number;
  readonly stage: string;
  readonly delay: number;
  /** So many scans come to their end before. */
  readonly scans: number;
}

async function crash(
  dataDir: string,
  kill: Kill,
  outcomes: { new: number; none: number; leftovers: number },
): Promise<void> {
  const before = await ids(dataDir);
  const published = await killedScan(dataDir, kill);
  const after = await ids(dataDir);
  const label = JSON.stringify(kill);
  expect(after, label).toEqual(expect.arrayContaining([...before, ...published]));
  // At most the one in whose publishing the kill came was not announced.
  const unannounced = after.length - before.length - published.length;
  expect([0, 1], label).toContain(unannounced);
  outcomes[unannounced === 1 || kill.stage === 'published' ? 'new' : 'none'] += 1;
  for (const id of after) await assertWhole(dataDir, id, label);
  if ((await staging(dataDir)).length > 0) outcomes.leftovers += 1;
  await (await stage(dataDir)).discard();
  expect(await staging(dataDir), label).toEqual([]);
  await pruneSnapshots(dataDir, { keep: 1 });
}

/** Scans until the moment of the kill; the ids that were announced as published. */
async function killedScan(dataDir: string, { index, stage: moment, delay, scans }: Kill): Promise<string[]> {
  const startedAt = new Date(Date.UTC(2026, 0, 1) + index * 3_600_000).toISOString();
  const child = spawn(process.execPath, [join(bundle, 'crash-child.js'), dataDir, startedAt], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const published: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    const [what = '', id] = line.split(' ');
    if (id !== undefined) published.push(id);
    const seen = what === 'published' ? published.length - 1 : published.length;
    if (what !== moment || seen !== scans) continue;
    await setTimeout(delay);
    child.kill('SIGKILL');
  }
  expect(await exited).toEqual([null, 'SIGKILL']);
  return published;
}

async function assertWhole(dataDir: string, id: string, label: string): Promise<void> {
  const snapshot = await openSnapshot(dataDir, id);
  const [counts] = await snapshot.all(
    `SELECT count(*) AS rows, count(DISTINCT i.uid) AS uids, sum(length(i.raw)) > 0 AS raw,
       (SELECT count(*) FROM grants) AS grants, (SELECT count(*) FROM coverage) AS coverage
     FROM identities i`,
  );
  await snapshot.close();
  const distinct = CRASH_ROWS - CRASH_ROWS / 100;
  expect(counts, `${label} ${id}`).toMatchObject({
    rows: distinct,
    uids: distinct,
    raw: true,
    grants: CRASH_ROWS,
  });
}

async function ids(dataDir: string): Promise<string[]> {
  const names = await readdir(join(dataDir, 'snapshots')).catch(() => []);
  return names.map((name) => name.replace(/\.duckdb$/u, ''));
}

async function staging(dataDir: string): Promise<string[]> {
  return readdir(join(dataDir, 'staging')).catch(() => []);
}

/** Numbers from 0 to 1, the same in every run. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
