import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scheduleSchema } from '#config/agent/schedule.ts';
import { afterClockWentBack, nextRun, timetable, type Timetable } from '#agent/timetable.ts';

const at = (text: string) => Date.parse(text);
const iso = (time: number | null | undefined) =>
  time === null || time === undefined ? null : new Date(time).toISOString();
const tableOf = (schedule: object): Timetable =>
  timetable(scheduleSchema.parse({ name: 'clouds', ...schedule }));

describe('a timetable', () => {
  it('reads cron expressions in their time zone, across the change to winter time', () => {
    const table = tableOf({ cron: '30 6 * * *', timeZone: 'Europe/Berlin' });
    expect(iso(table.next(at('2026-10-24T05:00:00Z')))).toBe('2026-10-25T05:30:00.000Z');
    expect(iso(table.next(at('2026-10-23T05:00:00Z')))).toBe('2026-10-24T04:30:00.000Z');
    expect(iso(table.latest(at('2026-10-25T05:29:59Z')))).toBe('2026-10-24T04:30:00.000Z');
  });

  it('counts intervals from the epoch, so that a restart does not shift them', () => {
    const table = tableOf({ every: '6h' });
    expect(iso(table.next(at('2026-11-20T05:59:59Z')))).toBe('2026-11-20T06:00:00.000Z');
    expect(iso(table.latest(at('2026-11-20T06:00:00Z')))).toBe('2026-11-20T06:00:00.000Z');
  });

  it('delays each slot by jitter that is the same every time, differs by name, and stays below half the interval', () => {
    const table = tableOf({ every: '1h', jitter: '50m' });
    const slots = Array.from({ length: 50 }, (_, n) => at('2026-11-20T00:00:00Z') + n * 3_600_000);
    const delays = slots.map(table.delay);
    expect(slots.map(tableOf({ every: '1h', jitter: '50m' }).delay)).toEqual(delays);
    expect(slots.map(tableOf({ name: 'other', every: '1h', jitter: '50m' }).delay)).not.toEqual(delays);
    expect(new Set(delays).size).toBeGreaterThan(40);
    expect(Math.max(...delays)).toBeLessThan(1_800_000);
  });
});

describe('the next run', () => {
  const hourly = tableOf({ every: '1h' });

  it('is at once where the schedule never ran', () => {
    const now = at('2026-11-20T10:20:00Z');
    expect(nextRun(hourly, null, now)).toEqual({ slot: at('2026-11-20T10:00:00Z'), at: now, missed: 0 });
  });

  it('is at the next slot after the one that was planned last', () => {
    const run = nextRun(hourly, at('2026-11-20T10:00:00Z'), at('2026-11-20T10:20:00Z'));
    expect(iso(run?.at)).toBe('2026-11-20T11:00:00.000Z');
  });

  it('stands for all slots that passed while nobody ran', () => {
    const run = nextRun(hourly, at('2026-11-20T01:00:00Z'), at('2026-11-20T10:20:00Z'));
    expect(run).toEqual({ slot: at('2026-11-20T10:00:00Z'), at: at('2026-11-20T10:00:00Z'), missed: 8 });
  });

  it('never comes for a date that is over', () => {
    const table = tableOf({ cron: '0 0 0 1 1 * 2026' });
    expect(nextRun(table, at('2026-06-01T00:00:00Z'), at('2026-11-20T00:00:00Z'))).toBeNull();
  });
});

describe('a clock that is set back', () => {
  it.each([
    ['by a second', '2026-11-20T09:59:59Z', '2026-11-20T11:00:00.000Z'],
    ['by an hour and a half', '2026-11-20T08:30:00Z', '2026-11-20T10:00:00.000Z'],
    ['by ten years', '2016-11-20T08:30:00Z', '2016-11-20T10:00:00.000Z'],
  ])('%s neither repeats nor starves', (_by, now, expected) => {
    const table = tableOf({ every: '1h' });
    const planned = afterClockWentBack(table, at('2026-11-20T10:00:00Z'), at(now));
    expect(iso(nextRun(table, planned, at(now))?.at)).toBe(expected);
  });

  it('leads to one run between one and two intervals later, wherever it is set to and however often one looks', () => {
    const table = tableOf({ every: '1h' });
    const hour = 3_600_000;
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10 ** 11 }),
        fc.integer({ min: 0, max: hour - 1 }),
        (jump, into) => {
          const slot = at('2026-11-20T10:00:00Z');
          let planned = slot;
          const set = slot + into - jump;
          for (let now = set; now <= set + 2 * hour; now += 60_000) {
            planned = afterClockWentBack(table, planned, now);
            const run = nextRun(table, planned, now);
            if (run !== null && run.at <= now) {
              return set >= slot || now - set >= hour;
            }
          }
          return false;
        },
      ),
    );
  });
});
