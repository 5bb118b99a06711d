import type { LiveClock } from '#contract/live.ts';

/** Lets a bounded number of calls run at once, in all and by key, and fewer where the provider throttles. */
export interface Limiter {
  /** Waits for its turn, runs the work, and gives the turn on. Rejects with the signal's reason when aborted. */
  readonly run: <T>(key: string, work: () => Promise<T>, signal: AbortSignal) => Promise<T>;
  /** The provider throttled a call of this key: halves its calls at once and lets none start before the wait is over. */
  readonly throttled: (key: string, waitMs: number) => void;
  /** A call of this key went well: after as many as may run at once, one more may. */
  readonly succeeded: (key: string) => void;
}

interface Lane {
  allowed: number;
  active: number;
  successes: number;
  /** No call starts before this time. */
  closedUntil: number;
}

interface Waiting {
  readonly lane: Lane;
  readonly signal: AbortSignal;
  readonly start: () => void;
  readonly end: (reason: unknown) => void;
}

/**
 * A limiter with `concurrency` calls at once in all. Each key starts with all of them, and grows and shrinks by itself:
 * additive increase, multiplicative decrease, as in TCP's congestion control.
 */
export function createLimiter(concurrency: number, clock: LiveClock): Limiter {
  const lanes = new Map<string, Lane>();
  const queue = new Set<Waiting>();
  // One listener for all that wait: taking one out of hundreds costs a walk past the others.
  const listening = new Map<AbortSignal, { waiting: number; readonly aborted: () => void }>();
  let active = 0;

  const laneOf = (key: string): Lane => {
    const known = lanes.get(key);
    if (known !== undefined) return known;
    const lane = { allowed: concurrency, active: 0, successes: 0, closedUntil: 0 };
    lanes.set(key, lane);
    return lane;
  };

  const next = () => {
    for (const waiting of queue) {
      if (active >= concurrency) return;
      if (waiting.lane.active >= waiting.lane.allowed) continue;
      dequeue(waiting);
      take(waiting.lane);
      waiting.start();
    }
  };
  const take = (lane: Lane) => {
    active++;
    lane.active++;
  };
  const release = (lane: Lane) => {
    active--;
    lane.active--;
    next();
  };
  const enqueue = (waiting: Waiting) => {
    queue.add(waiting);
    const { signal } = waiting;
    const known = listening.get(signal);
    if (known !== undefined) {
      known.waiting++;
      return;
    }
    const aborted = () => {
      for (const each of queue) {
        if (each.signal !== signal) continue;
        dequeue(each);
        each.end(signal.reason);
      }
    };
    listening.set(signal, { waiting: 1, aborted });
    signal.addEventListener('abort', aborted, { once: true });
  };
  const dequeue = (waiting: Waiting) => {
    queue.delete(waiting);
    const { signal } = waiting;
    const known = listening.get(signal);
    if (known === undefined || --known.waiting > 0) return;
    signal.removeEventListener('abort', known.aborted);
    listening.delete(signal);
  };
  const turn = (lane: Lane, signal: AbortSignal) =>
    new Promise<void>((resolve, reject) => {
      enqueue({ lane, signal, start: resolve, end: reject });
      next();
    });

  /** Waits for the lane to be open and for a turn in it; a lane can close again while a call waits for its turn. */
  const open = async (lane: Lane, signal: AbortSignal) => {
    for (;;) {
      const wait = lane.closedUntil - clock.now();
      if (wait > 0) await clock.sleep(wait, signal);
      await turn(lane, signal);
      if (lane.closedUntil <= clock.now()) return;
      release(lane);
    }
  };

  return {
    run: async (key, work, signal) => {
      signal.throwIfAborted();
      const lane = laneOf(key);
      await open(lane, signal);
      try {
        return await work();
      } finally {
        release(lane);
      }
    },
    throttled: (key, waitMs) => {
      const lane = laneOf(key);
      lane.allowed = Math.max(1, Math.floor(lane.allowed / 2));
      lane.successes = 0;
      lane.closedUntil = Math.max(lane.closedUntil, clock.now() + waitMs);
    },
    succeeded: (key) => {
      const lane = laneOf(key);
      lane.successes++;
      if (lane.successes < lane.allowed || lane.allowed >= concurrency) return;
      lane.successes = 0;
      lane.allowed++;
      next();
    },
  };
}
