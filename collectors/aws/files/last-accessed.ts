import { basename, dirname } from 'node:path';
import type { RecognisedFile } from '#contract/collector.ts';
import { CollectError } from '#model/errors.ts';
import type { Observation } from '#model/record.ts';
import { awsAccountUid } from '#model/uid.ts';
import { parseIamArn, type IamArn } from '../arn.ts';
import { CALLS } from '../calls.ts';
import type { Intake } from '../intake/intake.ts';
import {
  entitiesOf,
  joinPages,
  lastAccessedRows,
  readPage,
  type LastAccessedReport,
} from '../usage/last-accessed.ts';
import type { NameBook } from './name-book.ts';
import { readReply } from './small-json.ts';

/** A job that was started for an identity, as the reply with its id and the name of the file with the reply tell. */
export interface LastAccessedJob {
  readonly identityName: string;
  readonly label: string;
}

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/iu;

/** The jobs by their ids. The reply does not say whom it is for: `generate-<name>.json` does. */
export async function readJobs(
  files: readonly RecognisedFile[],
  intake: Intake,
  names: NameBook,
): Promise<ReadonlyMap<string, LastAccessedJob>> {
  const jobs = new Map<string, LastAccessedJob>();
  for (const file of files) {
    try {
      const { JobId: id } = await readReply(file, intake.signal);
      if (typeof id !== 'string') throw new CollectError('JobId: expected a string');
      const identityName = basename(file.label)
        .replace(/\.[^.]*$/u, '')
        .replace(/^(?:iam[-.])?generate-(?:service-last-accessed-(?:details-)?)?/iu, '');
      names.want(identityName);
      jobs.set(id.toLowerCase(), { identityName, label: file.label });
    } catch (error) {
      if (!(error instanceof CollectError)) throw error;
      const detail = `${file.label}: ${error.message}`;
      intake.gaps.add({
        accountId: null,
        feeds: ['usages'],
        call: CALLS.generateLastAccessed,
        status: 'failed',
        detail,
      });
    }
  }
  return jobs;
}

/** What ties reports to identities. */
export interface Ties {
  readonly jobs: ReadonlyMap<string, LastAccessedJob>;
  readonly names: NameBook;
  /** Whether the import has a user or role. */
  readonly isKnown: (arn: string) => boolean;
}

/** Yields the rows of all last-accessed reports. One that cannot be read or tied to an identity is a gap. */
export async function* readLastAccessed(
  files: readonly RecognisedFile[],
  ties: Ties,
  intake: Intake,
): AsyncGenerator<readonly Observation[]> {
  for (const [jobId, pages] of byJob(files)) {
    const [first] = pages;
    const report = await readReport(pages, intake);
    if (first === undefined || report === null) continue;
    const { arn, doubt } = identityOf(report, ties.jobs.get(jobId) ?? null, ties);
    const accountId = arn?.accountId ?? null;
    if (doubt !== null) gap(intake, first, accountId, doubt);
    if (arn === null) continue;
    if (accountId === null) {
      gap(intake, first, null, `${arn.arn} names no account`);
      continue;
    }
    intake.accounts.of(accountId).lastAccessedReports++;
    if (report.hasMore)
      gap(intake, first, accountId, `its later pages are missing, of the report for ${arn.arn}`);
    for (const row of lastAccessedRows(arn.arn, awsAccountUid(accountId), report, intake.asOf)) {
      intake.rows.emit('usages', row);
    }
    const rows = intake.rows.take();
    if (rows !== null) yield rows;
  }
}

/** Pages of one report have the job's id in their names; a file without one is a report by itself. */
function byJob(files: readonly RecognisedFile[]): ReadonlyMap<string, readonly RecognisedFile[]> {
  const groups = new Map<string, RecognisedFile[]>();
  for (const file of files) {
    const key = UUID.exec(basename(file.label))?.[0].toLowerCase() ?? file.label;
    groups.set(key, [...(groups.get(key) ?? []), file]);
  }
  return groups;
}

async function readReport(
  files: readonly RecognisedFile[],
  intake: Intake,
): Promise<LastAccessedReport | null> {
  const pages: LastAccessedReport[] = [];
  for (const file of files) {
    try {
      const reply = await readReply(file, intake.signal);
      const { report, problem } = readPage(reply, (what) => gap(intake, file, null, what));
      if (report === null) gap(intake, file, null, problem, 'failed');
      else pages.push(report);
    } catch (error) {
      if (!(error instanceof CollectError)) throw error;
      gap(intake, file, null, error.message, 'failed');
    }
  }
  return pages.length === 0 ? null : joinPages(pages);
}

/** Whose report it is: whom its job was for, or else the one identity that it names. `doubt`: what speaks against it. */
function identityOf(
  report: LastAccessedReport,
  job: LastAccessedJob | null,
  { names, isKnown }: Ties,
): { readonly arn: IamArn | null; readonly doubt: string | null } {
  const entities = [...entitiesOf(report)];
  const [entity] = entities;
  const named = entities.length === 1 && entity !== undefined ? parseIamArn(entity) : null;
  if (job !== null) {
    const { arn, problem } = names.resolve(job.identityName, dirname(job.label));
    const agrees = named === null || named.name === job.identityName;
    if (arn !== null) {
      return {
        arn,
        doubt: agrees ? null : `its job was for ${arn.arn}, but it names ${named.arn} as the user`,
      };
    }
    if (named === null || !agrees || !isKnown(named.arn))
      return { arn: null, doubt: `${job.label}: ${problem}` };
  }
  if (named !== null) {
    return isKnown(named.arn)
      ? { arn: named, doubt: null }
      : { arn: null, doubt: `${named.arn} is not in the import` };
  }
  const why = entities.length > 1 ? 'it names several identities' : 'it names no identity';
  return { arn: null, doubt: `${why}, and no generate-<name>.json has its job` };
}

function gap(
  { gaps }: Intake,
  file: RecognisedFile,
  accountId: string | null,
  what: string,
  status: 'partial' | 'failed' = 'partial',
): void {
  gaps.add({
    accountId,
    feeds: ['usages'],
    call: CALLS.lastAccessed,
    status,
    detail: `${file.label}: ${what}`,
  });
}
