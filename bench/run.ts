import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { BenchLine } from './bench-line.ts';

/** Runs every benchmark, or those whose file name contains one of the words, and prints measured against limit. */
const words = process.argv.slice(2);
const folder = import.meta.dirname;
const own = new Set(['run.ts', 'bench-line.ts']);
const files = readdirSync(folder)
  .filter((file) => file.endsWith('.ts') && !own.has(file))
  .filter((file) => words.length === 0 || words.some((word) => file.includes(word)))
  .toSorted();

let missed = 0;
for (const file of files) {
  // Files beside a benchmark that only prepare its data have no `run`.
  const module = (await import(join(folder, file))) as { run?: () => Promise<readonly BenchLine[]> };
  if (module.run === undefined) continue;
  process.stdout.write(`${file.replace(/\.ts$/u, '')}\n`);
  for (const line of await module.run()) {
    const good = line.better === 'higher' ? line.value >= line.limit : line.value <= line.limit;
    if (!good) missed += 1;
    const wanted = `${line.better === 'higher' ? '≥' : '≤'} ${line.limit}`;
    process.stdout.write(
      `  ${good ? 'ok  ' : 'MISS'} ${line.name}: ${line.value.toPrecision(3)} ${line.unit} (${wanted})\n`,
    );
  }
}
process.exitCode = missed > 0 ? 1 : 0;
