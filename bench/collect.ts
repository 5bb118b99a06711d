import { fork } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { awsLive } from '#collectors/aws/live/index.ts';
import type { AwsTarget } from '#model/target/aws.ts';
import type { BenchLine } from './bench-line.ts';
import { keyOf, LATENCY, ROLES } from './collect-server.ts';

const ACCOUNTS = 50;
const CONCURRENCY = 2;
const ACCOUNTS_AT_ONCE = 2;
const FIRST = 100_000_000_000;
const BARE_REQUESTS = 2000;

/**
 * An organisation whose every answer takes 20 ms, read with last-accessed jobs: a call to start and a call to get each.
 * What the configured concurrency allows is that many calls in every 20 ms, in which there is no time for the client's
 * own work. A call takes the AWS SDK 1.0 ms of processor (a bare request 0.2 ms) and everything here about 2.3 ms, and
 * four calls share one thread: on a machine that other work keeps busy even bare requests stay below the limit, so the
 * rate of bare requests in the same run stands beside it.
 */
export async function run(): Promise<readonly BenchLine[]> {
  const server = fork(join(import.meta.dirname, 'collect-server.ts'));
  const port = await new Promise<number>((resolve) =>
    server.once('message', (address) => resolve((address as { port: number }).port)),
  );
  const callsSoFar = async (): Promise<number> =>
    Number(await (await fetch(`http://127.0.0.1:${port}/calls`)).text());
  let peak = 0;
  const sampling = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 50);
  try {
    // What is loaded once is no part of the rate.
    await collect(targetAt(port, 1));
    const before = await callsSoFar();
    const started = performance.now();
    const usedBefore = process.cpuUsage();
    const roles = await collect(targetAt(port, ACCOUNTS));
    const { user, system } = process.cpuUsage(usedBefore);
    const seconds = (performance.now() - started) / 1000;
    const calls = (await callsSoFar()) - before;
    if (roles !== ACCOUNTS * ROLES) throw new Error(`${roles} roles instead of ${ACCOUNTS * ROLES}.`);
    const bare = await bareRate(port);
    const allowed = (CONCURRENCY * ACCOUNTS_AT_ONCE * 1000) / LATENCY;
    return [
      {
        name: `calls per second of the ${allowed} that the concurrency allows, ${calls} calls in ${seconds.toFixed(1)} s and ${((user + system) / 1000 / calls).toFixed(1)} ms of processor each; bare requests reach ${(bare / allowed).toFixed(2)} ×`,
        value: calls / seconds / allowed,
        limit: 0.8,
        better: 'higher',
        unit: '×',
      },
      { name: 'peak memory', value: peak / 1_048_576, limit: 400, better: 'lower', unit: 'MB' },
    ];
  } finally {
    clearInterval(sampling);
    server.kill();
  }
}

/** Requests per second, as many at once as in the reading, by a client that does nothing but wait for them. */
async function bareRate(port: number): Promise<number> {
  let left = BARE_REQUESTS;
  const started = performance.now();
  const work = async (): Promise<void> => {
    while (left-- > 0) {
      const answer = await fetch(`http://127.0.0.1:${port}`, { method: 'POST', body: 'Action=Bare' });
      await answer.arrayBuffer();
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY * ACCOUNTS_AT_ONCE }, work));
  return BARE_REQUESTS / ((performance.now() - started) / 1000);
}

function targetAt(port: number, accounts: number): AwsTarget {
  return {
    system: 'aws',
    name: 'bench',
    profile: null,
    regions: ['us-east-1'],
    roleArn: null,
    externalId: null,
    accounts: Array.from({ length: accounts }, (_, at) => String(FIRST + at)),
    memberRole: 'nhi-auditor',
    lastAccessed: true,
    endpoint: `http://127.0.0.1:${port}`,
    concurrency: CONCURRENCY,
    accountsAtOnce: ACCOUNTS_AT_ONCE,
  };
}

/** Reads everything and keeps nothing; how many roles there were. */
async function collect(target: AwsTarget): Promise<number> {
  let roles = 0;
  const context = {
    asOf: '2026-11-20T00:00:00.000Z',
    signal: new AbortController().signal,
    clock: { now: () => Date.now(), sleep: (milliseconds: number) => wait(milliseconds) },
    random: () => 0.5,
    environment: { AWS_ACCESS_KEY_ID: keyOf(String(FIRST)), AWS_SECRET_ACCESS_KEY: 'secret' },
    progress: () => undefined,
  };
  for await (const batch of awsLive.read(target, context)) {
    for (const { table, row } of batch) if (table === 'identities' && row.kind === 'iam-role') roles++;
  }
  return roles;
}
