import { setTimeout as wait } from 'node:timers/promises';
import { awsLive } from '#collectors/aws/live/index.ts';
import type { CollectedRecords, Observation } from '#model/record.ts';
import type { AwsTarget } from '#model/target/aws.ts';

/** The rows of one table of a scan. */
export type RowsOf = <T extends keyof CollectedRecords>(table: T) => readonly CollectedRecords[T][];

/** When the scan is taken to be: moto's own objects are made now. */
export const AS_OF = new Date().toISOString();

/** The settings that a user would write, but for the endpoint. */
export function targetAt(endpoint: string, more: Partial<AwsTarget> = {}): AwsTarget {
  return {
    system: 'aws',
    name: 'moto',
    profile: null,
    regions: ['us-east-1'],
    roleArn: null,
    externalId: 'nhi-external',
    accounts: 'organization',
    memberRole: 'nhi-auditor',
    lastAccessed: false,
    endpoint,
    concurrency: 8,
    accountsAtOnce: 2,
    ...more,
  };
}

/** Reads a target to its end, as what a revocation left is looked at. Calls that fail are tried again at once. */
export async function readLive(target: AwsTarget): Promise<RowsOf> {
  const observations: Observation[] = [];
  const context = {
    asOf: AS_OF,
    signal: new AbortController().signal,
    clock: { now: () => Date.now(), sleep: (milliseconds: number) => wait(Math.min(milliseconds, 100)) },
    random: () => 0,
    environment: { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' },
    progress: () => undefined,
  };
  for await (const batch of awsLive.read(target, context)) observations.push(...batch);
  return (table) =>
    // A row's type goes with its table's name.
    observations.flatMap((one) => (one.table === table ? [one.row as CollectedRecords[typeof table]] : []));
}
