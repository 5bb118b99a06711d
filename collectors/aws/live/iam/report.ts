import type { ReportedUser } from '../../credentials/evidence.ts';
import { isReportHeader, parseReport } from '../../credentials/parse-report.ts';
import { parseInstant } from '../../instant.ts';
import type { Feed } from '#model/scope.ts';
import { CallError } from '#collectors/shared/live/call-error.ts';
import type { AccountReading } from '../account.ts';
import { textOf } from '../parts.ts';
import type { Reply } from '../session.ts';

const FEEDS: readonly Feed[] = ['credentials', 'usages'];
const GET = 'iam:GetCredentialReport';
const GENERATE = 'iam:GenerateCredentialReport';

/** IAM itself gives the same report for as long. https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html */
const FRESH = 4 * 3_600_000;
/** What a large account takes, and more. */
const LONGEST_WAIT = 600_000;

/**
 * The users of the credential report by their ARNs; null: there is none, which is taken down. A report that is fresh
 * enough is taken as it is, else one is made and waited for.
 */
export async function readReport(account: AccountReading): Promise<ReadonlyMap<string, ReportedUser> | null> {
  const { clock } = account.context;
  const before = await attempt(account);
  if (before === 'refused') return null;
  if (before !== 'waiting' && clock.now() - generatedAt(before) < FRESH) return usersOf(account, before);

  if ((await account.call(FEEDS, GENERATE, {})) === null) {
    // An older report tells more than none, and says how old it is.
    return before === 'waiting' ? null : usersOf(account, before);
  }
  const started = clock.now();
  for (let wait = 1000; clock.now() - started < LONGEST_WAIT; wait = Math.min(wait * 2, 15_000)) {
    await clock.sleep(wait, account.context.signal);
    const report = await attempt(account);
    if (report === 'refused') return null;
    if (report !== 'waiting') return usersOf(account, report);
  }
  account.lost(FEEDS, GET, `the report was not made within ${LONGEST_WAIT / 60_000} minutes`);
  return null;
}

/** ReportNotPresent (410), ReportExpired (410), ReportInProgress (404): the classes of the SDK are called otherwise. */
const WAITING = /NotPresent|Expired|InProgress|NotReady/u;

async function attempt(account: AccountReading): Promise<Reply | 'waiting' | 'refused'> {
  try {
    return await account.session.call(GET, {});
  } catch (error) {
    if (!(error instanceof CallError)) throw error;
    if (error.failure.kind !== 'unauthenticated' && WAITING.test(error.failure.code ?? '')) return 'waiting';
    account.failed(FEEDS, GET, error.failure);
    return 'refused';
  }
}

function generatedAt({ GeneratedTime }: Reply): number {
  return Date.parse(parseInstant(GeneratedTime) ?? '1970-01-01');
}

function usersOf(account: AccountReading, reply: Reply): ReadonlyMap<string, ReportedUser> | null {
  const csv =
    reply['Content'] instanceof Uint8Array
      ? Buffer.from(reply['Content']).toString('utf8')
      : textOf(reply, 'Content');
  if (csv === null || !isReportHeader(csv)) {
    account.lost(FEEDS, GET, 'Content: expected a credential report');
    return null;
  }
  const report = parseReport(csv, parseInstant(reply['GeneratedTime']));
  for (const { line, what } of report.problems) account.lost(['credentials'], GET, `line ${line}: ${what}`);
  account.intake.accounts.of(account.id).hasCredentialReport = true;
  const own = report.users.filter(({ accountId }) => accountId === account.id);
  if (own.length < report.users.length) account.lost(FEEDS, GET, 'it has users of another account');
  return new Map(own.map((user) => [user.arn.arn, user]));
}
