/**
 * Runs sources side by side, at most `atOnce` of them, and gives what they give as it comes. No source runs further
 * ahead than its next part. An error of one ends all.
 */
export async function* merge<T>(
  sources: Iterable<() => AsyncIterable<T>>,
  atOnce: number,
): AsyncGenerator<T> {
  const waiting = sources[Symbol.iterator]();
  const running = new Map<
    AsyncIterator<T>,
    Promise<{ source: AsyncIterator<T>; result: IteratorResult<T> }>
  >();
  const advance = (source: AsyncIterator<T>): void => {
    running.set(
      source,
      source.next().then((result) => ({ source, result })),
    );
  };
  const start = (): void => {
    while (running.size < atOnce) {
      const next = waiting.next();
      if (next.done === true) return;
      advance(next.value()[Symbol.asyncIterator]());
    }
  };
  try {
    start();
    while (running.size > 0) {
      const { source, result } = await Promise.race(running.values());
      running.delete(source);
      if (result.done === true) {
        start();
      } else {
        advance(source);
        yield result.value;
      }
    }
  } finally {
    // After an error: the others end where they are, and what they still say is of no use.
    for (const [source, next] of running) {
      next.catch(() => undefined);
      source.return?.()?.catch(() => undefined);
    }
  }
}
