import { describe, expect, it } from 'vitest';
import {
  ACCOUNT,
  allowing,
  arn,
  attached,
  complaints,
  details,
  DETAILS,
  group,
  importFiles,
  policy,
  printed,
  role,
  statuses,
  trusting,
  user,
  type RowsOf,
} from './importing.ts';

const READ = arn('policy/Read');
const inline = {
  PolicyName: 'in',
  PolicyDocument: allowing(['s3:*', 'ec2:Describe*'], 'arn:aws:s3:::søk/*'),
};
const ESTATE = details({
  users: [
    user('app', { GroupList: ['ops'], AttachedManagedPolicies: [attached(READ)], UserPolicyList: [inline] }),
  ],
  groups: [group('ops', { GroupPolicyList: [inline] })],
  roles: [role('run', { AssumeRolePolicyDocument: trusting({ AWS: '*' }), RolePolicyList: [inline] })],
  policies: [policy(READ, allowing('s3:GetObject'))],
});
const TEXT = printed(ESTATE);

describe('authorization details in other shapes', () => {
  it.each<[string, string | Buffer]>([
    ['compact', JSON.stringify(ESTATE)],
    ['with a byte order mark', `\uFEFF${TEXT}`],
    ['in UTF-16, as PowerShell redirects output', Buffer.from(`\uFEFF${TEXT}`, 'utf16le')],
    ['in UTF-16 without a mark', Buffer.from(TEXT, 'utf16le')],
    ['with documents percent-encoded, as the API sends them', printed(encoded(ESTATE))],
    ['in the wrapper of a recorder', printed({ status_code: 200, data: { ...ESTATE, IsTruncated: false } })],
    ['within a list of replies', printed([ESTATE])],
    ['with its lists in another order', printed(Object.fromEntries(Object.entries(ESTATE).toReversed()))],
  ])('give the same rows %s', async (_, text) => {
    const rows = await importFiles({ 'd.json': text });
    expect(contentOf(rows)).toEqual(contentOf(await importFiles({ 'd.json': TEXT })));
    expect(complaints(rows)).toEqual([]);
  });

  it('give the same rows split into pages, whichever page comes first', async () => {
    const page = (list: string, more: boolean): unknown => ({
      [list]: ESTATE[list],
      IsTruncated: more,
      ...(more ? { Marker: 'next' } : {}),
    });
    const rows = await importFiles({
      '1.json': page('Policies', false),
      '2.json': page('RoleDetailList', true),
      '3.json': page('UserDetailList', true),
      '4.json': page('GroupDetailList', true),
    });
    expect(contentOf(rows)).toEqual(contentOf(await importFiles({ 'd.json': TEXT })));
    expect(statuses(rows, 'identities')).toEqual({ [DETAILS]: 'complete' });
  });

  it('give the same rows as pages one after the other in one file', async () => {
    const pages = Object.entries(ESTATE).map(([list, entities], at) =>
      printed({ [list]: entities, IsTruncated: at < 3 }),
    );
    const rows = await importFiles({ 'd.json': pages.join('\n') });
    expect(contentOf(rows)).toEqual(contentOf(await importFiles({ 'd.json': TEXT })));
    expect(complaints(rows)).toEqual([]);
  });

  it.each([
    ['IsTruncated', { IsTruncated: true, Marker: 'next' }],
    ['NextToken', { NextToken: 'eyJNYXJrZXIiOiBudWxsfQ==' }],
  ])('are incomplete where %s says that more follows and nothing does', async (_, members) => {
    const rows = await importFiles({ 'd.json': { ...ESTATE, ...members } });
    expect(statuses(rows, 'identities')).toEqual({ [DETAILS]: 'partial' });
    expect(statuses(rows, 'trusts')).toEqual({ [DETAILS]: 'partial' });
    expect(complaints(rows)).toEqual([
      'aws/d.json: it says that more follows, and no file has the rest of the account',
    ]);
  });

  it('of several accounts are told apart by the ARNs of their entities', async () => {
    const other = '444455556666';
    const rows = await importFiles({
      'one.json': TEXT,
      'two.json': TEXT.replaceAll(ACCOUNT, other),
    });
    const scopes = rows('scopes').map(({ uid, kind }) => [uid, kind]);
    expect(scopes).toEqual([
      [`aws:${ACCOUNT}`, 'account'],
      [`aws:${other}`, 'account'],
      ['aws:aws', 'provider'],
    ]);
    expect(rows('memberships').map(({ scopeUid, groupUid }) => [scopeUid, groupUid])).toEqual([
      [`aws:${ACCOUNT}`, arn('group/ops')],
      [`aws:${other}`, arn('group/ops', other)],
    ]);
    expect(statuses(rows, 'identities', other)).toEqual({ [DETAILS]: 'complete' });
  });

  it('have the policies of AWS once, in the newest version that any account has', async () => {
    const uid = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
    const version = (id: string, action: string): unknown =>
      policy(
        uid,
        {},
        {
          DefaultVersionId: id,
          PolicyVersionList: [{ VersionId: id, IsDefaultVersion: true, Document: allowing(action) }],
        },
      );
    const rows = await importFiles({
      'one.json': details({ users: [user('u')], policies: [] }),
      'three.json': { Policies: [version('v10', 's3:*')] },
      'two.json': { Policies: [version('v9', 's3:GetObject')] },
    });
    expect(rows('roles')).toMatchObject([
      { uid, document: allowing('s3:*'), raw: { DefaultVersionId: 'v10' } },
    ]);
    expect(complaints(rows)).toEqual([]);
  });
});

/** Everything but coverage, in an order of its own: where a list stands must not matter. */
function contentOf(rows: RowsOf): unknown[] {
  const tables = [
    'identities',
    'groups',
    'memberships',
    'roles',
    'grants',
    'resourcePolicies',
    'trusts',
    'usages',
  ] as const;
  return tables.map((table) =>
    rows(table)
      .map((row) => JSON.stringify(row))
      .toSorted(),
  );
}

/** With every policy document as a percent-encoded text. */
function encoded(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (key, member: unknown) =>
    key.endsWith('Document') ? encodeURIComponent(JSON.stringify(member)) : member,
  );
}
