import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { awsAccess } from '#access/aws/index.ts';
import { awsEstate } from './aws-estate.ts';
import type { BenchLine } from './bench-line.ts';

const PRINCIPALS = 100_000;

/** What 100,000 principals can do, as a scan asks for it: the memory above the records. */
export async function run(): Promise<readonly BenchLine[]> {
  setFlagsFromString('--expose-gc');
  // What the flag exposes is a function without arguments.
  const collect = runInNewContext('gc') as () => void;
  const live = (): number => {
    collect();
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    return (heapUsed + arrayBuffers) / 1e6;
  };
  const records = awsEstate(PRINCIPALS, 7);
  const before = live();
  let most = before;
  let entitlements = 0;
  const access = awsAccess(records, { asOf: '2026-06-01T00:00:00.000Z' });
  for (const { via } of access.entitlements()) {
    entitlements += 1;
    if (via.length === 0) throw new Error('Every entitlement comes from a grant.');
    if (entitlements % 40_000 !== 0) continue;
    most = Math.max(most, live());
  }
  return [
    {
      name: 'memory above the records of 100,000 principals',
      value: most - before,
      limit: 150,
      better: 'lower',
      unit: 'MB',
    },
  ];
}
