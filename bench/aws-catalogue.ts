import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { BenchLine } from './bench-line.ts';

const MODULE = join(import.meta.dirname, '../dist/src/catalogue/aws/actions.js');

/** What a fresh process spends on loading the built action catalogue and looking an action up. */
export async function run(): Promise<readonly BenchLine[]> {
  const script = `
    const before = process.cpuUsage();
    const { awsActionNumber } = await import(${JSON.stringify(MODULE)});
    if (awsActionNumber('s3:GetObject') < 0) throw new Error('s3:GetObject is missing.');
    const { user, system } = process.cpuUsage(before);
    process.stdout.write(String((user + system) / 1000));`;
  const times = Array.from({ length: 7 }, () =>
    Number(execFileSync(process.execPath, ['--input-type=module', '--eval', script], { encoding: 'utf8' })),
  );
  return [
    {
      name: 'loading 22,091 AWS actions, processor time',
      value: Math.min(...times),
      limit: 50,
      better: 'lower',
      unit: 'ms',
    },
  ];
}
