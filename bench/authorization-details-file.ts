import { createWriteStream } from 'node:fs';
import { once } from 'node:events';

/** As the CLI prints them: indented, documents as objects. As the API sends them: compact, documents percent-encoded. */
export type Style = 'cli' | 'api';

/**
 * Writes authorization details of many accounts: users, groups, roles and policies with documents of the usual kinds,
 * until the file has `bytes`. The same bytes for the same seed.
 */
export async function writeAuthorizationDetails(
  path: string,
  { bytes, seed, style }: { readonly bytes: number; readonly seed: number; readonly style: Style },
): Promise<void> {
  const random = seeded(seed);
  const file = createWriteStream(path);
  let written = 0;
  const write = async (text: string): Promise<void> => {
    written += text.length;
    if (!file.write(text)) await once(file, 'drain');
  };
  await write('{');
  for (const [at, [list, make, share]] of LISTS.entries()) {
    await write(`${at === 0 ? '' : ','}\n    "${list}": [`);
    for (let index = 0; ; index++) {
      if (written >= bytes * share) break;
      await write(`${index === 0 ? '' : ','}\n        ${printed(make(index, random), style)}`);
    }
    await write('\n    ]');
  }
  await write('\n}\n');
  file.end();
  await once(file, 'finish');
}

function printed(entity: object, style: Style): string {
  if (style === 'cli') return JSON.stringify(entity, null, 4).replaceAll('\n', '\n        ');
  return JSON.stringify(entity, (key, member: unknown) =>
    key.endsWith('Document') ? encodeURIComponent(JSON.stringify(member)) : member,
  );
}

type Random = () => number;

/** With the share of the file that is written when the list ends. */
const LISTS: readonly (readonly [string, (index: number, random: Random) => object, number])[] = [
  ['UserDetailList', user, 0.08],
  ['GroupDetailList', group, 0.085],
  ['RoleDetailList', role, 0.75],
  ['Policies', policy, 1],
];

function user(index: number, random: Random): object {
  const name = `svc-${word(random)}-${index}`;
  return {
    ...shared('user', 'User', name, index, random),
    GroupList: [`group-${index % 50}`],
    AttachedManagedPolicies: attached(random, 1),
    Tags: tags(random),
  };
}

function group(index: number, random: Random): object {
  const name = `group-${index}`;
  return {
    ...shared('group', 'Group', name, index, random),
    GroupPolicyList: [],
    AttachedManagedPolicies: attached(random, 3),
  };
}

function role(index: number, random: Random): object {
  const name = `${word(random)}-${word(random)}-${index}`;
  const service = pick(SERVICES, random);
  return {
    ...shared('role', 'Role', name, index, random),
    AssumeRolePolicyDocument: document([
      { Effect: 'Allow', Principal: { Service: `${service}.amazonaws.com` }, Action: 'sts:AssumeRole' },
    ]),
    InstanceProfileList: [],
    RolePolicyList:
      index % 3 === 0 ? [{ PolicyName: 'inline', PolicyDocument: policyDocument(random, 2) }] : [],
    AttachedManagedPolicies: attached(random, 4),
    Tags: tags(random),
    RoleLastUsed: index % 4 === 0 ? {} : { LastUsedDate: date(random), Region: 'eu-west-1' },
  };
}

function policy(index: number, random: Random): object {
  const { Arn, CreateDate, Path } = shared('policy', 'Policy', `policy-${index}`, index, random);
  return {
    PolicyName: `policy-${index}`,
    PolicyId: `ANPA${id(index)}`,
    Arn,
    Path,
    DefaultVersionId: 'v2',
    AttachmentCount: index % 7,
    PermissionsBoundaryUsageCount: 0,
    IsAttachable: true,
    CreateDate,
    UpdateDate: CreateDate,
    PolicyVersionList: ['v2', 'v1'].map((version) => ({
      Document: policyDocument(random, 4),
      VersionId: version,
      IsDefaultVersion: version === 'v2',
      CreateDate,
    })),
  };
}

function shared(
  type: string,
  member: string,
  name: string,
  index: number,
  random: Random,
): Record<string, string> {
  return {
    Path: '/service/',
    [`${member}Name`]: name,
    [`${member}Id`]: `AXXA${id(index)}`,
    Arn: `arn:aws:iam::${account(index)}:${type}/service/${name}`,
    CreateDate: date(random),
  };
}

function attached(random: Random, count: number): object[] {
  return Array.from({ length: count }, () => {
    const index = Math.floor(random() * 4000);
    return {
      PolicyName: `policy-${index}`,
      PolicyArn: `arn:aws:iam::${account(index)}:policy/service/policy-${index}`,
    };
  });
}

function tags(random: Random): object[] {
  return [
    { Key: 'team', Value: word(random) },
    { Key: 'environment', Value: pick(ENVIRONMENTS, random) },
  ];
}

function policyDocument(random: Random, statements: number): object {
  return document(
    Array.from({ length: statements }, (_, at) => ({
      Sid: `Statement${at}`,
      Effect: 'Allow',
      Action: Array.from({ length: 8 }, () => action(random)),
      Resource: [bucket(random), `${bucket(random)}/*`],
      ...(at === 0 ? { Condition: { StringEquals: { 'aws:ResourceTag/team': word(random) } } } : {}),
    })),
  );
}

function action(random: Random): string {
  return `${pick(SERVICES, random)}:${pick(VERBS, random)}${word(random)}${word(random)}`;
}

function bucket(random: Random): string {
  return `arn:aws:s3:::acme-${pick(ENVIRONMENTS, random)}-eu-west-1-${word(random)}-${word(random)}`;
}

function document(statements: readonly object[]): object {
  return { Version: '2012-10-17', Statement: statements };
}

const ENVIRONMENTS = ['production', 'staging', 'development'];
const SERVICES = ['s3', 'ec2', 'lambda', 'dynamodb', 'sqs', 'sns', 'kms', 'logs', 'ecs-tasks', 'glue'];
const VERBS = ['Get', 'Put', 'List', 'Describe', 'Create', 'Delete', 'Update'];
const WORDS = [
  'Orders',
  'Invoices',
  'Basket',
  'Search',
  'Ledger',
  'Stock',
  'Parcels',
  'Mail',
  'Reports',
  'Gateway',
];

function word(random: Random): string {
  return pick(WORDS, random);
}

function pick(words: readonly string[], random: Random): string {
  return words[Math.floor(random() * words.length)] ?? '';
}

function account(index: number): string {
  return String(100_000_000_000 + (index % 20));
}

function id(index: number): string {
  return index.toString(36).toUpperCase().padStart(17, 'A');
}

function date(random: Random): string {
  return new Date(Date.UTC(2020, 0, 1) + Math.floor(random() * 2e11))
    .toISOString()
    .replace('.000Z', '+00:00');
}

/** mulberry32 */
function seeded(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
