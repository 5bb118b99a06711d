import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { createLimiter } from '#collectors/shared/live/limiter.ts';
import { liveContext } from '#test/collectors/live-context.ts';

const forever = new AbortController().signal;

/** Runs `count` calls through a limiter and tells the most that ran at once. */
async function mostAtOnce(
  limiter: ReturnType<typeof createLimiter>,
  keys: readonly string[],
): Promise<number> {
  let active = 0;
  let most = 0;
  await Promise.all(
    keys.map(async (key) =>
      limiter.run(
        key,
        async () => {
          most = Math.max(most, ++active);
          await new Promise((resolve) => setTimeout(resolve, 2));
          active--;
        },
        forever,
      ),
    ),
  );
  return most;
}

const many = (key: string, count: number) => Array.from({ length: count }, () => key);

describe('a limiter', () => {
  it('runs as many calls at once as it may, over all keys', async () => {
    const limiter = createLimiter(4, liveContext().clock);
    expect(await mostAtOnce(limiter, [...many('a', 10), ...many('b', 10)])).toBe(4);
  });

  it('halves the calls of a key that is throttled, down to one, and leaves other keys alone', async () => {
    const limiter = createLimiter(8, liveContext().clock);
    limiter.throttled('a', 0);
    expect(await mostAtOnce(limiter, many('a', 20))).toBe(4);
    for (let i = 0; i < 9; i++) limiter.throttled('a', 0);
    expect(await mostAtOnce(limiter, many('a', 5))).toBe(1);
    expect(await mostAtOnce(limiter, many('b', 20))).toBe(8);
  });

  it('lets a key grow again by one after as many successes as may run at once', async () => {
    const limiter = createLimiter(8, liveContext().clock);
    limiter.throttled('a', 0);
    for (let i = 0; i < 4; i++) limiter.succeeded('a');
    expect(await mostAtOnce(limiter, many('a', 20))).toBe(5);
  });

  it('never grows beyond what was allowed', async () => {
    const limiter = createLimiter(3, liveContext().clock);
    for (let i = 0; i < 50; i++) limiter.succeeded('a');
    expect(await mostAtOnce(limiter, many('a', 20))).toBe(3);
  });

  it('starts no call of a key before the wait that was asked for is over', async () => {
    const { clock } = liveContext();
    const limiter = createLimiter(2, clock);
    const start = clock.now();
    limiter.throttled('a', 5000);
    expect(await limiter.run('a', async () => clock.now() - start, forever)).toBe(5000);
  });

  it('gives the turn on when a call fails', async () => {
    const limiter = createLimiter(1, liveContext().clock);
    const failing = limiter.run('a', async () => Promise.reject(new Error('no')), forever);
    await expect(failing).rejects.toThrow('no');
    expect(await limiter.run('a', async () => 'yes', forever)).toBe('yes');
  });

  it('forgets a call that is aborted while it waits for its turn', async () => {
    const limiter = createLimiter(1, liveContext().clock);
    const abort = new AbortController();
    let release = (): void => undefined;
    const first = limiter.run('a', async () => new Promise<void>((resolve) => (release = resolve)), forever);
    const second = limiter.run('a', async () => 'never', abort.signal);
    abort.abort(new Error('stopped'));
    await expect(second).rejects.toThrow('stopped');
    release();
    await first;
    expect(await limiter.run('a', async () => 'third', forever)).toBe('third');
  });
});

describe('waiting for a turn', () => {
  it('leaves no listener behind on the signal', async () => {
    const limiter = createLimiter(1, liveContext().clock);
    const { signal } = new AbortController();
    await Promise.all(many('a', 20).map(async (key) => limiter.run(key, async () => 'done', signal)));
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  it('ends for all that wait when they are aborted', async () => {
    const limiter = createLimiter(1, liveContext().clock);
    const abort = new AbortController();
    let release = (): void => undefined;
    const first = limiter.run('a', async () => new Promise<void>((resolve) => (release = resolve)), forever);
    const waiting = many('a', 20).map(async (key) => limiter.run(key, async () => 'never', abort.signal));
    abort.abort(new Error('stopped'));
    const ended = await Promise.allSettled(waiting);
    expect(ended.filter(({ status }) => status === 'rejected')).toHaveLength(20);
    release();
    await first;
  });
});
