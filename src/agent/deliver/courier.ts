import type { ChannelConfig } from '#config/agent/notify.ts';
import type { AgentLog } from '../events.ts';
import { problemOf } from '../events.ts';
import type { Outbox, Waiting } from '../outbox.ts';
import { deliver, type Delivering } from './deliver.ts';
import type { Outcome } from './outcome.ts';

const FIRST_WAIT_MS = 5000;
const LONGEST_WAIT_MS = 1_800_000;

/** What carrying messages takes. */
export interface CourierOptions extends Delivering {
  readonly outbox: Outbox;
  readonly channels: readonly ChannelConfig[];
  /** How old a message becomes before it is put aside, in milliseconds. */
  readonly giveUpAfter: number;
  /** From 0 up to 1. */
  readonly random: () => number;
  readonly log: AgentLog;
}

interface Wait {
  readonly failures: number;
  readonly until: number;
}

/** Carries messages: each call makes one attempt at every one that is due. */
export type Courier = () => Promise<void>;

/**
 * A courier. Channels are served side by side, messages of one in their order. Where a channel is unavailable all of it
 * waits; where it refuses a message, only that one does. Waits double, up to half an hour, and are spread by chance.
 */
export function courier(options: CourierOptions): Courier {
  const { outbox, channels, now, random, log, signal } = options;
  const waits = new Map<string, Wait>();
  /** Delivered, and not removed yet: where the disk refuses that, it is no reason to deliver again. */
  const done = new Set<string>();
  const finish = async (id: string): Promise<void> => {
    waits.delete(id);
    try {
      await outbox.remove(id);
      done.delete(id);
    } catch (error) {
      if (!done.has(id))
        log({ event: 'problem', what: `removing the message ${id}`, problem: problemOf(error) });
      done.add(id);
    }
  };

  const mayTry = (key: string) => (waits.get(key)?.until ?? 0) <= now();
  const wait = (key: string, retryAfter: number | null): number => {
    const failures = (waits.get(key)?.failures ?? 0) + 1;
    const longest = Math.min(FIRST_WAIT_MS * 2 ** (failures - 1), LONGEST_WAIT_MS);
    const until = now() + Math.max(longest * (0.5 + random() / 2), retryAfter ?? 0);
    waits.set(key, { failures, until });
    return until;
  };

  /** Whether the channel may be tried with the next one. */
  const carry = async ({ id, channel: name, createdAt }: Waiting): Promise<boolean> => {
    if (done.has(id)) {
      await finish(id);
      return true;
    }
    const entry = await outbox.read(id);
    if (entry === null) return true;
    const outcome = await attempt(name, channels, entry, options);
    if (signal.aborted && outcome.kind !== 'delivered') return false;
    if (outcome.kind === 'delivered') {
      waits.delete(name);
      log({ event: 'delivered', channel: name, delivery: id });
      await finish(id);
      return true;
    }
    const refused = outcome.kind === 'refused';
    const until = wait(refused ? id : name, refused ? null : outcome.retryAfter);
    const again = new Date(until).toISOString();
    log({ event: 'not-delivered', channel: name, delivery: id, problem: outcome.problem, again });
    if (now() - createdAt > options.giveUpAfter) {
      log({ event: 'given-up', channel: name, delivery: id, kept: await outbox.giveUp(id) });
      waits.delete(id);
    }
    return refused;
  };

  const serve = async (entries: readonly Waiting[]): Promise<void> => {
    for (const entry of entries) {
      if (signal.aborted || !mayTry(entry.channel)) return;
      if (mayTry(entry.id) && !(await carry(entry))) return;
    }
  };
  return async () => {
    const waiting = outbox.waiting();
    const names = [...new Set(waiting.map(({ channel }) => channel))];
    const served = await Promise.allSettled(
      names.map((name) => serve(waiting.filter(({ channel }) => channel === name))),
    );
    for (const each of served) {
      if (each.status === 'rejected')
        log({ event: 'problem', what: 'delivering', problem: problemOf(each.reason) });
    }
  };
}

async function attempt(
  name: string,
  channels: readonly ChannelConfig[],
  entry: Parameters<typeof deliver>[0],
  means: Delivering,
): Promise<Outcome> {
  const channel = channels.find((each) => each.name === name);
  if (channel !== undefined) return deliver(entry, channel, means);
  return { kind: 'unavailable', problem: 'the configuration has no such channel any more', retryAfter: null };
}
