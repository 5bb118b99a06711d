import type { Instant } from '#model/system.ts';

/** A stretch of time, both ends being those of requests. */
export interface AuditWindow {
  readonly from: Instant;
  readonly to: Instant;
  /** The end of the stretch before, where days lie between of which the log has nothing. */
  readonly gapAfter?: Instant;
}

/**
 * The last stretch of days that each have a request: the control plane itself asks many times a day, so that a day
 * without any is one whose log is missing. `days` by date.
 */
export function windowOf(days: ReadonlyMap<string, AuditWindow>): AuditWindow | null {
  const [last, ...earlier] = [...days].toSorted(([one], [other]) => (one < other ? 1 : -1));
  if (last === undefined) return null;
  let [next, window] = last;
  for (const [day, { from, to }] of earlier) {
    if (dayAfter(day) !== next) return { ...window, gapAfter: to };
    window = { from, to: window.to };
    next = day;
  }
  return window;
}

function dayAfter(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}
