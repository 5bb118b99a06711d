import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { BenchLine } from './bench-line.ts';

const MODULE = join(import.meta.dirname, '../dist/src/catalogue/aws/actions.js');

/** How long a fresh process takes to load the built action catalogue and look an action up. */
export async function run(): Promise<readonly BenchLine[]> {
  const script = `
    const started = performance.now();
    const { awsActionNumber } = await import(${JSON.stringify(MODULE)});
    if (awsActionNumber('s3:GetObject') < 0) throw new Error('s3:GetObject is missing.');
    process.stdout.write(String(performance.now() - started));`;
  const times = Array.from({ length: 7 }, () =>
    Number(execFileSync(process.execPath, ['--input-type=module', '--eval', script], { encoding: 'utf8' })),
  );
  return [
    { name: 'loading 22,091 AWS actions', value: Math.min(...times), limit: 50, better: 'lower', unit: 'ms' },
  ];
}
