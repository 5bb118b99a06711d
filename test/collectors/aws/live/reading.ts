import { awsLive } from '#collectors/aws/live/index.ts';
import type { CollectedRecords, Observation } from '#model/record.ts';
import type { AwsTarget } from '#model/target/aws.ts';
import { liveContext, type TestContext } from '#test/collectors/live-context.ts';
import type { RowsOf } from '../importing.ts';
import type { AwsServer } from './server.ts';

export const HOME = '111111111111';

/** A target at a server. */
export function targetAt(
  { endpoint }: Pick<AwsServer, 'endpoint'>,
  more: Partial<AwsTarget> = {},
): AwsTarget {
  return {
    system: 'aws',
    name: 'test',
    profile: null,
    regions: ['us-east-1'],
    roleArn: null,
    externalId: null,
    accounts: [],
    memberRole: 'nhi-auditor',
    lastAccessed: false,
    endpoint,
    concurrency: 8,
    accountsAtOnce: 4,
    ...more,
  };
}

/** A context with credentials that no other test shares. */
export function signedIn(signal?: AbortSignal): TestContext {
  const environment = { AWS_ACCESS_KEY_ID: 'HOMEKEY', AWS_SECRET_ACCESS_KEY: 'secret' };
  return liveContext({ environment, ...(signal === undefined ? {} : { signal }) });
}

/** Reads a target to its end. */
export async function readAll(target: AwsTarget, context: TestContext = signedIn()): Promise<RowsOf> {
  const observations: Observation[] = [];
  for await (const batch of awsLive.read(target, context)) observations.push(...batch);
  return (table) =>
    // A row's type goes with its table's name.
    observations.flatMap((one) => (one.table === table ? [one.row as CollectedRecords[typeof table]] : []));
}
