import type { Observation } from '#model/record.ts';
import type { Feed } from '#model/scope.ts';
import { CallError } from '#collectors/shared/live/call-error.ts';
import { CALLS } from '../../calls.ts';
import { joinPages, lastAccessedRows, readPage, type LastAccessedReport } from '../../usage/last-accessed.ts';
import type { AccountReading } from '../account.ts';
import { textOf } from '../parts.ts';
import type { Reply } from '../session.ts';

const FEEDS: readonly Feed[] = ['usages'];
const GET = CALLS.lastAccessed;
const GENERATE = CALLS.generateLastAccessed;

/** As many jobs are under way at once: calls wait their turn, so that all are started before the first is asked for. */
const BATCH = 250;
/** A job takes seconds; one that takes longer than this is given up. */
const LONGEST_WAIT = 300_000;

/** Yields when each identity last used which service and action: a job for each, in batches. */
export async function* readLastAccessed(
  account: AccountReading,
  arns: readonly string[],
): AsyncGenerator<readonly Observation[]> {
  // AWS keeps roles that are linked to a service: what they may do is not the customer's to change.
  const own = arns.filter((arn) => !/:role\/aws-service-role\//u.test(arn));
  for (let at = 0; at < own.length; at += BATCH) {
    await Promise.all(
      own.slice(at, at + BATCH).map(async (arn) => {
        const id = await startJob(account, arn);
        if (id !== null) await readJob(account, arn, id);
      }),
    );
    const rows = account.intake.rows.take();
    if (rows !== null) yield rows;
  }
}

async function startJob(account: AccountReading, arn: string): Promise<string | null> {
  const reply = await account.call(
    FEEDS,
    GENERATE,
    { Arn: arn, Granularity: 'ACTION_LEVEL' },
    { about: arn },
  );
  const id = textOf(reply, 'JobId');
  if (reply !== null && id === null) account.lost(FEEDS, GENERATE, `${arn}: expected a job's id`);
  return id;
}

/** A job that IAM has forgotten is started once more. */
async function readJob(account: AccountReading, arn: string, id: string, again = true): Promise<void> {
  const { context, intake } = account;
  try {
    const pages = await pagesOf(account, arn, id);
    if (pages.length === 0) return;
    intake.accounts.of(account.id).lastAccessedReports++;
    for (const row of lastAccessedRows(arn, account.scopeUid, joinPages(pages), context.asOf)) {
      intake.rows.emit('usages', row);
    }
  } catch (error) {
    if (!(error instanceof CallError)) throw error;
    if (error.failure.kind !== 'missing' || !again)
      return account.failed(FEEDS, GET, error.failure, { about: arn });
    const next = await startJob(account, arn);
    if (next !== null) await readJob(account, arn, next, false);
  }
}

async function pagesOf(
  account: AccountReading,
  arn: string,
  id: string,
): Promise<readonly LastAccessedReport[]> {
  const { clock, signal } = account.context;
  const lost = (what: string): void => account.lost(FEEDS, GET, `${arn}: ${what}`);
  const started = clock.now();
  for (let wait = 500; ; wait = Math.min(wait * 2, 10_000)) {
    const first = await account.session.call(GET, { JobId: id, MaxItems: PAGE });
    if (first['JobStatus'] === 'IN_PROGRESS') {
      if (clock.now() - started < LONGEST_WAIT) {
        await clock.sleep(wait, signal);
        continue;
      }
      lost(`its job was not done within ${LONGEST_WAIT / 60_000} minutes`);
      return [];
    }
    const { report, problem } = readPage(first, lost);
    if (report === null) {
      lost(problem);
      return [];
    }
    return [report, ...(await laterPages(account, id, first, lost))];
  }
}

const PAGE = 1000;

async function laterPages(
  account: AccountReading,
  id: string,
  first: Reply,
  lost: (what: string) => void,
): Promise<LastAccessedReport[]> {
  const reports: LastAccessedReport[] = [];
  const seen = new Set<string>();
  for (let marker = textOf(first, 'Marker'); marker !== null;) {
    if (seen.has(marker)) {
      lost('a page that was there before');
      break;
    }
    seen.add(marker);
    const page = await account.session.call(GET, { JobId: id, MaxItems: PAGE, Marker: marker });
    const { report, problem } = readPage(page, lost);
    if (report === null) lost(problem);
    else reports.push(report);
    marker = textOf(page, 'Marker');
  }
  return reports;
}
