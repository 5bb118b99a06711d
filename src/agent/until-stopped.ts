/** Repeats work until the signal aborts. What that interrupts is no failure; any other error ends it and is thrown. */
export async function untilStopped(signal: AbortSignal, work: () => Promise<unknown>): Promise<void> {
  while (!signal.aborted) {
    try {
      await work();
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }
}
