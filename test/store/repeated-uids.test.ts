import { describe, expect, it } from 'vitest';
import type { Coverage } from '#model/scope.ts';
import { grant, identity } from './records.ts';
import { AS_OF, collected, dataFolder, publish, reading, stage } from './snapshots.ts';

describe('rows with the same uid', () => {
  it('leave the first one, and coverage says how many others were dropped and which, by table and scope', async () => {
    const dataDir = await dataFolder();
    const more = { scopeUid: 'aws:222222222222' };
    await publish(dataDir, {
      identities: [
        identity('a', { name: 'first' }),
        identity('a', { name: 'second' }),
        identity('a', { name: 'third' }),
        identity('b'),
        identity('z', { ...more, name: 'first' }),
        identity('z', { ...more, name: 'second' }),
      ],
      grants: [grant('a', 'r'), grant('a', 'r', { state: 'eligible' })],
    });
    const { names, coverage } = await reading(dataDir, async (snapshot) => ({
      names: await snapshot.all('SELECT uid, name FROM identities ORDER BY uid'),
      coverage: await collected(snapshot.rows('coverage')),
    }));
    expect(names).toEqual([
      { uid: 'a', name: 'first' },
      { uid: 'b', name: 'b' },
      { uid: 'z', name: 'first' },
    ]);
    const row = (scopeUid: string, feed: 'identities' | 'grants', detail: string): Coverage => ({
      system: 'aws',
      scopeUid,
      feed,
      call: `store ${feed}`,
      status: 'partial',
      missingPermission: null,
      detail,
    });
    expect(coverage).toHaveLength(3);
    expect(coverage).toEqual(
      expect.arrayContaining([
        row('aws:111111111111', 'identities', dropped(2, '2 with other content', 'a')),
        row('aws:222222222222', 'identities', dropped(1, '1 with other content', 'z')),
        row('aws:111111111111', 'grants', dropped(1, '1 with other content', 'a->r')),
      ]),
    );
  });

  it('lose nothing where their content is the same, and coverage says so', async () => {
    const dataDir = await dataFolder();
    await publish(dataDir, { identities: [identity('a'), identity('a')] });
    const [row] = await reading(dataDir, (snapshot) => collected(snapshot.rows('coverage')));
    expect(row).toMatchObject({ status: 'complete', detail: dropped(1, 'the same content', 'a') });
  });

  it('are named up to five uids', async () => {
    const dataDir = await dataFolder();
    const uids = Array.from({ length: 7 }, (_, index) => `u${index}`);
    await publish(dataDir, { identities: [...uids, ...uids].map((uid) => identity(uid)) });
    const [row] = await reading(dataDir, (snapshot) => collected(snapshot.rows('coverage')));
    expect(row?.detail).toBe(dropped(7, 'the same content', 'u0, u1, u2, u3, u4, …'));
  });

  it('are found across chunks, commits and reads in between', async () => {
    const dataDir = await dataFolder();
    const staged = await stage(dataDir);
    await staged.write(
      'identities',
      Array.from({ length: 5000 }, (_, index) => identity(`i${index}`)),
    );
    await staged.settle();
    await staged.write('identities', [identity('i17', { name: 'late' })]);
    expect(await staged.all(`SELECT name FROM identities WHERE uid = 'i17'`)).toEqual([{ name: 'i17' }]);
    await staged.publish(AS_OF);
    expect(await reading(dataDir, ({ all }) => all('SELECT count(*) AS n FROM coverage'))).toEqual([
      { n: 1 },
    ]);
  });

  it('may be in different tables, and in tables without uids', async () => {
    const dataDir = await dataFolder();
    const membership = {
      groupUid: 'g',
      memberUid: 'a',
      memberKind: 'identity',
      system: 'aws',
      scopeUid: 's',
    } as const;
    await publish(dataDir, {
      identities: [identity('a')],
      workloads: [
        {
          uid: 'a',
          system: 'aws',
          scopeUid: 's',
          identityUid: 'a',
          kind: 'function',
          name: 'f',
          environment: null,
        },
      ],
      memberships: [membership, membership],
    });
    expect(
      await reading(dataDir, ({ all }) =>
        all('SELECT (SELECT count(*) FROM memberships) AS m, (SELECT count(*) FROM coverage) AS c'),
      ),
    ).toEqual([{ m: 2, c: 0 }]);
  });
});

function dropped(count: number, content: string, uids: string): string {
  const repeat = count === 1 ? 'row repeats' : 'rows repeat';
  return `${count} ${repeat} the uid of an earlier one (${content}) and went: ${uids}`;
}
