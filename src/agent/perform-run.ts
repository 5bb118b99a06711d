import type { ScheduleConfig } from '#config/agent/schedule.ts';
import { announce } from './announce.ts';
import { problemOf } from './events.ts';
import type { RegrowthFact, RunFacts } from './facts.ts';
import type { Keeping } from './options.ts';
import { newsOf, newsOfFailure } from './news.ts';
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
    return { change, error, told: await tellFailure(schedule, before.told, problemOf(error), means) };
  }
  const looks = await lookAgain(schedule, record, facts.snapshot, means);
  const { told, news } = await tell(schedule, before.told, facts, looks.facts, means);
  await sendReports(schedule, facts.snapshot, means);
  await prune(schedule, means);
  signal.throwIfAborted();
  // A clock that was set back meanwhile makes no negative length.
  const seconds = Math.max(0, now() - began) / 1000;
  const gate = facts.gate.passed ? 'pass' : 'fail';
  log({ event: 'run-finished', schedule: name, snapshot: facts.snapshot, seconds, gate, news });
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

function channelsOf(schedule: ScheduleConfig, { config }: Keeping) {
  return config.notify.filter(({ name }) => schedule.notify?.includes(name) ?? true);
}

async function tell(
  schedule: ScheduleConfig,
  told: Told,
  facts: RunFacts,
  looks: readonly RegrowthFact[],
  means: Keeping,
): Promise<{ readonly told: Told; readonly news: number }> {
  const news = newsOf(told, facts, looks);
  const occasion = { schedule: schedule.name, snapshot: facts.snapshot, asOf: facts.asOf };
  try {
    const after = await announce(news, occasion, channelsOf(schedule, means), means);
    return { told: after, news: news.items.length };
  } catch (error) {
    means.log({ event: 'problem', what: `telling the news of ${schedule.name}`, problem: problemOf(error) });
    return { told, news: news.items.length };
  }
}

async function tellFailure(
  schedule: ScheduleConfig,
  told: Told,
  problem: string,
  means: Keeping,
): Promise<Told> {
  const news = newsOfFailure(told, problem);
  if (news.items.length === 0) return told;
  const occasion = { schedule: schedule.name, snapshot: null, asOf: null };
  try {
    return await announce(news, occasion, channelsOf(schedule, means), means);
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
) {
  const facts: RegrowthFact[] = [];
  const looked: Record<string, number> = {};
  const due = await work.regrowth(schedule, regrowth).catch(() => []);
  for (const { revocation } of due.filter(({ at }) => at <= now())) {
    const fact = await work.lookAgain(schedule, revocation, snapshot, signal);
    signal.throwIfAborted();
    log({ event: 'regrowth-checked', schedule: schedule.name, revocation, verdict: fact.verdict });
    facts.push(fact);
    looked[revocation] = now();
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
