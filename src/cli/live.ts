import { setTimeout as delay } from 'node:timers/promises';
import { collectors } from '#collectors/index.ts';
import type { LoadedConfig } from '#config/load-config.ts';
import type { LiveClock } from '#contract/live.ts';
import type { System } from '#model/system.ts';
import type { Target } from '#model/target.ts';
import type { LiveSources } from '#scan/collect-live.ts';
import type { Io } from './io.ts';

/** The targets that the configuration names; where it names none, what the machine's own settings point to. */
export async function liveTargets(
  config: LoadedConfig,
  io: Io,
  systems?: readonly System[],
): Promise<readonly Target[]> {
  const targets = config.targets.length > 0 ? config.targets : await detected(io);
  return systems === undefined ? targets : targets.filter(({ system }) => systems.includes(system));
}

async function detected(io: Io): Promise<Target[]> {
  const found = await Promise.all(
    collectors.map(async ({ live }) => {
      if (live === undefined) return [];
      const reader = await live();
      return reader.detect({ environment: io.env, signal: io.signal });
    }),
  );
  return found.flat();
}

/** What live reading takes from outside: time, chance and the environment. */
export function liveSources(targets: readonly Target[], io: Io): LiveSources {
  return { targets, clock: liveClock(io), random: Math.random, environment: io.env };
}

/** The machine's clock. */
export function liveClock(io: Io): LiveClock {
  return {
    now: () => io.now().getTime(),
    sleep: async (milliseconds, signal) => {
      try {
        await delay(milliseconds, undefined, { signal });
      } catch (error) {
        // The timer rejects with an error of its own; who aborted, and why, is the signal's to say.
        signal.throwIfAborted();
        throw error;
      }
    },
  };
}
