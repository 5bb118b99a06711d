import type { Instant } from '#model/system.ts';
import { parseIamArn, type IamArn } from '../arn.ts';
import { parseInstant } from '../instant.ts';
import type { ReportedCertificate, ReportedKey, ReportedPassword, ReportedUser } from './evidence.ts';

/** The users of a credential report, and its lines that are not understood, each with its number from 1. */
export interface ParsedReport {
  readonly users: readonly ReportedUser[];
  readonly problems: readonly {
    readonly line: number;
    readonly what: string;
    readonly accountId: string | null;
  }[];
}

const REQUIRED = [
  'user',
  'arn',
  'user_creation_time',
  'password_enabled',
  'mfa_active',
  'access_key_1_active',
];

/** Whether a text starts as a credential report does. */
export function isReportHeader(text: string): boolean {
  const header = text.slice(0, 2000).split(/\r?\n/u)[0] ?? '';
  const columns = new Set(splitCsv(header));
  return REQUIRED.every((column) => columns.has(column));
}

/**
 * Reads the CSV of a credential report by the names of its columns.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html
 */
export function parseReport(csv: string, reportedAt: Instant | null): ParsedReport {
  const [header = '', ...lines] = csv.split(/\r?\n/u);
  const columns = splitCsv(header);
  const users: ReportedUser[] = [];
  const problems: ParsedReport['problems'][number][] = [];
  lines.forEach((line, at) => {
    if (line.trim() === '') return;
    const problem = (what: string, accountId: string | null): void => {
      problems.push({ line: at + 2, what, accountId });
    };
    const fields = splitCsv(line);
    const row = new Map(columns.map((column, index) => [column, fields[index] ?? '']));
    const arn = parseIamArn(row.get('arn') ?? '');
    const accountId = arn?.accountId ?? null;
    if (fields.length !== columns.length) {
      problem(`expected ${columns.length} fields, found ${fields.length}`, accountId);
    } else if (arn === null || accountId === null || (arn.type !== 'user' && arn.type !== 'root')) {
      problem('expected the ARN of a user or of the root user', accountId);
    } else {
      users.push(userOf(row, arn, accountId, reportedAt, (what) => problem(what, accountId)));
    }
  });
  return { users, problems };
}

function userOf(
  row: ReadonlyMap<string, string>,
  arn: IamArn,
  accountId: string,
  reportedAt: Instant | null,
  problem: (what: string) => void,
): ReportedUser {
  const cell = (name: string): string | null => {
    const value = row.get(name) ?? '';
    return NO_VALUE.has(value) ? null : value;
  };
  const time = (name: string): Instant | null => {
    const value = cell(name);
    const instant = parseInstant(value);
    if (value !== null && instant === null) problem(`${name}: expected a date`);
    return instant;
  };
  const key = (slot: string): ReportedKey | null => {
    const active = cell(`${slot}_active`) === 'true';
    const rotatedAt = time(`${slot}_last_rotated`);
    if (!active && rotatedAt === null) return null;
    return {
      active,
      rotatedAt,
      lastUsedAt: time(`${slot}_last_used_date`),
      lastUsedRegion: cell(`${slot}_last_used_region`),
      lastUsedService: cell(`${slot}_last_used_service`),
    };
  };
  const certificate = (slot: string): ReportedCertificate | null => {
    const active = cell(`${slot}_active`) === 'true';
    const rotatedAt = time(`${slot}_last_rotated`);
    return active || rotatedAt !== null ? { active, rotatedAt } : null;
  };
  const password = (): ReportedPassword | null => {
    const enabled = row.get('password_enabled');
    if (enabled === 'false') return null;
    return {
      enabled: enabled === 'true' ? true : null,
      lastUsedAt: time('password_last_used'),
      changedAt: time('password_last_changed'),
      nextRotationAt: time('password_next_rotation'),
    };
  };
  const more = cell('additional_credentials_info');
  if (more !== null) problem('the user has more credentials than the report has columns for');
  return {
    arn,
    accountId,
    createdAt: time('user_creation_time'),
    password: password(),
    hasMfa: row.get('mfa_active') === 'true',
    keys: [key('access_key_1'), key('access_key_2')],
    certificates: [certificate('cert_1'), certificate('cert_2')],
    reportedAt,
  };
}

/** How the report says that there is nothing to say. */
const NO_VALUE = new Set(['', 'N/A', 'no_information', 'not_supported']);

/** One line of CSV; quoted fields may hold commas and doubled quotes. */
function splitCsv(line: string): string[] {
  const fields: string[] = [];
  let at = 0;
  while (at <= line.length) {
    let text = '';
    while (line[at] === '"') {
      const quote = line.indexOf('"', at + 1);
      const end = quote === -1 ? line.length : quote;
      text += line.slice(at + 1, end);
      at = end + 1;
      if (line[at] === '"') text += '"';
    }
    const comma = line.indexOf(',', at);
    const end = comma === -1 ? line.length : comma;
    fields.push(text + line.slice(at, end));
    at = end + 1;
  }
  return fields;
}
