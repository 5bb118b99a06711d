import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSnapshot } from '#store/write/create-snapshot.ts';
import type { BenchLine } from './bench-line.ts';
import { fillEstate } from './rules-estate.ts';

const AT = '2026-03-01T12:00:00.000Z';
const ROOT = join(import.meta.dirname, '..');

/** By rows, by half screens and to the ends: every one moves the cursor, also among a hundred rows. */
const KEYS = [
  ['j', 60],
  ['k', 20],
  ...Array.from({ length: 10 }, () => [
    ['\u0004', 1],
    ['\u0015', 1],
  ]).flat(),
  ['G', 1],
  ['k', 20],
  ['g', 1],
] as const;

interface Measured {
  /** Seconds, as all times here. */
  readonly first_paint: number;
  readonly list: number;
  readonly keys: readonly number[];
  readonly bytes: readonly number[];
  readonly rss_mb: number;
}

/**
 * The built dashboard on a pseudo-terminal of 120 by 40, at the list of identities: from a key to its frame, the bytes of
 * that frame, and memory, with a hundred thousand identities and against a hundred. Programs beside it on the machine
 * are in the times.
 */
export async function run(): Promise<readonly BenchLine[]> {
  const large = await measured(100_000);
  const small = await measured(100);
  const [median, p95] = [quantile(large.keys, 0.5), quantile(large.keys, 0.95)];
  const line = (name: string, value: number, limit: number, unit: string): BenchLine => ({
    name,
    value,
    limit,
    better: 'lower',
    unit,
  });
  return [
    line('key to screen, median', median * 1000, 50, 'ms'),
    line('key to screen, 95 of 100', p95 * 1000, 100, 'ms'),
    line('key to screen against 100 identities', median / quantile(small.keys, 0.5), 1.5, '×'),
    line('first paint against 100 identities', large.first_paint / small.first_paint, 1.5, '×'),
    line('first sight of the list', large.list, 5, 's'),
    line('bytes of a frame after a key, median', quantile(large.bytes, 0.5), 1000, 'bytes'),
    line('memory', large.rss_mb, 300, 'MB'),
  ];
}

async function measured(identities: number): Promise<Measured> {
  const folder = await mkdtemp(join(tmpdir(), 'nhi-bench-'));
  try {
    const staging = await createSnapshot(folder, { asOf: AT, startedAt: AT, toolVersion: 'bench' });
    await fillEstate(staging, identities);
    await staging.publish(AT);
    const { stdout, stderr, status } = spawnSync(
      'python3',
      [join(import.meta.dirname, 'dashboard-keys.py')],
      {
        encoding: 'utf8',
        input: JSON.stringify({
          command: [process.execPath, join(ROOT, 'dist/src/cli/main.js'), 'dashboard', '--data', folder],
          cwd: ROOT,
          env: { TERM: 'xterm-256color', LANG: 'C.UTF-8' },
          columns: 120,
          rows: 40,
          opened: 'coverage',
          goto: { keys: '3', shows: `1 of ${identities}` },
          keys: KEYS,
        }),
      },
    );
    if (status !== 0) throw new Error(stderr);
    return JSON.parse(stdout) as Measured;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
