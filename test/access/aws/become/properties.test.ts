import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildEstate } from '#access/aws/estate.ts';
import { awsAccess } from '#access/aws/index.ts';
import { questionsOn } from '#access/aws/questions.ts';
import type { AccessRecords } from '#access/engine.ts';
import type { BecomeEdge } from '#model/entitlement.ts';
import type { Json } from '#model/system.ts';
import { isWaypoint } from '#model/uid.ts';
import { arnOf, becomingRecords, HOME, trust, type Becoming } from './estate.ts';

const ACTIONS = [
  ...['*', 'iam:*', 'sts:AssumeRole', 'iam:PassRole', 'iam:CreateAccessKey', 'iam:UpdateAssumeRolePolicy'],
  ...[
    'iam:PutUserPolicy',
    'iam:AttachRolePolicy',
    'iam:CreatePolicyVersion',
    'iam:AddUserToGroup',
    'iam:CreateRole',
  ],
  ...[
    'lambda:*',
    'lambda:CreateFunction',
    'lambda:InvokeFunction',
    'iam:PutRolePolicy',
    'iam:DeleteAccessKey',
  ],
];
const RESOURCES = [
  ...[
    '*',
    arnOf('role/app'),
    arnOf('role/a*'),
    arnOf('user/*'),
    arnOf('user/ann'),
    arnOf('*'),
    'arn:aws:iam::*:role/b?b',
  ],
  ...[
    arnOf('group/devs'),
    arnOf('policy/own'),
    'arn:aws:iam::*:user/${aws:username}',
    `arn:aws:lambda:*:${HOME}:function:f-*`,
  ],
];
const CONDITIONS: Json[] = [
  { StringEquals: { 'aws:PrincipalTag/team': 'red' } },
  { ArnLike: { 'aws:PrincipalArn': arnOf('role/*') } },
  { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
  { StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } },
  { StringEquals: { 'iam:ResourceTag/team': 'red' } },
];

const statement = (resources: readonly string[] | null, allow: number) =>
  fc.record({
    Effect: fc.oneof(
      { weight: allow, arbitrary: fc.constant('Allow') },
      { weight: 1, arbitrary: fc.constant('Deny') },
    ),
    Action: fc.uniqueArray(fc.constantFrom(...ACTIONS), { minLength: 1, maxLength: 4 }),
    ...(resources === null ? {} : { Resource: fc.constantFrom(...resources) }),
    Condition: fc.oneof(
      { weight: 4, arbitrary: fc.constant({}) },
      { weight: 1, arbitrary: fc.constantFrom(...CONDITIONS) },
    ),
  });
const policy = fc.array(statement(RESOURCES, 5), { minLength: 1, maxLength: 2 }) as fc.Arbitrary<Json>;
const trusted = fc
  .array(
    fc.record({
      Effect: fc.oneof(
        { weight: 5, arbitrary: fc.constant('Allow') },
        { weight: 1, arbitrary: fc.constant('Deny') },
      ),
      Action: fc.constant('sts:AssumeRole'),
      Principal: fc.constantFrom<Json>(
        ...[
          { AWS: HOME },
          { AWS: arnOf('root') },
          { AWS: arnOf('user/ann') },
          { AWS: [arnOf('role/app'), HOME] },
          { AWS: '*' },
        ],
        ...[{ Service: 'lambda.amazonaws.com' }, { AWS: '222222222222' }],
      ),
      Condition: fc.oneof(
        { weight: 3, arbitrary: fc.constant({}) },
        { weight: 1, arbitrary: fc.constantFrom(...CONDITIONS.slice(0, 3)) },
      ),
    }),
    { minLength: 1, maxLength: 2 },
  )
  .map((statements): Json => statements);

const FAR = 'arn:aws:iam::222222222222';

/** Users and roles that hold some of a few policies, so that several hold the same. */
const worlds: fc.Arbitrary<Becoming> = fc
  .record({
    policies: fc.tuple(policy, policy, policy),
    trusts: fc.tuple(trusted, trusted, trusted),
    held: fc.array(fc.uniqueArray(fc.nat(2), { maxLength: 2 }), { minLength: 6, maxLength: 6 }),
    boundary: fc.option(policy, { nil: undefined }),
    scp: fc.option(policy, { nil: undefined }),
    keys: fc.nat(2),
  })
  .map(({ policies, trusts, held, boundary, scp, keys }) => {
    const own = (index: number): Json[] => (held[index] ?? []).map((number) => policies[number] ?? []);
    const everything: Json = [{ Effect: 'Allow', Action: '*', Resource: '*' }];
    return {
      identities: {
        'user/ann': {
          policies: own(0),
          tags: { team: 'red' },
          ...(boundary === undefined ? {} : { boundary }),
        },
        'user/bob': { policies: own(1), groups: { devs: policies[0] } },
        'role/app': { policies: own(2), trust: trusts[0], tags: { team: 'red' } },
        'role/bob': { policies: own(3), trust: trusts[1] },
        'role/lam': { policies: [everything], trust: trust('lambda.amazonaws.com') },
        [`${FAR}:role/far`]: { policies: own(4), trust: trusts[2] },
      },
      organization: {
        levels: [{ scp: [everything] }, { scp: scp === undefined ? [everything] : [everything, scp] }],
      },
      managed: { own: { policy: policies[1], on: ['user/ann', 'role/app'] } },
      credentials: { 'user/ann': { keys, password: false } },
    };
  });

/** With one more statement for somebody. */
function denying(records: AccessRecords, uid: string, permission: string): AccessRecords {
  const roleUid = `${uid}/inline/deny`;
  const document = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Deny', Action: permission, Resource: '*' }],
  };
  const [role] = records.roles;
  const [grant] = records.grants;
  if (role === undefined || grant === undefined) return records;
  return {
    ...records,
    roles: [...records.roles, { ...role, uid: roleUid, kind: 'inline-policy', document }],
    grants: [
      ...records.grants,
      { ...grant, uid: `${uid}->${roleUid}`, principalUid: uid, roleUid, kind: 'inline-policy' },
    ],
  };
}

const edgesIn = (records: AccessRecords): BecomeEdge[] => [...awsAccess(records).edges()];

describe('the edges of AWS', () => {
  it('each vanish with any one permission that they name', () => {
    fc.assert(
      fc.property(worlds, fc.nat(), (world, choice) => {
        const records = becomingRecords(world);
        const known = new Set(records.identities.map(({ uid }) => uid));
        const edges = edgesIn(records).filter(({ fromUid }) => known.has(fromUid));
        const edge = edges[choice % Math.max(1, edges.length)];
        if (edge === undefined) return;
        for (const permission of edge.permissions) {
          const left = edgesIn(denying(records, edge.fromUid, permission));
          const same = left.filter(
            ({ fromUid, toUid, via }) => fromUid === edge.fromUid && toUid === edge.toUid && via === edge.via,
          );
          expect(same, permission).toEqual([]);
        }
      }),
      { numRuns: 25 },
    );
  });

  it.each([
    ['assume-role', 'sts:AssumeRole', 'role/'],
    ['update-trust-policy', 'iam:UpdateAssumeRolePolicy', 'role/'],
    ['replace-access-key', 'iam:DeleteAccessKey', 'user/'],
  ])('say %s exactly where the engine decides so of every pair', (via, action, kind) => {
    fc.assert(
      fc.property(worlds, (world) => {
        const records = becomingRecords(world);
        const { may } = questionsOn(buildEstate(records, {}));
        const edges = edgesIn(records);
        const admins = new Set(
          edges
            .filter((edge) => edge.via === 'administrator' && edge.certainty === 'certain')
            .map(({ fromUid }) => fromUid),
        );
        for (const { uid: from } of records.identities) {
          for (const { uid: to } of records.identities.filter(
            ({ uid }) => uid.includes(`:${kind}`) && uid !== from,
          )) {
            // An administrator has them all in its own account by being one.
            if (admins.has(from) && via !== 'assume-role') continue;
            const asked = (permission: string) =>
              may({ principal: from, action: permission, resource: to }).verdict;
            const decisions =
              via === 'replace-access-key' ? [asked(action), asked('iam:CreateAccessKey')] : [asked(action)];
            const isFull =
              via !== 'replace-access-key' ||
              (world.credentials?.['user/ann']?.keys === 2 && to === arnOf('user/ann'));
            const isSameAccount = via === 'assume-role' || from.split(':')[4] === to.split(':')[4];
            const expected =
              !isFull || !isSameAccount || decisions.includes('denied')
                ? null
                : decisions.includes('conditional')
                  ? 'conditional'
                  : 'certain';
            expect([from, to, certaintyOf(edges, from, to, via)]).toEqual([from, to, expected]);
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  it('do not depend on the order of the rows', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const records = becomingRecords(world);
        const backwards = Object.fromEntries(
          Object.entries(records).map(([table, rows]) => [table, rows.toReversed()]),
        ) as unknown as AccessRecords;
        expect(lines(edgesIn(backwards))).toEqual(lines(edgesIn(records)));
      }),
      { numRuns: 25 },
    );
  });
});

function certaintyOf(edges: readonly BecomeEdge[], from: string, to: string, via: string): string | null {
  const leads = new Set(
    edges
      .filter(
        ({ fromUid, toUid }) =>
          toUid === to && isWaypoint(fromUid) && fromUid !== `waypoint:aws:${to.split(':')[4]}:identities`,
      )
      .map(({ fromUid }) => fromUid),
  );
  const found = edges.filter(
    (edge) => edge.fromUid === from && edge.via === via && (edge.toUid === to || leads.has(edge.toUid)),
  );
  if (found.length === 0) return null;
  return found.some(({ certainty }) => certainty === 'certain') ? 'certain' : 'conditional';
}

function lines(edges: readonly BecomeEdge[]): string[] {
  return edges.map((edge) => JSON.stringify(edge)).toSorted();
}
