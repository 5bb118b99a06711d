import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';

/** How large an invented export is. */
export interface AccountSize {
  readonly accounts: number;
  readonly usersPerAccount: number;
  readonly rolesPerAccount: number;
  readonly policiesPerAccount: number;
  readonly grantsPerIdentity: number;
}

const SERVICES = [
  'ec2.amazonaws.com',
  'lambda.amazonaws.com',
  'ecs-tasks.amazonaws.com',
  'glue.amazonaws.com',
];
const ACTIONS = [
  's3:GetObject',
  's3:PutObject',
  'sqs:SendMessage',
  'dynamodb:Query',
  'logs:*',
  'kms:Decrypt',
  'ec2:Describe*',
];

/** Writes one account's authorization details as the AWS CLI prints them, seeded by the account's number. */
export async function writeAccount(file: string, account: number, size: AccountSize): Promise<void> {
  const random = seeded(account + 1);
  const id = String(100_000_000_000 + account);
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T; // never out of range
  const policies = Array.from(
    { length: size.policiesPerAccount },
    (_, at) => `arn:aws:iam::${id}:policy/team/p-${at}`,
  );
  const attached = () =>
    Array.from({ length: size.grantsPerIdentity }, () => {
      const arn = pick(policies);
      return { PolicyName: arn.slice(arn.lastIndexOf('/') + 1), PolicyArn: arn };
    });
  const base = (name: string) => ({
    Path: '/team/',
    CreateDate: '2024-03-01T00:00:00+00:00',
    Tags: [{ Key: 'owner', Value: `team-${name.length % 7}` }],
  });
  const out = createWriteStream(file);
  const write = async (text: string) => {
    if (!out.write(text)) await new Promise<void>((resolve) => out.once('drain', () => resolve()));
  };
  await write('{\n    "UserDetailList": [');
  for (let at = 0; at < size.usersPerAccount; at++) {
    const name = `svc-${at}`;
    const arn = `arn:aws:iam::${id}:user/team/${name}`;
    await entity(write, at, {
      ...base(name),
      UserName: name,
      UserId: `AIDA${at}`,
      Arn: arn,
      GroupList: [],
      AttachedManagedPolicies: attached(),
    });
  }
  await write('\n    ],\n    "GroupDetailList": [],\n    "RoleDetailList": [');
  for (let at = 0; at < size.rolesPerAccount; at++) {
    const name = `role-${at}`;
    await entity(write, at, {
      ...base(name),
      RoleName: name,
      RoleId: `AROA${at}`,
      Arn: `arn:aws:iam::${id}:role/team/${name}`,
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal: { Service: pick(SERVICES) }, Action: 'sts:AssumeRole' }],
      },
      InstanceProfileList: [],
      RolePolicyList: [],
      AttachedManagedPolicies: attached(),
      RoleLastUsed: random() < 0.7 ? { LastUsedDate: '2026-10-01T00:00:00+00:00', Region: 'eu-west-1' } : {},
    });
  }
  await write('\n    ],\n    "Policies": [');
  for (const [at, arn] of policies.entries()) {
    const statements = Array.from({ length: 3 }, () => ({
      Effect: 'Allow',
      Action: [pick(ACTIONS), pick(ACTIONS)],
      Resource: random() < 0.3 ? '*' : `arn:aws:s3:::bucket-${Math.floor(random() * 1000)}/*`,
    }));
    await entity(write, at, {
      PolicyName: arn.slice(arn.lastIndexOf('/') + 1),
      PolicyId: `ANPA${at}`,
      Arn: arn,
      Path: '/team/',
      DefaultVersionId: 'v1',
      AttachmentCount: 1,
      CreateDate: '2024-01-01T00:00:00+00:00',
      PolicyVersionList: [
        {
          Document: { Version: '2012-10-17', Statement: statements },
          VersionId: 'v1',
          IsDefaultVersion: true,
          CreateDate: '2024-01-01T00:00:00+00:00',
        },
      ],
    });
  }
  await write('\n    ]\n}\n');
  out.end();
  await finished(out);
}

async function entity(write: (text: string) => Promise<void>, at: number, value: object): Promise<void> {
  await write(
    `${at === 0 ? '' : ','}\n        ${JSON.stringify(value, null, 4).replaceAll('\n', '\n        ')}`,
  );
}

/** The same numbers for the same seed (mulberry32, public domain). */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
