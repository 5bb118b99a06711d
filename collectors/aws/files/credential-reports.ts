import { dirname } from 'node:path';
import type { RecognisedFile } from '#contract/collector.ts';
import { readText } from '#collectors/shared/utf8-text.ts';
import { CollectError } from '#model/errors.ts';
import { CALLS } from '../calls.ts';
import type { ReportedUser } from '../credentials/evidence.ts';
import { isReportHeader, parseReport } from '../credentials/parse-report.ts';
import type { Intake } from '../intake/intake.ts';
import { readInstant } from '../rows/entity.ts';
import type { NameBook } from './name-book.ts';
import { MAX_SMALL_BYTES, replyOf } from './small-json.ts';

/** The users of all credential reports by their ARNs, which `names` is told. What is not understood is a gap that names file and line. */
export async function readCredentialReports(
  files: readonly RecognisedFile[],
  { signal, accounts, gaps }: Intake,
  names: NameBook,
): Promise<ReadonlyMap<string, ReportedUser>> {
  const users = new Map<string, ReportedUser>();
  const call = CALLS.credentialReport;
  for (const file of files) {
    try {
      const { csv, generatedTime } = reportOf(await readText(file.path, MAX_SMALL_BYTES, signal));
      const reportedAt = readInstant(generatedTime, 'GeneratedTime', (what) =>
        gaps.add({ accountId: null, feeds: ['usages'], call, detail: `${file.label}: ${what}` }),
      );
      const report = parseReport(csv, reportedAt);
      for (const { line, what, accountId } of report.problems) {
        gaps.add({ accountId, feeds: ['credentials'], call, detail: `${file.label}: line ${line}: ${what}` });
      }
      for (const user of report.users) {
        accounts.of(user.accountId).hasCredentialReport = true;
        names.seen(user.accountId, dirname(file.label));
        names.found(user.arn);
        const before = users.get(user.arn.arn);
        if (before === undefined || isNewer(user, before)) users.set(user.arn.arn, user);
        if (before === undefined || isNewer(user, before) || isNewer(before, user)) continue;
        const detail = `${file.label}: ${user.arn.arn} had been read before, the first line is kept`;
        gaps.add({ accountId: user.accountId, feeds: ['credentials'], call, detail });
      }
    } catch (error) {
      if (!(error instanceof CollectError)) throw error;
      gaps.add({
        accountId: null,
        feeds: ['credentials'],
        call,
        status: 'failed',
        detail: `${file.label}: ${error.message}`,
      });
    }
  }
  return users;
}

/** Of two reports of one account the later one counts, where both say when they were made. */
function isNewer(one: ReportedUser, other: ReportedUser): boolean {
  return one.reportedAt !== null && other.reportedAt !== null && one.reportedAt > other.reportedAt;
}

/** The CSV itself, or within the API's reply, in base64 or as it is. */
function reportOf(text: string): { readonly csv: string; readonly generatedTime: unknown } {
  if (isReportHeader(text)) return { csv: text, generatedTime: null };
  const reply = replyOf(text);
  const error = errorCode(reply['Error']);
  if (error !== null) throw new CollectError(`no report but the error ${error}`);
  const content = reply['Content'];
  if (typeof content !== 'string') throw new CollectError('Content: expected the report');
  const csv = isReportHeader(content) ? content : Buffer.from(content, 'base64').toString('utf8');
  if (!isReportHeader(csv))
    throw new CollectError('Content: expected a credential report, in base64 or as CSV');
  return { csv, generatedTime: reply['GeneratedTime'] };
}

const ERRORS: ReadonlyMap<string, string> = new Map([
  ['ReportNotPresent', 'ReportNotPresent: none had been made; run aws iam generate-credential-report first'],
  ['ReportInProgress', 'ReportInProgress: it was still being made; export it again'],
  ['ReportExpired', 'ReportExpired: run aws iam generate-credential-report again'],
]);

function errorCode(error: unknown): string | null {
  if (typeof error !== 'object' || error === null || !('Code' in error)) return null;
  return ERRORS.get(String(error.Code)) ?? 'of another kind';
}
