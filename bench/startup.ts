import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { BenchLine } from './bench-line.ts';

const ROUNDS = 25;

/** How long `nhi --help` takes, against an empty program with commander, turn by turn; the fastest of each counts. */
export async function run(): Promise<readonly BenchLine[]> {
  const folder = await mkdtemp(join(tmpdir(), 'nhi-bench-'));
  try {
    const empty = join(folder, 'empty.mjs');
    const commander = pathToFileURL(join(import.meta.dirname, '../node_modules/commander/esm.mjs')).href;
    await writeFile(empty, `import { Command } from '${commander}';\nnew Command('x').parse();\n`);
    const help = join(import.meta.dirname, '../dist/src/cli/main.js');
    const times = { empty: Infinity, help: Infinity };
    for (let round = 0; round < ROUNDS; round++) {
      times.empty = Math.min(times.empty, milliseconds([empty]));
      times.help = Math.min(times.help, milliseconds([help, '--help']));
    }
    const value = times.help / times.empty;
    return [{ name: 'nhi --help against an empty program', value, limit: 1.3, better: 'lower', unit: '×' }];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function milliseconds(words: readonly string[]): number {
  const started = performance.now();
  const { status } = spawnSync(process.execPath, words, { stdio: 'ignore' });
  if (status !== 0) throw new Error(`${words.join(' ')} ended with ${status}`);
  return performance.now() - started;
}
