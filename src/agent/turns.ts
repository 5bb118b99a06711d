/** Lets work begin when nothing else is about any of the same names. */
export type TakeTurn = <T>(names: readonly string[], work: () => Promise<T>) => Promise<T>;

/** Turns for the work of one process, first come, first served. */
export function turns(): TakeTurn {
  const last = new Map<string, Promise<unknown>>();
  return async (names, work) => {
    const before = Promise.allSettled(names.map((name) => last.get(name) ?? Promise.resolve()));
    const done = before.then(work);
    const ended = done.catch(() => undefined);
    // Nothing is awaited before all names are taken: two that share names cannot wait for each other.
    for (const name of names) last.set(name, ended);
    return done;
  };
}
