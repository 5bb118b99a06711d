import { describe, expect, it } from 'vitest';
import { arn, complaints, details, importFiles, only, printed, statuses, user } from './importing.ts';
import { reportOf } from './report-lines.ts';

const ONE = 'AKIAEXAMPLE000000001';
const TWO = 'AKIAEXAMPLE000000002';
const USERS = details({ users: [user('app')] });

function key(id: string, userName = 'app', members: object = {}): object {
  return {
    UserName: userName,
    AccessKeyId: id,
    Status: 'Active',
    CreateDate: '2026-02-01T00:00:00+00:00',
    ...members,
  };
}

function uid(id: string): string {
  return `${arn('user/app')}/access-key/${id}`;
}

describe('a list of access keys', () => {
  it('gives credentials, of whose use nothing is known', async () => {
    const list = { AccessKeyMetadata: [key(ONE), key(TWO, 'app', { Status: 'Inactive' })] };
    const rows = await importFiles({ 'd.json': USERS, 'keys.json': list });
    const common = { identityUid: arn('user/app'), lastUsedAt: null, lastUsedEvidence: 'none' };
    expect(rows('credentials')).toMatchObject([
      { ...common, uid: uid(ONE), enabled: true, createdAt: '2026-02-01T00:00:00.000Z' },
      { ...common, uid: uid(TWO), enabled: false },
    ]);
    expect(rows('usages')).toEqual([]);
    expect(statuses(rows, 'credentials')['iam:ListAccessKeys']).toBe('partial');
  });

  it('gives the report’s slots their ids, by the time at which the keys were made or changed', async () => {
    const rows = await importFiles({
      'd.json': USERS,
      'r.csv': reportOf({
        user: 'app',
        access_key_1_active: 'false',
        access_key_1_last_rotated: '2026-06-01T00:00:00+00:00',
        access_key_2_active: 'true',
        access_key_2_last_rotated: '2026-02-01T00:00:00+00:00',
        access_key_2_last_used_date: '2026-11-01T00:00:00+00:00',
      }),
      'keys.json': {
        AccessKeyMetadata: [
          key(TWO),
          key(ONE, 'app', { Status: 'Inactive', CreateDate: '2025-01-01T00:00:00Z' }),
        ],
      },
    });
    expect(rows('credentials')).toMatchObject([
      { uid: uid(TWO), enabled: true, lastUsedAt: '2026-11-01T00:00:00.000Z', lastUsedEvidence: 'used' },
      {
        uid: uid(ONE),
        enabled: false,
        createdAt: '2025-01-01T00:00:00.000Z',
        lastUsedEvidence: 'never',
      },
    ]);
  });

  it('decides which keys there are, and says which of the report’s it does not have', async () => {
    const rows = await importFiles({
      'd.json': USERS,
      'r.csv': reportOf({
        user: 'app',
        access_key_1_active: 'true',
        access_key_1_last_rotated: '2024-01-01T00:00:00+00:00',
      }),
      'keys.json': { AccessKeyMetadata: [key(ONE)] },
    });
    expect(only(rows('credentials'))).toMatchObject({ uid: uid(ONE), lastUsedEvidence: 'none' });
    expect(complaints(rows)).toEqual([
      expect.stringContaining('access key 1 of the credential report is none of the listed keys'),
    ]);
  });

  it('is read as several replies in one file', async () => {
    const replies = [ONE, TWO].map((id) => printed({ AccessKeyMetadata: [key(id)], IsTruncated: false }));
    const rows = await importFiles({ 'd.json': USERS, 'keys.json': replies.join('\n') });
    expect(rows('credentials').map(({ name }) => name)).toEqual([ONE, TWO]);
  });

  it('goes by the folder where two accounts have a user of that name', async () => {
    const other = printed(USERS).replaceAll('111122223333', '444455556666');
    const rows = await importFiles({
      'one/d.json': USERS,
      'two/d.json': other,
      'two/keys.json': { AccessKeyMetadata: [key(ONE)] },
    });
    expect(only(rows('credentials')).identityUid).toBe(arn('user/app', '444455556666'));
  });

  it('is a complaint where it cannot be tied to a user', async () => {
    const other = printed(USERS).replaceAll('111122223333', '444455556666');
    const rows = await importFiles({
      'd.json': USERS,
      'e.json': other,
      'keys.json': {
        AccessKeyMetadata: [
          key(ONE),
          key(TWO, 'stranger'),
          { UserName: 'app' },
          key(ONE, 'app', { CreateDate: 'soon' }),
        ],
      },
    });
    expect(rows('credentials')).toEqual([]);
    expect(complaints(rows)).toEqual([
      'aws/keys.json: AccessKeyMetadata[2] at byte 420.AccessKeyId: expected string, received undefined',
      'aws/keys.json: AccessKeyMetadata[3] at byte 471: CreateDate: expected a date',
      'aws/keys.json: more than one user of the import is called app',
      'aws/keys.json: no user of the import is called stranger',
    ]);
  });
});

describe('the last use of an access key', () => {
  const used = { LastUsedDate: '2026-10-01T00:00:00Z', ServiceName: 's3', Region: 'eu-west-1' };

  it('belongs to the key that the file is named after', async () => {
    const rows = await importFiles({
      'd.json': USERS,
      'keys.json': { AccessKeyMetadata: [key(ONE), key(TWO)] },
      [`last-used-${TWO}.json`]: { UserName: 'app', AccessKeyLastUsed: used },
    });
    expect(rows('credentials').map(({ name, lastUsedAt }) => [name, lastUsedAt])).toEqual([
      [ONE, null],
      [TWO, '2026-10-01T00:00:00.000Z'],
    ]);
    expect(only(rows('usages'))).toMatchObject({
      credentialUid: uid(TWO),
      source: 'aws:access-key-last-used',
    });
  });

  it('belongs to the only key of its user, and N/A means never', async () => {
    const never = { ServiceName: 'N/A', Region: 'N/A' };
    const rows = await importFiles({
      'd.json': USERS,
      'keys.json': { AccessKeyMetadata: [key(ONE)] },
      'use.json': { UserName: 'app', AccessKeyLastUsed: never },
    });
    expect(only(rows('credentials'))).toMatchObject({ lastUsedEvidence: 'never', raw: null });
  });

  it('is a complaint where nothing tells which key it is of', async () => {
    const rows = await importFiles({
      'd.json': USERS,
      'keys.json': { AccessKeyMetadata: [key(ONE), key(TWO)] },
      'use.json': { UserName: 'app', AccessKeyLastUsed: used },
    });
    expect(rows('usages')).toEqual([]);
    expect(complaints(rows)).toEqual([expect.stringContaining('name the file after the key')]);
  });
});
