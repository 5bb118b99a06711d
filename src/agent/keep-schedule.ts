import type { ScheduleConfig } from '#config/agent/schedule.ts';
import { problemOf, type RunReason } from './events.ts';
import type { Keeping } from './options.ts';
import { readRecord, recordFile, type RunRecord } from './run-record.ts';
import { performRun } from './perform-run.ts';
import { afterClockWentBack, countBetween, nextRun, timetable } from './timetable.ts';
import { readTold, toldFile } from './told.ts';
import { untilStopped } from './until-stopped.ts';

/** A schedule with what is remembered of it. */
export interface KeptSchedule {
  readonly name: string;
  readonly record: () => RunRecord;
  readonly isDue: () => boolean;
  /** Runs at its times until the signal aborts. */
  readonly keep: () => Promise<void>;
  /** Runs now. The error that stopped the scan; null: none did. */
  readonly runOnce: () => Promise<unknown>;
}

/** Timers of Node stand still while a machine sleeps, and know nothing of a clock that is set: look at least so often. */
const LONGEST_NAP_MS = 30_000;
/** A run that begins so much after its time is made up for. */
const PUNCTUAL_MS = 60_000;
/** A run that was killed is begun anew once: it may be what kills the process. */
const MOST_ATTEMPTS = 2;
/** A scan that fails is not repeated at once because a revocation is due. */
const REGROWTH_PAUSE_MS = 300_000;

/** Takes a schedule up where it was left. */
export async function keepSchedule(schedule: ScheduleConfig, means: Keeping): Promise<KeptSchedule> {
  const { folder, files, log, now, signal, sleep, work } = means;
  const { name } = schedule;
  const table = timetable(schedule);
  let record = await readRecord(recordFile(folder, name), files, log);
  let told = await readTold(toldFile(folder, name), files, log);
  let interrupted = record.running;
  let regrowthProblem = '';

  /** Keeps a change in memory in any case: a full disk must not make a run repeat. */
  const remember = async (change: Partial<RunRecord>): Promise<void> => {
    record = { ...record, ...change };
    try {
      await files.write(recordFile(folder, name), JSON.stringify(record));
    } catch (error) {
      log({ event: 'problem', what: `remembering the runs of ${name}`, problem: problemOf(error) });
    }
  };

  const run = async (slot: number, reason: RunReason, missed: number): Promise<unknown> => {
    interrupted = false;
    const attempts = record.planned === slot ? record.attempts + 1 : 1;
    await remember({ planned: slot, attempts, running: true });
    log({ event: 'run-started', schedule: name, reason, missed });
    const result = await means.takeTurn(work.readBy(schedule), () =>
      performRun(schedule, { record, told }, means),
    );
    told = result.told;
    await remember({ ...result.change, running: false, finished: now() });
    return result.error;
  };

  /** Times that passed while a run went on are not made up for. */
  const skipWhatPassed = async (): Promise<void> => {
    const { planned } = record;
    const latest = table.latest(now());
    if (planned === null || latest === null || latest <= planned) return;
    const count = countBetween(table, planned, latest) + 1;
    await remember({ planned: latest, skipped: record.skipped + count });
    log({ event: 'runs-skipped', schedule: name, count, why: 'the run before was still going on' });
  };

  const turnClockBack = (): void => {
    const { planned } = record;
    if (planned === null || planned <= now()) return;
    const instead = afterClockWentBack(table, planned, now());
    if (instead === planned) return;
    log({ event: 'clock-went-back', schedule: name, planned: new Date(planned).toISOString() });
    record = { ...record, planned: instead };
  };

  /** When a revocation brings the next run forward; Infinity: none does. */
  const regrowthAt = async (): Promise<number> => {
    try {
      const due = await work.regrowth(schedule, record.regrowth);
      regrowthProblem = '';
      return Math.max(Math.min(...due.map(({ at }) => at)), (record.finished ?? 0) + REGROWTH_PAUSE_MS);
    } catch (error) {
      const problem = problemOf(error);
      if (problem !== regrowthProblem)
        log({ event: 'problem', what: `looking for revocations of ${name}`, problem });
      regrowthProblem = problem;
      return Infinity;
    }
  };

  const step = async (): Promise<void> => {
    turnClockBack();
    const plan = nextRun(table, record.planned, now());
    const again = interrupted && record.attempts < MOST_ATTEMPTS ? (record.planned ?? now()) : null;
    const regrowth = again === null ? await regrowthAt() : Infinity;
    const at = again === null ? Math.min(plan?.at ?? Infinity, regrowth) : now();
    const wait = at - now();
    if (wait > 0) {
      await sleep(Math.min(wait, LONGEST_NAP_MS), signal);
      return;
    }
    if (plan !== null && plan.at <= now()) {
      const late = plan.missed > 0 || now() - plan.at > PUNCTUAL_MS;
      const reason = record.planned === null ? 'first' : late ? 'caught-up' : 'scheduled';
      await run(plan.slot, reason, plan.missed);
    } else {
      await run(record.planned ?? now(), again === null ? 'regrowth' : 'interrupted', 0);
    }
    await skipWhatPassed();
  };

  return {
    name,
    record: () => record,
    isDue: () => (nextRun(table, record.planned, now())?.at ?? Infinity) <= now(),
    keep: () => untilStopped(signal, step),
    runOnce: () => run(table.latest(now()) ?? now(), 'once', 0),
  };
}
