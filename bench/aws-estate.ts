import type { AccessRecords } from '#access/engine.ts';
import { awsActionCount, awsActionName } from '#catalogue/aws/actions.ts';
import type { Json } from '#model/system.ts';

type Statement = Readonly<Record<string, Json>>;

export const ACCOUNT = '111111111111';
const ALL: Statement = { Effect: 'Allow', Action: '*', Resource: '*' };

/**
 * An account as they are: a few policies of AWS that many hold, a policy for each team, a third with an inline policy
 * of its own, a tenth with a boundary, an organisation of three levels that denies Regions and some actions. The same
 * seed gives the same account.
 */
export function awsEstate(principals: number, seed: number): AccessRecords {
  const random = seeded(seed);
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T; // never out of range
  const managed = managedPolicies(pick, random);
  const uids = Array.from({ length: principals }, (_, at) => {
    return `arn:aws:iam::${ACCOUNT}:${at % 4 === 0 ? 'user' : 'role'}/team-${at % 97}/p-${at}`;
  });
  const attached = uids.flatMap((uid) =>
    Array.from({ length: 1 + Math.floor(random() * 4) }, () => grant(uid, pick(managed).uid)),
  );
  const inline = uids.filter(() => random() < 0.33);
  const bounded = uids.filter(() => random() < 0.1);
  const boundary = `arn:aws:iam::${ACCOUNT}:policy/boundary`;
  return {
    scopes: scopes(),
    identities: uids.map((uid, at) => identity(uid, at)),
    groups: [],
    memberships: [],
    credentials: [],
    roles: [
      ...managed,
      role(boundary, 'managed-policy', [
        ALL,
        { Effect: 'Deny', Action: ['iam:*', 'organizations:*'], Resource: '*' },
      ]),
      ...inline.map((uid) => role(`${uid}/inline/own`, 'inline-policy', ownStatements(pick, uid))),
    ],
    grants: [...attached, ...inline.map((uid) => grant(uid, `${uid}/inline/own`))],
    guardrails: [
      ...bounded.map((uid) => guardrail(uid, 'permission-boundary', boundary, null)),
      ...levels().map(([target, statements]) =>
        guardrail(target, 'service-control-policy', null, document(statements)),
      ),
    ],
    resourcePolicies: [],
    trusts: [],
    workloads: [],
    coverage: [],
  };
}

function managedPolicies(pick: <T>(items: readonly T[]) => T, random: () => number): AccessRecords['roles'] {
  const reading = Array.from({ length: awsActionCount() }, (_, number) => number)
    .filter((number) => number % 20 === 0)
    .map(
      (number) =>
        `${awsActionName(number).split(':')[0]}:${pick(['Get*', 'List*', 'Describe*', 'BatchGet*'])}`,
    );
  const ofAws = [
    [ALL],
    [{ Effect: 'Allow', Action: reading, Resource: '*' }],
    [{ Effect: 'Allow', NotAction: ['iam:*', 'organizations:*', 'account:*'], Resource: '*' }],
    [{ Effect: 'Allow', Action: ['s3:*', 's3-object-lambda:*'], Resource: '*' }],
    [
      {
        Effect: 'Allow',
        Action: ['logs:CreateLogGroup', 'logs:PutLogEvents', 'logs:CreateLogStream'],
        Resource: '*',
      },
    ],
  ];
  const ofTeams = Array.from({ length: 300 }, (_, team) => [
    {
      Effect: 'Allow',
      Action: Array.from({ length: 5 + Math.floor(random() * 35) }, () => pick(ACTIONS)),
      Resource: pick(['*', `arn:aws:s3:::team-${team}/*`, `arn:aws:sqs:*:${ACCOUNT}:team-${team}-*`, '*']),
      ...(random() < 0.2 ? { Condition: { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } } } : {}),
    },
    ...(random() < 0.15 ? [{ Effect: 'Deny', Action: pick(ACTIONS), Resource: '*' }] : []),
  ]);
  return [...ofAws, ...ofTeams].map((statements, index) =>
    role(
      `arn:aws:iam::${index < ofAws.length ? 'aws' : ACCOUNT}:policy/p-${index}`,
      'managed-policy',
      statements,
    ),
  );
}

const ACTIONS = [
  's3:GetObject',
  's3:Put*',
  's3:List*',
  'sqs:*',
  'sns:Publish',
  'dynamodb:*',
  'dynamodb:Query',
  'kms:Decrypt',
  'ec2:Describe*',
  'ec2:RunInstances',
  'ec2:*Tags',
  'lambda:InvokeFunction',
  'lambda:*',
  'iam:PassRole',
  'iam:Get*',
  'secretsmanager:GetSecretValue',
  'ssm:GetParameter*',
  'ecr:*',
  'ecs:RunTask',
  'cloudwatch:PutMetricData',
  'events:PutEvents',
  'states:StartExecution',
  'glue:*',
  'athena:*',
  'sts:AssumeRole',
  'cloudformation:*',
];

function ownStatements(pick: <T>(items: readonly T[]) => T, uid: string): Statement[] {
  const bucket = `arn:aws:s3:::${uid.split('/').at(-1)}`;
  return [
    { Effect: 'Allow', Action: ['s3:GetObject', 's3:PutObject'], Resource: [bucket, `${bucket}/*`] },
    { Effect: 'Allow', Action: [pick(ACTIONS), pick(ACTIONS)], Resource: '*' },
  ];
}

const ORGANIZATION = 'arn:aws:organizations::999999999999';
const ROOT = `${ORGANIZATION}:root/o-exampleorgid/r-exam`;
const UNIT = `${ORGANIZATION}:ou/o-exampleorgid/ou-exam-unit1`;

function levels(): (readonly [target: string, statements: Statement[]])[] {
  const regions = { StringNotEquals: { 'aws:RequestedRegion': ['eu-west-1', 'us-east-1'] } };
  const spared = { ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/team-7/*' } };
  return [
    [ROOT, [ALL, { Effect: 'Deny', Action: 'organizations:LeaveOrganization', Resource: '*' }]],
    [UNIT, [ALL, { Effect: 'Deny', NotAction: ['iam:*', 'sts:*'], Resource: '*', Condition: regions }]],
    [`aws:${ACCOUNT}`, [ALL, { Effect: 'Deny', Action: 'cloudtrail:*', Resource: '*', Condition: spared }]],
  ];
}

function scopes(): AccessRecords['scopes'] {
  const top = `${ORGANIZATION}:organization/o-exampleorgid`;
  const row = (uid: string, kind: string, parentUid: string | null) =>
    ({ uid, system: 'aws', kind, name: uid, parentUid, environment: null, tags: {} }) as const;
  return [
    row(top, 'organization', null),
    row(ROOT, 'organizational-unit', top),
    row(UNIT, 'organizational-unit', ROOT),
    row(`aws:${ACCOUNT}`, 'account', UNIT),
  ];
}

const COMMON = { system: 'aws', scopeUid: `aws:${ACCOUNT}`, createdAt: null } as const;

function identity(uid: string, at: number): AccessRecords['identities'][number] {
  const kind = uid.includes(':user/') ? 'iam-user' : 'iam-role';
  const fixed = { class: 'non-human', managedBy: 'customer', enabled: true, environment: null } as const;
  return {
    ...COMMON,
    ...fixed,
    uid,
    kind,
    name: `p-${at}`,
    tags: { team: `t${at % 97}` },
    providerId: `ID${at}`,
  };
}

function role(uid: string, kind: string, statements: readonly Statement[]): AccessRecords['roles'][number] {
  return {
    ...COMMON,
    uid,
    kind,
    name: uid,
    managedBy: 'customer',
    document: document(statements),
    breadth: null,
  };
}

function grant(principalUid: string, roleUid: string): AccessRecords['grants'][number] {
  const fixed = { principalKind: 'identity', kind: 'attached-policy', state: 'active' } as const;
  return {
    ...COMMON,
    ...fixed,
    uid: `${principalUid}->${roleUid}`,
    principalUid,
    roleUid,
    condition: null,
    resourceUid: null,
  };
}

function guardrail(
  targetUid: string,
  kind: AccessRecords['guardrails'][number]['kind'],
  roleUid: string | null,
  held: Json,
): AccessRecords['guardrails'][number] {
  return {
    system: 'aws',
    uid: `${targetUid}/${kind}`,
    scopeUid: `aws:${ACCOUNT}`,
    kind,
    targetUid,
    roleUid,
    document: held,
  };
}

function document(statements: readonly Statement[]): Json {
  return { Version: '2012-10-17', Statement: statements };
}

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
