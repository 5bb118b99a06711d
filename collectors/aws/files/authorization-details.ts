import { isUtf8 } from 'node:buffer';
import type { RecognisedFile } from '#contract/collector.ts';
import { splitJson, type JsonPart } from '#collectors/shared/split-json.ts';
import { readUtf8 } from '#collectors/shared/utf8-text.ts';
import { CollectError } from '#model/errors.ts';
import type { Observation } from '#model/record.ts';
import type { Feed } from '#model/scope.ts';
import { awsAccountUid } from '#model/uid.ts';
import { isAwsManagedPolicy } from '../arn.ts';
import { CALLS } from '../calls.ts';
import type { ListName } from '../intake/accounts.ts';
import type { Intake } from '../intake/intake.ts';
import { ENTITIES } from '../rows/entities.ts';
import type { EntityReading, EstateKnowledge } from '../rows/entity.ts';
import { AUTHORIZATION_PARTS, FEEDS_OF_DETAILS, FEEDS_OF_LIST, listAt } from './authorization-lists.ts';
import type { Survey } from './survey.ts';

/** What the reading of one file needs. */
interface FileReading {
  readonly file: RecognisedFile;
  readonly intake: Intake;
  readonly survey: Survey;
  readonly estate: EstateKnowledge;
  /** The account of the file; null: none of its entities names one. */
  readonly home: string | null;
  /** What stands for the account of entities that are of none. */
  readonly nowhere: string;
}

/** Yields the rows of all users, groups, roles and policies, each once, in memory that one entity bounds. */
export async function* readAuthorizationDetails(
  files: readonly RecognisedFile[],
  intake: Intake,
  survey: Survey,
  estate: EstateKnowledge,
  nameOf: (file: RecognisedFile) => string,
): AsyncGenerator<readonly Observation[]> {
  for (const file of files) {
    const home = survey.files.get(file.path)?.home ?? null;
    const reading = { file, intake, survey, estate, home, nowhere: `unknown:${nameOf(file)}` };
    try {
      for await (const parts of splitJson(readUtf8(file.path, intake.signal), {
        ...AUTHORIZATION_PARTS,
        parse: true,
      })) {
        for (const part of parts) readPart(part, reading);
        const rows = intake.rows.take();
        if (rows !== null) yield rows;
      }
    } catch (error) {
      if (!(error instanceof CollectError)) throw error;
      incomplete(reading, error.message);
    }
  }
  reportMissingPages(files, intake, survey);
}

function readPart(part: JsonPart, reading: FileReading): void {
  if (part.kind === 'broken') return incomplete(reading, part.reason);
  const list = listAt(part.path);
  if (list === null) return;
  if (part.kind === 'list') {
    const { survey, file, intake } = reading;
    for (const accountId of survey.files.get(file.path)?.accounts ?? [])
      intake.accounts.of(accountId).lists.add(list);
  } else if (part.kind === 'refused') {
    gap(
      reading,
      reading.home,
      FEEDS_OF_LIST[list],
      `${list}[${part.index}] at byte ${part.position}: ${part.reason}`,
    );
  } else if (part.kind === 'element') {
    readElement(list, `${list}[${part.index}] at byte ${part.position}`, part, reading);
  }
}

type Element = JsonPart & { readonly kind: 'element' };

/** An entity becomes rows; one that is none becomes a gap with its place. */
function readElement(list: ListName, place: string, { value, bytes }: Element, reading: FileReading): void {
  const { intake, estate, home } = reading;
  const entity = ENTITIES[list](value);
  if (entity.problem !== null) return gap(reading, home, FEEDS_OF_LIST[list], `${place}${entity.problem}`);
  const { arn } = entity;
  const accountId = arn.accountId ?? home ?? reading.nowhere;
  const problem: EntityReading['problem'] = (feeds, what) =>
    gap(reading, accountId, feeds, `${place}: ${what}`);
  // Every account has AWS's own policies: which export's counts is decided with their versions.
  if (!isAwsManagedPolicy(arn.arn)) {
    if (!intake.marks.set(arn.arn, 'read')) {
      return problem(FEEDS_OF_LIST[list], `${arn.arn} had been read before, the first one is kept`);
    }
    if (arn.accountId === null) {
      problem(
        FEEDS_OF_LIST[list].slice(0, 1),
        `${arn.arn} names no account, it is taken to be of ${accountId}`,
      );
    }
  }
  if (!isUtf8(bytes)) problem(FEEDS_OF_LIST[list], 'not UTF-8, what could not be read was replaced');
  const account = intake.accounts.of(accountId);
  entity.rows({ arn, estate, account, scopeUid: awsAccountUid(accountId), emit: intake.rows.emit, problem });
}

/** The rest of a file is lost, for every account that is in it. */
function incomplete(reading: FileReading, reason: string): void {
  const accounts = [...(reading.survey.files.get(reading.file.path)?.accounts ?? [])];
  for (const accountId of accounts.length > 0 ? accounts : [null])
    gap(reading, accountId, FEEDS_OF_DETAILS, reason);
}

/** Replies come in pages: one of an account's files must say that no other follows. */
function reportMissingPages(
  files: readonly RecognisedFile[],
  intake: Intake,
  { files: surveyed }: Survey,
): void {
  const lastPages = new Map<string, RecognisedFile | null>();
  for (const file of files) {
    const { accounts = [], hasMore = false } = surveyed.get(file.path) ?? {};
    for (const accountId of accounts) {
      if (!hasMore) lastPages.set(accountId, null);
      else if (!lastPages.has(accountId)) lastPages.set(accountId, file);
    }
  }
  for (const [accountId, file] of lastPages) {
    if (file === null) continue;
    const detail = `${file.label}: it says that more follows, and no file has the rest of the account`;
    intake.gaps.add({ accountId, feeds: FEEDS_OF_DETAILS, call: CALLS.authorizationDetails, detail });
  }
}

function gap(
  { file, intake }: FileReading,
  accountId: string | null,
  feeds: readonly Feed[],
  what: string,
): void {
  intake.gaps.add({ accountId, feeds, call: CALLS.authorizationDetails, detail: `${file.label}: ${what}` });
}
