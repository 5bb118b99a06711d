import { join } from 'node:path';
import { milliseconds } from '#config/agent/duration.ts';
import { recover } from './announce.ts';
import { courier, type Courier } from './deliver/courier.ts';
import type { AgentLog } from './events.ts';
import { serveHealth } from './health/server.ts';
import { keepSchedule, type KeptSchedule } from './keep-schedule.ts';
import type { AgentOptions } from './options.ts';
import { openOutbox, type Outbox } from './outbox.ts';
import { turns } from './turns.ts';
import { untilStopped } from './until-stopped.ts';

const DELIVERY_PAUSE_MS = 1000;

/**
 * Runs every schedule at its times, delivers messages and serves health, until `signal` aborts. Nothing is half written
 * whenever it ends, and what it did not finish it takes up when it is started again.
 */
export async function runAgent(options: AgentOptions): Promise<void> {
  const { config, folder, sleep, toolVersion } = options;
  let problems = 0;
  const log: AgentLog = (event) => {
    if (event.event === 'problem') problems += 1;
    options.log(event);
  };
  // What breaks one part of it, a mistake of ours, stops all of it: half an agent would look like a whole one.
  const broken = new AbortController();
  const signal = AbortSignal.any([options.signal, broken.signal]);
  const { schedules, outbox, carry } = await wakeUp({ ...options, log, signal });
  const health = await serveHealth(config, {
    schedules,
    outbox,
    now: options.now,
    toolVersion,
    problems: () => problems,
    stopping: () => signal.aborted,
  });
  if (health !== null) log({ event: 'listening', address: health.address });
  const names = schedules.map(({ name }) => name);
  log({ event: 'started', folder, schedules: names, waiting: outbox.waiting().length });
  const parts = [
    ...schedules.map(({ keep }) => keep()),
    untilStopped(signal, async () => {
      await carry();
      await sleep(DELIVERY_PAUSE_MS, signal);
    }),
  ];
  for (const part of parts) part.catch((error: unknown) => broken.abort(error));
  await Promise.allSettled(parts);
  await health?.close();
  log({ event: 'stopped' });
  broken.signal.throwIfAborted();
}

/** How a run of one schedule went; `error` null: it was scanned. */
export interface RunResult {
  readonly schedule: string;
  readonly error: unknown;
}

/** What a single round did. */
export interface Round {
  readonly runs: readonly RunResult[];
  /** Messages that could not be delivered and stay for the next time. */
  readonly waiting: number;
}

/** Runs every schedule once, or with `dueOnly` those that are due, and makes one attempt to deliver every message. */
export async function runOnce(options: AgentOptions, dueOnly: boolean): Promise<Round> {
  const { schedules, outbox, carry } = await wakeUp(options);
  const runs: RunResult[] = [];
  for (const schedule of schedules) {
    if (dueOnly && !schedule.isDue()) continue;
    runs.push({ schedule: schedule.name, error: await schedule.runOnce() });
    options.signal.throwIfAborted();
  }
  await carry();
  options.signal.throwIfAborted();
  return { runs, waiting: outbox.waiting().length };
}

interface Awake {
  readonly schedules: readonly KeptSchedule[];
  readonly outbox: Outbox;
  readonly carry: Courier;
}

async function wakeUp(options: AgentOptions): Promise<Awake> {
  const { config, folder, files, log } = options;
  const outbox = await openOutbox(join(folder, 'outbox'), files, log);
  await recover({ folder, files, outbox, log });
  const takeTurn = turns();
  const means = { ...options, outbox, takeTurn };
  const schedules = await Promise.all(config.schedules.map((schedule) => keepSchedule(schedule, means)));
  const channels = config.notify;
  const giveUpAfter = milliseconds(config.giveUpAfter);
  return { schedules, outbox, carry: courier({ ...options, outbox, channels, giveUpAfter }) };
}
