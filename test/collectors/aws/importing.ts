import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { awsCollector } from '#collectors/aws/index.ts';
import type { CollectedRecords, Observation } from '#model/record.ts';
import type { Feed } from '#model/scope.ts';
import { findFiles } from '#scan/find-files.ts';
import { tempDir } from '#test/temp-dir.ts';

/** The rows of one table of an import. */
export type RowsOf = <T extends keyof CollectedRecords>(table: T) => readonly CollectedRecords[T][];

export const AS_OF = '2026-11-20T00:00:00.000Z';

/** Imports files and folders as `nhi scan --import` does; throws where a file is not recognised. */
export async function importPaths(paths: readonly string[], skipOthers = false): Promise<RowsOf> {
  const { files, nameOf } = await findFiles(paths);
  const recognised = files.flatMap((file) => {
    const kind = awsCollector.recognise(file);
    if (kind === null && !skipOthers) throw new Error(`${file.label} is not recognised`);
    return kind === null ? [] : [{ ...file, kind }];
  });
  const context = { asOf: AS_OF, nameOf, signal: new AbortController().signal };
  const observations: Observation[] = [];
  for await (const batch of awsCollector.importFiles(recognised, context)) observations.push(...batch);
  return (table) =>
    // A row's type goes with its table's name.
    observations.flatMap((one) => (one.table === table ? [one.row as CollectedRecords[typeof table]] : []));
}

/** Imports texts, bytes or values (as the CLI prints JSON) as files of one folder. */
export async function importFiles(contents: Readonly<Record<string, unknown>>): Promise<RowsOf> {
  const folder = join(await tempDir(), 'aws');
  for (const [name, content] of Object.entries(contents)) {
    const path = join(folder, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(
      path,
      typeof content === 'string' || Buffer.isBuffer(content) ? content : printed(content),
    );
  }
  return importPaths([folder]);
}

/** As the AWS CLI prints it. */
export function printed(value: unknown): string {
  return JSON.stringify(value, undefined, 4);
}

/** The one row that a test is about; throws where there are none or several. */
export function only<T>(rows: readonly T[]): T {
  const [row, ...more] = rows;
  if (row === undefined || more.length > 0) throw new Error(`${rows.length} rows instead of one`);
  return row;
}

/** The coverage of one account and feed, call by call. */
export function statuses(rows: RowsOf, feed: Feed, account = ACCOUNT): Record<string, string> {
  const own = rows('coverage').filter((row) => row.feed === feed && row.scopeUid === `aws:${account}`);
  return Object.fromEntries(own.map(({ call, status }) => [call, status]));
}

/** The details of coverage rows that name one of the imported files, each once. */
export function complaints(rows: RowsOf): string[] {
  const all = rows('coverage').flatMap(({ detail }) => (detail?.startsWith('aws/') === true ? [detail] : []));
  return [...new Set(all)];
}

export const ACCOUNT = '111122223333';
export const DETAILS = 'iam:GetAccountAuthorizationDetails';
export const REPORT = 'iam:GetCredentialReport';

/** `arn:aws:iam::<account>:user/app` for `user/app`. */
export function arn(resource: string, account = ACCOUNT): string {
  return `arn:aws:iam::${account}:${resource}`;
}

type Members = Readonly<Record<string, unknown>>;

/** Authorization details with these entities, in the order of the CLI. */
export function details(lists: {
  users?: readonly Members[];
  groups?: readonly Members[];
  roles?: readonly Members[];
  policies?: readonly Members[];
}): Members {
  const { users = [], groups = [], roles = [], policies = [] } = lists;
  return { UserDetailList: users, GroupDetailList: groups, RoleDetailList: roles, Policies: policies };
}

export function user(name: string, members: Members = {}): Members {
  return {
    Path: '/',
    UserName: name,
    UserId: 'AIDAEXAMPLEUSER00000',
    Arn: arn(`user/${name}`),
    CreateDate: '2026-01-02T03:04:05+00:00',
    GroupList: [],
    AttachedManagedPolicies: [],
    Tags: [],
    ...members,
  };
}

export function role(name: string, members: Members = {}): Members {
  return {
    Path: '/',
    RoleName: name,
    RoleId: 'AROAEXAMPLEROLE00000',
    Arn: arn(`role/${name}`),
    CreateDate: '2026-01-02T03:04:05+00:00',
    AssumeRolePolicyDocument: trusting({ Service: 'ec2.amazonaws.com' }),
    InstanceProfileList: [],
    RolePolicyList: [],
    AttachedManagedPolicies: [],
    Tags: [],
    RoleLastUsed: {},
    ...members,
  };
}

export function group(name: string, members: Members = {}): Members {
  return {
    Path: '/',
    GroupName: name,
    GroupId: 'AGPAEXAMPLEGROUP0000',
    Arn: arn(`group/${name}`),
    CreateDate: '2026-01-02T03:04:05+00:00',
    GroupPolicyList: [],
    AttachedManagedPolicies: [],
    ...members,
  };
}

/** A managed policy whose default version is `v1`. */
export function policy(policyArn: string, document: unknown, members: Members = {}): Members {
  return {
    PolicyName: policyArn.slice(policyArn.lastIndexOf('/') + 1),
    PolicyId: 'ANPAEXAMPLEPOLICY000',
    Arn: policyArn,
    Path: '/',
    DefaultVersionId: 'v1',
    AttachmentCount: 1,
    PermissionsBoundaryUsageCount: 0,
    IsAttachable: true,
    CreateDate: '2026-01-02T03:04:05+00:00',
    UpdateDate: '2026-01-03T03:04:05+00:00',
    PolicyVersionList: [{ Document: document, VersionId: 'v1', IsDefaultVersion: true }],
    ...members,
  };
}

/** A document with one statement that allows. */
export function allowing(action: unknown, resource: unknown = '*'): Members {
  return { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: action, Resource: resource }] };
}

/** A trust policy with one statement. */
export function trusting(principal: unknown, members: Members = {}): Members {
  const statement = { Effect: 'Allow', Principal: principal, Action: 'sts:AssumeRole', ...members };
  return { Version: '2012-10-17', Statement: [statement] };
}

/** A managed policy as `AttachedManagedPolicies` names it. */
export function attached(policyArn: string): Members {
  return { PolicyName: policyArn.slice(policyArn.lastIndexOf('/') + 1), PolicyArn: policyArn };
}
