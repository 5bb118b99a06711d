import { setMaxListeners } from 'node:events';
import type { LiveContext } from '#contract/live.ts';
import { CallError, callFailure, type CallFailure, type FailureKind } from './call-error.ts';
import { createLimiter } from './limiter.ts';

/** Makes calls: bounded at once, each attempt timed, tried again where that can help, ended by the context's signal. */
export interface Caller {
  /**
   * Runs one call. `key` names what the provider limits by: account and API, `iam@111122223333`. `work` is given a
   * signal for its attempt. Throws `CallError` for a failure that stays, the signal's reason when aborted, and any
   * other error as it is.
   */
  readonly call: <T>(key: string, work: Work<T>) => Promise<T>;
}

type Work<T> = (signal: AbortSignal) => Promise<T>;

export interface CallerOptions {
  /** Calls at once. */
  readonly concurrency: number;
  /** How often a call is tried. Default 6. */
  readonly attempts?: number;
  /** How long an attempt may take, in milliseconds. Default 60,000. */
  readonly timeoutMs?: number;
  /** Tells what a client library's error means; null: no failure of the call, but a bug. */
  readonly failureOf?: (error: unknown) => CallFailure | null;
  /** The failures after which a call is tried again. Default: all that can pass, which suits calls that only read. */
  readonly again?: ReadonlySet<FailureKind>;
}

/** Asking again can help with these. */
const PASSING: ReadonlySet<FailureKind> = new Set(['throttled', 'unreachable', 'timed-out', 'server-error']);

const FIRST_WAIT = 200;
const LONGEST_WAIT = 30_000;
/** A provider that asks for more patience than this is taken to have refused. */
const LONGEST_RETRY_AFTER = 300_000;

/** A caller with its own limits; one for each set of credentials. */
export function createCaller(context: LiveContext, options: CallerOptions): Caller {
  const { clock, random, signal } = context;
  // Every call that waits listens to it: more than Node takes for a leak.
  setMaxListeners(0, signal);
  const limiter = createLimiter(options.concurrency, clock);
  const timed = timing(options.timeoutMs ?? 60_000, signal);
  const attempts = options.attempts ?? 6;
  const again = options.again ?? PASSING;

  const attempt = async <T>(key: string, work: Work<T>) => {
    try {
      const result = await limiter.run(key, () => timed(work), signal);
      limiter.succeeded(key);
      return { result };
    } catch (error) {
      signal.throwIfAborted();
      const known = error instanceof CallError ? error.failure : (options.failureOf?.(error) ?? null);
      if (known === null) throw error;
      return { failed: new CallError(known, error) };
    }
  };

  return {
    call: async (key, work) => {
      for (let tried = 1; ; tried++) {
        const outcome = await attempt(key, work);
        if ('result' in outcome) return outcome.result;
        const { failed } = outcome;
        const wait = waitBefore(failed.failure, tried, random);
        if (failed.failure.kind === 'throttled') limiter.throttled(key, Math.min(wait, LONGEST_RETRY_AFTER));
        const hopeless = !again.has(failed.failure.kind) || wait > LONGEST_RETRY_AFTER;
        if (hopeless || tried >= attempts) throw failed;
        await clock.sleep(wait, signal);
      }
    },
  };
}

/**
 * Exponential with full jitter, and never sooner than the provider asks.
 * https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
function waitBefore({ retryAfterMs }: CallFailure, tried: number, random: () => number): number {
  const jittered = random() * Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (tried - 1));
  return retryAfterMs === null ? jittered : retryAfterMs + Math.min(jittered, 1000);
}

/** Runs attempts that end when their time is over or the whole scan is aborted, even where the work does not listen. */
function timing(timeoutMs: number, outer: AbortSignal): <T>(work: Work<T>) => Promise<T> {
  const running = new Set<(reason: unknown) => void>();
  // One listener for all attempts: adding and taking away one for each costs a walk past the others.
  const aborted = () => {
    for (const end of running) end(outer.reason);
  };
  return async (work) => {
    const inner = new AbortController();
    let settle = (_error: unknown): void => undefined;
    const ended = new Promise<never>((_resolve, reject) => {
      settle = reject;
    });
    const end = (reason: unknown) => {
      settle(reason);
      inner.abort(reason);
    };
    if (running.size === 0) outer.addEventListener('abort', aborted, { once: true });
    running.add(end);
    const timer = setTimeout(() => {
      end(new CallError(callFailure('timed-out', `no answer within ${Math.ceil(timeoutMs / 1000)} s`)));
    }, timeoutMs);
    try {
      return await Promise.race([work(inner.signal), ended]);
    } finally {
      clearTimeout(timer);
      running.delete(end);
      if (running.size === 0) outer.removeEventListener('abort', aborted);
    }
  };
}
