import type { ScheduleConfig } from '#config/agent/schedule.ts';
import { announce } from './announce.ts';
import { problemOf } from './events.ts';
import type { RegrowthFact, RunFacts } from './facts.ts';
import type { Keeping } from './options.ts';
import { newsOf, newsOfFailure, type News } from './news.ts';
import type { RunRecord } from './run-record.ts';
import { sendReports } from './send-reports.ts';
import type { Told } from './told.ts';

/** What was remembered when a run began. */
interface Before {
  readonly record: RunRecord;
  readonly told: Told;
}

/** What a run changes in what is remembered. */
export interface RunOutcome {
  readonly change: Partial<RunRecord>;
  readonly told: Told;
  /** What stopped the scan; null: nothing did. */
  readonly error: unknown;
}

/**
 * One run: scan, look at revocations that are due again, tell what is new, write reports, remove old snapshots. A scan
 * that fails is told; what fails after it is said in the log, and does not take the scan back. Throws where the signal
 * aborts.
 */
export async function performRun(
  schedule: ScheduleConfig,
  before: Before,
  means: Keeping,
): Promise<RunOutcome> {
  const { log, now, signal, work } = means;
  const { name } = schedule;
  const { record } = before;
  const began = now();
  let facts: RunFacts;
  try {
    facts = await work.scan(schedule, signal);
  } catch (error) {
    signal.throwIfAborted();
    log({ event: 'run-failed', schedule: name, problem: problemOf(error) });
    const change = { runs: record.runs + 1, failures: record.failures + 1 };
    const news = newsOfFailure(before.told, problemOf(error));
    return { change, error, told: await tell(news, before.told, null, schedule, means) };
  }
  const looks = await lookAgain(schedule, record, facts.snapshot, means);
  const news = newsOf(before.told, facts, looks.facts);
  const told = await tell(news, before.told, facts, schedule, means);
  await sendReports(schedule, facts.snapshot, means);
  await prune(schedule, means);
  signal.throwIfAborted();
  // A clock that was set back meanwhile makes no negative length.
  const seconds = Math.max(0, now() - began) / 1000;
  const gate = facts.gate.passed ? 'pass' : 'fail';
  log({
    event: 'run-finished',
    schedule: name,
    snapshot: facts.snapshot,
    seconds,
    gate,
    news: news.items.length,
  });
  const change = {
    runs: record.runs + 1,
    succeeded: now(),
    seconds,
    snapshot: facts.snapshot,
    numbers: facts.numbers,
    regrowth: { ...record.regrowth, ...looks.looked },
  };
  return { change, told, error: null };
}

/** Tells news; where that fails nothing was told, and it is news again. */
async function tell(
  news: News,
  told: Told,
  found: Pick<RunFacts, 'snapshot' | 'asOf'> | null,
  schedule: ScheduleConfig,
  means: Keeping,
): Promise<Told> {
  const occasion = {
    schedule: schedule.name,
    snapshot: found?.snapshot ?? null,
    asOf: found?.asOf ?? null,
  };
  const channels = means.config.notify.filter(({ name }) => schedule.notify?.includes(name) ?? true);
  try {
    return await announce(news, occasion, channels, means);
  } catch (error) {
    means.log({ event: 'problem', what: `telling the news of ${schedule.name}`, problem: problemOf(error) });
    return told;
  }
}

async function lookAgain(
  schedule: ScheduleConfig,
  { regrowth }: RunRecord,
  snapshot: string,
  { log, now, signal, work }: Keeping,
): Promise<{ readonly facts: RegrowthFact[]; readonly looked: Record<string, number> }> {
  const facts: RegrowthFact[] = [];
  const looked: Record<string, number> = {};
  try {
    const due = await work.regrowth(schedule, regrowth);
    for (const { revocation } of due.filter(({ at }) => at <= now())) {
      const fact = await work.lookAgain(schedule, revocation, snapshot, signal);
      signal.throwIfAborted();
      log({ event: 'regrowth-checked', schedule: schedule.name, revocation, verdict: fact.verdict });
      facts.push(fact);
      looked[revocation] = now();
    }
  } catch (error) {
    signal.throwIfAborted();
    log({ event: 'problem', what: `looking at revocations of ${schedule.name}`, problem: problemOf(error) });
  }
  return { facts, looked };
}

async function prune(schedule: ScheduleConfig, { log, work }: Keeping): Promise<void> {
  try {
    const snapshots = await work.prune(schedule);
    if (snapshots.length > 0) log({ event: 'pruned', schedule: schedule.name, snapshots });
  } catch (error) {
    log({ event: 'problem', what: `removing old snapshots of ${schedule.name}`, problem: problemOf(error) });
  }
}
