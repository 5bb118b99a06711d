import { describe, expect, it } from 'vitest';
import type { Credential, LastUsedEvidence } from '#model/credential.ts';
import type { Membership } from '#model/identity.ts';
import type { Usage } from '#model/usage.ts';
import { VIEWS } from '#store/views.ts';
import { grant, identity } from './records.ts';
import { dataFolder, publish, reading } from './snapshots.ts';

type Rows = Parameters<typeof publish>[1];

async function query(rows: Rows, sql: string): Promise<object[]> {
  const dataDir = await dataFolder();
  await publish(dataDir, rows);
  return reading(dataDir, ({ all }) => all(sql));
}

describe('a view', () => {
  it.each(VIEWS)('has the columns that its description says: $name', async ({ name, columns }) => {
    const found = await query({}, `SELECT column_name, column_type FROM (DESCRIBE ${name})`);
    expect(found).toEqual(
      Object.entries(columns).map(([column_name, { type }]) => ({ column_name, column_type: type })),
    );
  });
});

describe('effective_grants', () => {
  const member = (
    memberUid: string,
    groupUid: string,
    memberKind: Membership['memberKind'] = 'identity',
  ): Membership => ({
    memberUid,
    groupUid,
    memberKind,
    system: 'aws',
    scopeUid: 'aws:111111111111',
  });
  const toGroup = { principalKind: 'group' } as const;
  const held = (rows: Rows) =>
    query(rows, 'SELECT identity_uid, role_uid, via_group FROM effective_grants ORDER BY ALL');

  it('has grants of an identity itself, whether it is in the snapshot or not', async () => {
    expect(
      await held({ identities: [identity('a')], grants: [grant('a', 'r'), grant('missing', 'r')] }),
    ).toEqual([
      { identity_uid: 'a', role_uid: 'r', via_group: null },
      { identity_uid: 'missing', role_uid: 'r', via_group: null },
    ]);
  });

  it('follows groups in groups to any depth', async () => {
    const depth = 200;
    const chain = Array.from({ length: depth }, (_, level) => member(`g${level}`, `g${level + 1}`, 'group'));
    expect(
      await held({ memberships: [member('a', 'g0'), ...chain], grants: [grant(`g${depth}`, 'r', toGroup)] }),
    ).toEqual([{ identity_uid: 'a', role_uid: 'r', via_group: `g${depth}` }]);
  });

  it('ends at groups that hold each other, and at one that holds itself', async () => {
    expect(
      await held({
        memberships: [
          member('a', 'g'),
          member('g', 'h', 'group'),
          member('h', 'g', 'group'),
          member('g', 'g', 'group'),
        ],
        grants: [grant('g', 'r', toGroup), grant('h', 's', toGroup)],
      }),
    ).toEqual([
      { identity_uid: 'a', role_uid: 'r', via_group: 'g' },
      { identity_uid: 'a', role_uid: 's', via_group: 'h' },
    ]);
  });

  it('says a way once, also where several lead to the group and memberships are said twice', async () => {
    expect(
      await held({
        memberships: [
          member('a', 'left'),
          member('a', 'left'),
          member('a', 'right'),
          member('left', 'top', 'group'),
          member('right', 'top', 'group'),
        ],
        grants: [grant('top', 'r', toGroup)],
      }),
    ).toEqual([{ identity_uid: 'a', role_uid: 'r', via_group: 'top' }]);
  });

  it('says every way: by itself and by a group', async () => {
    expect(
      await held({ memberships: [member('a', 'g')], grants: [grant('a', 'r'), grant('g', 'r', toGroup)] }),
    ).toEqual([
      { identity_uid: 'a', role_uid: 'r', via_group: 'g' },
      { identity_uid: 'a', role_uid: 'r', via_group: null },
    ]);
  });

  it('takes no group for an identity of the same name', async () => {
    expect(
      await held({ memberships: [member('x', 'g', 'group')], grants: [grant('g', 'r', toGroup)] }),
    ).toEqual([]);
  });

  it('leaves out grants to everyone and to the outside', async () => {
    expect(
      await held({
        grants: [
          grant('*', 'r', { principalKind: 'everyone' }),
          grant('o', 'r', { principalKind: 'external' }),
        ],
      }),
    ).toEqual([]);
  });
});

describe('identity_usage', () => {
  const usage = (more: Partial<Usage>): Usage => ({
    system: 'aws',
    scopeUid: 's',
    identityUid: 'a',
    credentialUid: null,
    subject: 'identity',
    permission: null,
    lastUsedAt: null,
    windowStart: null,
    windowEnd: null,
    source: 'one',
    blindSpots: [],
    ...more,
  });
  const credential = (
    uid: string,
    lastUsedEvidence: LastUsedEvidence,
    lastUsedAt: string | null,
  ): Credential => ({
    uid,
    system: 'aws',
    scopeUid: 's',
    identityUid: 'a',
    kind: 'access-key',
    name: uid,
    enabled: true,
    createdAt: null,
    expiresAt: null,
    lastUsedAt,
    lastUsedEvidence,
    raw: null,
  });
  const summed = (rows: Rows) => query(rows, 'FROM identity_usage ORDER BY identity_uid');

  it('has no row for an identity that no source looked at', async () => {
    expect(
      await summed({ identities: [identity('a')], credentials: [credential('k', 'none', null)] }),
    ).toEqual([]);
  });

  it('has the latest use and the widest window of all sources, with their blind spots', async () => {
    expect(
      await summed({
        usages: [
          usage({
            windowStart: '2025-01-01T00:00:00.000Z',
            windowEnd: '2025-12-01T00:00:00.000Z',
            blindSpots: ['y', 'x'],
          }),
          usage({
            source: 'two',
            lastUsedAt: '2025-06-01T00:00:00.000Z',
            windowEnd: '2026-01-01T00:00:00.000Z',
            blindSpots: ['x'],
          }),
        ],
        credentials: [credential('k', 'used', '2025-07-01T00:00:00.000Z'), credential('l', 'never', null)],
      }),
    ).toEqual([
      {
        identity_uid: 'a',
        last_used_at: '2025-07-01T00:00:00.000Z',
        window_start: '2025-01-01T00:00:00.000Z',
        window_end: '2026-01-01T00:00:00.000Z',
        whole: true,
        sources: ['credentials', 'one', 'two'],
        blind_spots: ['x', 'y'],
      },
    ]);
  });

  it('says that only credentials were looked at, where that is so', async () => {
    expect(await summed({ credentials: [credential('k', 'not-in-window', null)] })).toMatchObject([
      { identity_uid: 'a', last_used_at: null, whole: false, sources: ['credentials'] },
    ]);
  });

  it('takes the use of a permission for use, and its absence for nothing', async () => {
    const permission = { subject: 'permission', permission: 's3' } as const;
    expect(await summed({ usages: [usage(permission)] })).toEqual([]);
    expect(
      await summed({ usages: [usage({ ...permission, lastUsedAt: '2025-06-01T00:00:00.000Z' })] }),
    ).toMatchObject([{ last_used_at: '2025-06-01T00:00:00.000Z', whole: false }]);
  });
});
