import { createHash } from 'node:crypto';
import { Cron } from 'croner';
import { milliseconds } from '#config/agent/duration.ts';
import type { ScheduleConfig } from '#config/agent/schedule.ts';

/** The times that a schedule names, in milliseconds since the epoch. */
export interface Timetable {
  /** The last one at or before a time. */
  readonly latest: (at: number) => number | null;
  /** The first one after a time. */
  readonly next: (after: number) => number | null;
  /** How long after one of them the run begins. */
  readonly delay: (slot: number) => number;
}

/** When to run. */
export interface PlannedRun {
  /** The time that the schedule names. */
  readonly slot: number;
  /** When the run begins: the slot and its jitter, or sooner than now. */
  readonly at: number;
  /** So many earlier slots passed while nobody ran: this run stands for all of them. */
  readonly missed: number;
}

const DEFAULT_EVERY = '6h';
const MOST_COUNTED = 1000;

/**
 * The timetable of a schedule. Intervals count from the epoch, so that a restart does not shift them. Jitter is at most
 * half the way to the next slot, and follows from the name and the slot.
 */
export function timetable({ name, cron, timeZone, every, jitter }: ScheduleConfig): Timetable {
  const slots =
    cron === undefined ? interval(milliseconds(every ?? DEFAULT_EVERY)) : cronSlots(cron, timeZone);
  const most = milliseconds(jitter);
  return {
    ...slots,
    delay: (slot) => {
      const gap = (slots.next(slot) ?? Infinity) - slot;
      return Math.floor(Math.min(most, gap / 2) * fraction(`${name} ${slot}`));
    },
  };
}

/**
 * When a schedule runs next, given the slot that was planned last (null: it never ran, and runs at once). Slots that
 * passed meanwhile are made up for by one run. null: it never runs again.
 */
export function nextRun(table: Timetable, planned: number | null, now: number): PlannedRun | null {
  const latest = table.latest(now);
  if (planned === null) return { slot: latest ?? now, at: now, missed: 0 };
  if (latest !== null && latest > planned) {
    return { slot: latest, at: latest + table.delay(latest), missed: countBetween(table, planned, latest) };
  }
  const slot = table.next(planned);
  return slot === null ? null : { slot, at: slot + table.delay(slot), missed: 0 };
}

/**
 * The slot to take for the one that was planned last, where the clock was set back and that one lies ahead: what ran does
 * not run again at once, and the next run is at most two slots away, however far the clock went.
 */
export function afterClockWentBack(table: Timetable, planned: number, now: number): number {
  return planned > now ? Math.min(planned, table.next(now) ?? planned) : planned;
}

/** How many slots lie between two times, both left out; at most a thousand are counted. */
export function countBetween(table: Timetable, after: number, before: number): number {
  let count = 0;
  let slot = table.next(after);
  while (slot !== null && slot < before && count < MOST_COUNTED) {
    count += 1;
    slot = table.next(slot);
  }
  return count;
}

function interval(length: number): Pick<Timetable, 'latest' | 'next'> {
  return {
    latest: (at) => Math.floor(at / length) * length,
    next: (after) => Math.floor(after / length) * length + length,
  };
}

function cronSlots(expression: string, timeZone: string): Pick<Timetable, 'latest' | 'next'> {
  // Paused and without a function it sets no timer: timers of Node cannot tell that the clock was set.
  const cron = new Cron(expression, { paused: true, timezone: timeZone });
  return {
    latest: (at) => cron.previousRuns(1, new Date(at))[0]?.getTime() ?? null,
    next: (after) => cron.nextRun(new Date(after))?.getTime() ?? null,
  };
}

/** A number from 0 up to 1 that is the same for the same text. */
function fraction(text: string): number {
  return createHash('sha256').update(text).digest().readUInt32BE(0) / 2 ** 32;
}
