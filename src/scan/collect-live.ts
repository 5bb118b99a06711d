import type { Collector } from '#contract/collector.ts';
import type { LiveClock, LiveContext, LiveReader } from '#contract/live.ts';
import { CollectError } from '#model/errors.ts';
import type { Coverage } from '#model/scope.ts';
import type { Instant, System } from '#model/system.ts';
import type { Target } from '#model/target.ts';
import type { Staging } from '#store/reader.ts';
import type { Progress } from './progress.ts';
import { writeObservations } from './write-observations.ts';

/** What live reading takes from outside. */
export interface LiveSources {
  readonly targets: readonly Target[];
  readonly clock: LiveClock;
  readonly random: () => number;
  readonly environment: LiveContext['environment'];
}

export interface CollectLiveOptions extends LiveSources {
  readonly staging: Staging;
  readonly collectors: readonly Collector[];
  readonly asOf: Instant;
  readonly signal: AbortSignal;
  readonly progress: Progress;
}

/**
 * Reads every target into the staging snapshot, one after another. A target that cannot be read at all, or a reader
 * that breaks, is a coverage row of its system and touches no other target. Throws only when aborted.
 */
export async function collectLive(options: CollectLiveOptions): Promise<void> {
  for (const target of options.targets) {
    try {
      await collectTarget(target, options);
    } catch (error) {
      if (options.signal.aborted) throw error;
      await options.staging.write('coverage', [unread(target, error)]);
    }
  }
}

/** The live side of the target's collector. Throws `CollectError` where that system is not read live. */
export async function liveReaderOf(system: System, collectors: readonly Collector[]): Promise<LiveReader> {
  const live = collectors.find((collector) => collector.system === system)?.live;
  if (live === undefined) throw new CollectError(`${system} cannot be read live`);
  return live();
}

async function collectTarget(target: Target, options: CollectLiveOptions): Promise<void> {
  const { staging, collectors, progress } = options;
  progress({ kind: 'target', system: target.system, name: nameOf(target) });
  const reader = await liveReaderOf(target.system, collectors);
  const context: LiveContext = {
    asOf: options.asOf,
    signal: options.signal,
    clock: options.clock,
    random: options.random,
    environment: options.environment,
    progress: (what) => progress({ kind: 'reading', system: target.system, what }),
  };
  await writeObservations(reader.read(target, context), { staging, progress, signal: options.signal });
}

/** How a target is called in progress and coverage. */
export function nameOf(target: Target): string {
  return target.name ?? target.system;
}

function unread(target: Target, error: unknown): Coverage {
  const why = error instanceof CollectError ? error.message : `the reader broke: ${String(error)}`;
  const hint = error instanceof CollectError && error.hint !== undefined ? ` (${error.hint})` : '';
  return {
    system: target.system,
    scopeUid: null,
    feed: null,
    call: 'live',
    status: 'failed',
    missingPermission: null,
    detail: `${nameOf(target)}: ${why}${hint}`,
  };
}
