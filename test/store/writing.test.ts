import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { StoreError } from '#model/errors.ts';
import { grant, identity } from './records.ts';
import { AS_OF, collected, dataFolder, publish, reading, stage } from './snapshots.ts';

describe('a staged snapshot', () => {
  it('sees in every statement what was written before it', async () => {
    const staged = await stage(await dataFolder());
    await staged.write('identities', [identity('a')]);
    expect(await staged.all('SELECT uid FROM identities')).toEqual([{ uid: 'a' }]);
    await staged.write('identities', [identity('b')]);
    expect(await collected(staged.stream('SELECT uid FROM identities'))).toEqual([
      { uid: 'a' },
      { uid: 'b' },
    ]);
    await staged.discard();
  });

  it('takes writes to several tables at once', async () => {
    const staged = await stage(await dataFolder());
    const uids = Array.from({ length: 5000 }, (_, index) => `i${index}`);
    await Promise.all([
      staged.write(
        'identities',
        uids.map((uid) => identity(uid)),
      ),
      staged.write(
        'grants',
        uids.map((uid) => grant(uid, 'r')),
      ),
      staged.all('SELECT count(*) FROM identities'),
      staged.write('identities', [identity('last')]),
    ]);
    expect(
      await staged.all('SELECT (SELECT count(*) FROM identities) AS i, (SELECT count(*) FROM grants) AS g'),
    ).toEqual([{ i: 5001, g: 5000 }]);
    await staged.discard();
  });

  it('lets timers run while it writes', async () => {
    const staged = await stage(await dataFolder());
    let ticks = 0;
    const timer = setInterval(() => (ticks += 1), 0);
    await staged.write(
      'identities',
      Array.from({ length: 20_480 }, (_, index) => identity(`i${index}`)),
    );
    clearInterval(timer);
    expect(ticks).toBeGreaterThanOrEqual(5);
    await staged.discard();
  });

  it('derives rows by a statement and tells how many', async () => {
    const dataDir = await dataFolder();
    const staged = await stage(dataDir);
    await staged.write('identities', [identity('a'), identity('b'), identity('c', { class: 'human' })]);
    const made = await staged.insertSelect(
      'entitlements',
      ['identity_uid', 'capability', 'scope_uid', 'certainty', 'via'],
      `SELECT uid, $capability, scope_uid, 'certain', ['x', 'y'] FROM identities WHERE class = $class`,
      { capability: 'admin', class: 'non-human' },
    );
    await staged.publish(AS_OF);
    expect(made).toBe(2);
    const rows = await reading(dataDir, (snapshot) => collected(snapshot.rows('entitlements')));
    expect(rows.map(({ identityUid, via }) => ({ identityUid, via }))).toEqual([
      { identityUid: 'a', via: ['x', 'y'] },
      { identityUid: 'b', via: ['x', 'y'] },
    ]);
  });

  it('inserts nothing by a text that is more than one statement', async () => {
    const staged = await stage(await dataFolder());
    await staged.write('identities', [identity('a')]);
    const select = `SELECT uid, uid, 'certain', [] FROM identities; DELETE FROM identities`;
    await expect(
      staged.insertSelect('edges', ['from_uid', 'to_uid', 'certainty', 'via'], select),
    ).rejects.toThrow('expected one statement, found 2');
    expect(await staged.all('SELECT uid FROM identities')).toEqual([{ uid: 'a' }]);
    await staged.discard();
  });

  it('keeps an answer for as long as work goes on with it, and never in the snapshot', async () => {
    const dataDir = await dataFolder();
    const staged = await stage(dataDir);
    await staged.write('identities', [identity('a'), identity('b')]);
    const kept = {
      name: 'answers',
      select: 'SELECT uid, $word AS word FROM identities',
      params: { word: 'kept' },
    };
    const ask = () => staged.all<{ uid: string }>('SELECT uid, word FROM scratch.answers ORDER BY uid');
    const rows = await staged.keeping(kept, ask);
    expect(rows).toEqual([
      { uid: 'a', word: 'kept' },
      { uid: 'b', word: 'kept' },
    ]);
    await expect(
      staged.keeping(kept, async () => {
        throw new Error('the work failed');
      }),
    ).rejects.toThrow('the work failed');
    await expect(ask()).rejects.toThrow(StoreError);
    await staged.publish(AS_OF);
    const tables = await reading(dataDir, (snapshot) =>
      snapshot.all(`SELECT 1 FROM duckdb_tables() WHERE table_name = 'answers'`),
    );
    expect(tables).toEqual([]);
  });

  it('does not begin the work for which an answer cannot be kept', async () => {
    const staged = await stage(await dataFolder());
    let begun = false;
    const work = async () => {
      begun = true;
    };
    const stopped = AbortSignal.abort();
    await expect(
      staged.keeping({ name: 'answers', select: 'SELECT 1 AS one' }, work, stopped),
    ).rejects.toThrow('stopped before its end');
    await expect(staged.keeping({ name: 'answers', select: 'SELECT nonsense' }, work)).rejects.toThrow(
      StoreError,
    );
    expect(begun).toBe(false);
    await staged.discard();
  });

  it('goes on after a statement that failed', async () => {
    const staged = await stage(await dataFolder());
    await staged.write('identities', [identity('a')]);
    await expect(staged.all('SELECT nonsense FROM identities')).rejects.toThrow(StoreError);
    await expect(staged.insertSelect('owners', ['owner'], 'SELECT uid FROM identities')).rejects.toThrow(
      'NOT NULL',
    );
    await staged.write('identities', [identity('b')]);
    expect(await staged.all('SELECT count(*) AS n FROM identities')).toEqual([{ n: 2 }]);
    await staged.discard();
  });

  it('is not published after rows were lost with a write that failed, and leaves nothing when discarded', async () => {
    const dataDir = await dataFolder();
    const staged = await stage(dataDir);
    const broken = { ...identity('b'), name: undefined } as never; // as only a bug can make it
    await staged.write('identities', [identity('a'), broken]);
    await expect(staged.settle()).rejects.toThrow('NOT NULL constraint failed: identities.name');
    await expect(staged.publish(AS_OF)).rejects.toThrow('NOT NULL constraint failed: identities.name');
    await staged.discard();
    expect([await readdir(join(dataDir, 'staging')), await readdir(join(dataDir, 'snapshots'))]).toEqual([
      [],
      [],
    ]);
  });

  it('names the field of a row that cannot be stored', async () => {
    const staged = await stage(await dataFolder());
    await expect(staged.write('identities', [identity('a', { createdAt: 'yesterday' })])).rejects.toThrow(
      'cannot store created_at of a row of identities: not a time: "yesterday"',
    );
    await staged.discard();
  });

  it('stores null for a JSON null and an empty list for no texts', async () => {
    const dataDir = await dataFolder();
    await publish(dataDir, {
      identities: [identity('a', { raw: null })],
      edges: [{ fromUid: 'a', toUid: 'b', via: 'x', permissions: [], certainty: 'certain', evidence: [] }],
    });
    const rows = await reading(dataDir, ({ all }) =>
      all('SELECT raw IS NULL AS null_raw, len(permissions) AS permissions FROM identities, edges'),
    );
    expect(rows).toEqual([{ null_raw: true, permissions: 0 }]);
  });

  it('refuses everything after it was published', async () => {
    const staged = await stage(await dataFolder());
    await staged.publish(AS_OF);
    await expect(staged.write('identities', [identity('a')])).rejects.toThrow('no longer being written');
    await expect(staged.all('SELECT 1')).rejects.toThrow('no longer being written');
    await expect(staged.publish(AS_OF)).rejects.toThrow('no longer being written');
  });
});
