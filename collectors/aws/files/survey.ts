import { dirname } from 'node:path';
import type { RecognisedFile } from '#contract/collector.ts';
import { splitJson, type JsonPart } from '#collectors/shared/split-json.ts';
import { readUtf8 } from '#collectors/shared/utf8-text.ts';
import { CollectError } from '#model/errors.ts';
import { isAwsManagedPolicy, parseIamArn, type IamArn } from '../arn.ts';
import type { Intake } from '../intake/intake.ts';
import { versionNumber } from '../rows/policy.ts';
import { AUTHORIZATION_PARTS, ENTITY_TYPES, listAt } from './authorization-lists.ts';
import type { NameBook } from './name-book.ts';

/** What must be known of all authorization details before the first row can be made. */
export interface Survey {
  /** Every account that an entity is of. */
  readonly accounts: ReadonlySet<string>;
  /** By the file's path. */
  readonly files: ReadonlyMap<string, SurveyedFile>;
  readonly groupArn: (accountId: string, name: string) => string | null;
  readonly newestVersion: (policyArn: string) => number | null;
}

export interface SurveyedFile {
  /** The account of most of its entities; null: none of them names one. */
  readonly home: string | null;
  readonly accounts: ReadonlySet<string>;
  /** Whether the reply says that another one follows. */
  readonly hasMore: boolean;
}

/**
 * Goes over all authorization details without parsing their entities: marks every ARN as `known`, and tells `names`
 * of users and roles. What cannot be read is left to the reading itself to report.
 */
export async function survey(
  files: readonly RecognisedFile[],
  intake: Intake,
  names: NameBook,
): Promise<Survey> {
  const accounts = new Set<string>();
  const surveyed = new Map<string, SurveyedFile>();
  const groups = new Map<string, string>();
  const versions = new Map<string, number>();

  for (const file of files) {
    const counts = new Map<string, number>();
    const homeless: IamArn[] = [];
    let hasMore = false;
    const element = (bytes: Buffer, type: string): void => {
      const arn = ownArn(bytes, type);
      if (arn === null) return;
      intake.marks.set(arn.arn, 'known');
      if (arn.accountId !== null) counts.set(arn.accountId, (counts.get(arn.accountId) ?? 0) + 1);
      if (type === 'policy' && isAwsManagedPolicy(arn.arn)) {
        versions.set(arn.arn, Math.max(versions.get(arn.arn) ?? 0, defaultVersion(bytes)));
      } else if (type === 'group') {
        if (arn.accountId === null) homeless.push(arn);
        else groups.set(groupKey(arn.accountId, arn.name), arn.arn);
      } else names.found(arn);
    };
    for await (const parts of partsOf(file, intake.signal)) {
      for (const part of parts) {
        // Of several replies in one file the last one counts.
        if (part.kind === 'member') hasMore = saysMore(part);
        const list = part.kind === 'element' ? listAt(part.path) : null;
        if (part.kind === 'element' && list !== null) element(part.bytes, ENTITY_TYPES[list]);
      }
    }
    const home = mostFrequent(counts);
    for (const arn of homeless) if (home !== null) groups.set(groupKey(home, arn.name), arn.arn);
    for (const accountId of counts.keys()) {
      accounts.add(accountId);
      names.seen(accountId, dirname(file.label));
    }
    surveyed.set(file.path, { home, accounts: new Set(counts.keys()), hasMore });
  }
  return {
    accounts,
    files: surveyed,
    groupArn: (accountId, name) => groups.get(groupKey(accountId, name)) ?? null,
    newestVersion: (policyArn) => versions.get(policyArn) ?? null,
  };
}

async function* partsOf(file: RecognisedFile, signal: AbortSignal): AsyncGenerator<readonly JsonPart[]> {
  try {
    yield* splitJson(readUtf8(file.path, signal), AUTHORIZATION_PARTS);
  } catch (error) {
    if (!(error instanceof CollectError)) throw error;
  }
}

/** `"IsTruncated": true`, or the token that the CLI prints where it was told to stop early. */
function saysMore({ path, bytes }: JsonPart & { readonly kind: 'member' }): boolean {
  const text = bytes.toString('utf8');
  return path === 'NextToken' ? text.startsWith('"') : text === 'true';
}

const ARN_MEMBER = Buffer.from('"Arn"');
/** No entity has more ARNs within it before its own. */
const MOST_TRIES = 1000;
const LONGEST_MEMBER = 512;

/** The entity's own ARN, told from the ARNs within it by its type. */
function ownArn(bytes: Buffer, type: string): IamArn | null {
  let at = bytes.indexOf(ARN_MEMBER);
  for (let tries = 0; at !== -1 && tries < MOST_TRIES; tries++) {
    const start = at + ARN_MEMBER.length;
    const text = bytes.toString('utf8', start, start + LONGEST_MEMBER);
    const arn = parseIamArn(/^\s*:\s*"([^"\\]+)"/u.exec(text)?.[1] ?? '');
    if (arn?.type === type) return arn;
    at = bytes.indexOf(ARN_MEMBER, start);
  }
  return null;
}

const VERSION_MEMBER = Buffer.from('"DefaultVersionId"');

function defaultVersion(bytes: Buffer): number {
  const start = bytes.indexOf(VERSION_MEMBER) + VERSION_MEMBER.length;
  return versionNumber(/^\s*:\s*"([^"\\]+)"/u.exec(bytes.toString('utf8', start, start + 64))?.[1] ?? '');
}

function mostFrequent(counts: ReadonlyMap<string, number>): string | null {
  let most: string | null = null;
  for (const [key, count] of counts) if (most === null || count > (counts.get(most) ?? 0)) most = key;
  return most;
}

function groupKey(accountId: string, name: string): string {
  return `${accountId}/${name}`;
}
