import type { Io } from '../io.ts';

/** How wide text on a stream may be: the terminal's columns, or no limit elsewhere, so that nothing is cut in a pipe. */
export function widthOf(io: Io, stream: 'stdout' | 'stderr' = 'stdout'): number {
  return io[stream].isTTY === true ? (io[stream].columns ?? 80) : Infinity;
}
