import type { LiveContext } from '#contract/live.ts';

/** A context whose clock stands still but for its sleeps, which return at once and are kept. */
export interface TestContext extends LiveContext {
  /** Every wait so far, in milliseconds. */
  readonly slept: readonly number[];
  /** What was said to be read. */
  readonly said: readonly string[];
}

/** A live context for tests: a fixed time, no real waiting, jitter of one half. */
export function liveContext(
  options: {
    readonly signal?: AbortSignal;
    readonly environment?: Readonly<Record<string, string>>;
    readonly asOf?: string;
  } = {},
): TestContext {
  const asOf = options.asOf ?? '2026-11-20T00:00:00.000Z';
  let now = Date.parse(asOf);
  const slept: number[] = [];
  const said: string[] = [];
  return {
    asOf,
    signal: options.signal ?? new AbortController().signal,
    clock: {
      now: () => now,
      sleep: async (milliseconds, signal) => {
        signal.throwIfAborted();
        slept.push(milliseconds);
        now += milliseconds;
        await Promise.resolve();
      },
    },
    random: () => 0.5,
    environment: options.environment ?? {},
    progress: (what) => said.push(what),
    slept,
    said,
  };
}
